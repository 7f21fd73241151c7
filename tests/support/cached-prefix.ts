import { readFileSync } from 'node:fs'

// What of a request a provider's cache is found by, as bytes. Bodies are those that went over the wire.

const MARK = /,"cache_control":\{"type":"ephemeral"(?:,"ttl":"1h")?\}/g

/** Fields that say how to answer, or where the cache is, and are no part of the prompt. */
const BESIDE_THE_PROMPT = ['max_tokens', 'max_output_tokens', 'prompt_cache_key', 'prompt_cache_options']

/** The conversation in a body, exactly as it was sent. */
export function promptOf(body: string): string {
  const { messages, input } = JSON.parse(body) as { messages?: unknown; input?: unknown }
  const text = JSON.stringify(messages ?? input)
  const at = body.indexOf(`"${messages === undefined ? 'input' : 'messages'}":${text}`)
  if (at < 0) throw new Error('the prompt is not written as JSON.stringify writes it')
  return text
}

/** Without the marks. Within a text the quotes of such a thing would be escaped, so it cannot be taken for one. */
export function unmarked(prompt: string): string {
  return prompt.replace(MARK, '')
}

/**
 * Which turns do not begin with what the turn before left in the cache: its marked prefixes, or all of it where the
 * provider marks by itself. Everything else that is part of a prompt (model, tools, system) must be equal.
 */
export function brokenPrefixes(bodies: readonly string[]): number[] {
  return [...bodies.keys()].slice(1).filter((index) => {
    const [before = '', after = ''] = bodies.slice(index - 1, index + 1)
    const prompt = unmarked(promptOf(after))
    return (
      restOf(before) !== restOf(after) || !prefixesOf(promptOf(before)).every((prefix) => prompt.startsWith(prefix))
    )
  })
}

/** A prefix ends after the marked block; its message may go on. */
function prefixesOf(prompt: string): string[] {
  const marks = [...prompt.matchAll(MARK)].map(({ index }) => `${unmarked(prompt.slice(0, index))}}`)
  return [...marks, unmarked(prompt).slice(0, -1)]
}

function restOf(body: string): string {
  const fields = Object.entries(JSON.parse(body) as object)
  const prompt = ['messages', 'input', ...BESIDE_THE_PROMPT]
  return JSON.stringify(fields.filter(([name]) => !prompt.includes(name)))
}

/** Recorded bodies, one a line. */
export function readGolden(name: string): string[] {
  return readFileSync(new URL(`../fixtures/caching/${name}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
}
