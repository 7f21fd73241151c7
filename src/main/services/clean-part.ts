import type { StreamPart } from '../../core/stream-part'
import type { UsageReport } from '../../core/usage'
import type { Redactor } from '../log'
import type { ModelRequest } from '../providers/provider-adapter'

const NAME_LENGTH = 200

/**
 * A part without the key a hostile or careless endpoint may have put into what is kept for ever: ids, model names and
 * raw usage. The answer's own words stay as they are.
 */
export function cleanPart(part: StreamPart, { redact }: Redactor): StreamPart {
  const name = (text: string | null) => (text === null ? null : redact(text).slice(0, NAME_LENGTH))
  if (part.type === 'response-start') {
    return { ...part, responseId: name(part.responseId), model: name(part.model) }
  }
  return part.type === 'usage' ? { ...part, usage: cleanUsage(part.usage, redact) } : part
}

function cleanUsage(usage: UsageReport, redact: (text: string) => string): UsageReport {
  const text = JSON.stringify(usage)
  const clean = redact(text)
  if (clean === text) return usage
  try {
    return JSON.parse(clean) as UsageReport
  } catch {
    // The redaction took a quote along. The figures are what money needs; the raw text is not worth a key.
    return { ...usage, raw: null }
  }
}

/** What an id or a model's name looks like, and a sentence does not. */
const NAME = /^[\w.:/@+~-]{1,120}$/

/**
 * A part of a private answer without what was sent in what outlives the conversation: the rows of calls and the ledger.
 * The answer's own words, and what failed, are the message's and stay in memory. `isOurs` knows the names that prices go
 * by, which nobody can have from what was said. What is left out leaves a name no price has, so that a figure may become
 * unknown by it and never another one.
 */
export function withoutContent(
  part: StreamPart,
  { model, messages }: Pick<ModelRequest, 'model' | 'messages'>,
  isOurs: (name: string) => boolean,
): StreamPart {
  const isName = (text: string) =>
    text === model || isOurs(text) || (NAME.test(text) && !messages.some((message) => message.text.includes(text)))
  const name = (text: string | null) => (text !== null && isName(text) ? text : null)
  if (part.type === 'response-start') {
    return { ...part, responseId: name(part.responseId), model: name(part.model) }
  }
  if (part.type !== 'usage') return part
  const other = nobodysName(isOurs)
  const lines = part.usage.lines.map((line) => ({
    ...line,
    // What a server of one's own has others do is not free, whatever it is called.
    model: name(line.model) ?? (line.model.endsWith('cloud') ? `${other}:cloud` : other),
    modifiers: line.modifiers.map((modifier) => name(modifier) ?? other),
    fees: line.fees.map((fee) => ({ ...fee, kind: name(fee.kind) ?? other })),
  }))
  return { ...part, usage: { ...part.usage, lines, raw: null } }
}

function nobodysName(isOurs: (name: string) => boolean): string {
  let name = 'other'
  while (isOurs(name) || isOurs(`${name}:cloud`)) name += '-'
  return name
}
