import type { ProviderId } from './provider'

/** How keys of providers begin, the longer beginning before the shorter; null where it does not tell whose they are. */
export const KEY_PREFIXES: readonly (readonly [prefix: string, provider: ProviderId | null])[] = [
  ['sk-ant-', 'anthropic'],
  ['sk-or-', 'openrouter'],
  ['sk-proj-', 'openai'],
  ['sk-svcacct-', 'openai'],
  // OpenAI's older keys, DeepSeek's, and what many proxies make up.
  ['sk-', null],
  ['AIza', 'google'],
  ['AQ.', 'google'],
  ['gsk_', 'groq'],
  ['xai-', 'xai'],
  ['pplx-', null],
]

/** A place in a text, in UTF-16 units: from `start` up to `end`. */
export interface SecretRange {
  readonly start: number
  readonly end: number
}

/** What stands where a secret stood in a message. */
const REMOVED = '[key removed]'

/** What a bare `sk-` is followed by in a key: so many characters without a dash, unlike the words of a name. */
const RANDOM_RUN = /[A-Za-z0-9]{20,}/g
/** A version or a scope that a key begins with; its digits are no sign of randomness. */
const SCOPE = /^(?:sk-(?:ant|or|proj|svcacct|admin)-)?(?:[a-z]{1,5}\d{1,2}-)?/
/** Fewer different characters than that are a placeholder: xxxxxxxxxxxx1. */
const LEAST_VARIETY = 8
const SCOPED_LEAST = 16

/** A line break written as \n, or a character written as %3D, ends in a letter or digit and yet is no word. */
const NOT_IN_A_WORD = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt])|(?<=%[0-9A-Fa-f]{2}))'

/** Written by a program alone, so the shape tells enough. Each is linear in the text: no nested or rival repetition. */
const EXACT_SHAPES: readonly RegExp[] = [
  'AIza[-_A-Za-z0-9]{35}',
  'AQ\\.[-_A-Za-z0-9]{30,}',
  '(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])',
  'gh[opsur]_[A-Za-z0-9]{36,}',
  'github_pat_[A-Za-z0-9_]{40,}',
  'glpat-[-_A-Za-z0-9]{20,}',
  'xox[abeoprs]-\\d[-A-Za-z0-9]{16,}',
  '[rs]k_live_[A-Za-z0-9]{20,}',
  'hf_[A-Za-z]{34}',
  'npm_[A-Za-z0-9]{36}',
].map((shape) => new RegExp(NOT_IN_A_WORD + shape, 'g'))

/** May also be words in a row, such as the name of a package: these are looked at more closely. */
const LOOSE_SHAPE = new RegExp(`${NOT_IN_A_WORD}(?:(?:sk|xai|pplx)-|gsk_)[-_A-Za-z0-9]{20,}`, 'g')

/** With key material behind it: a sentence about such files is none. Line breaks may be written as \n. Ends at a blank line. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]){1,8}(?:[A-Za-z-]{1,30}: [^\n]{0,200}\n){0,6}\s{0,8}[A-Za-z0-9+/=]{30,}(?:[A-Za-z0-9+/=\\]|\r?\n[ \t]*(?!\r?\n))*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g

/**
 * Where a text holds what looks like an API key of a provider or a well-known service, or a private key; in order,
 * without overlaps. Keys without a shape of their own (Mistral's, Azure's) are not seen.
 */
export function findSecrets(text: string): readonly SecretRange[] {
  const found = [
    ...[...EXACT_SHAPES, PRIVATE_KEY].flatMap((shape) => rangesOf(text, shape)),
    ...rangesOf(text, LOOSE_SHAPE).filter(({ start, end }) => looksRandom(text.slice(start, end))),
  ]
  return joined(found)
}

/** Where a text holds one of these secrets verbatim. */
export function findVerbatim(text: string, secrets: Iterable<string>): readonly SecretRange[] {
  const found: SecretRange[] = []
  for (const secret of secrets) {
    if (secret === '') continue
    for (let start = text.indexOf(secret); start >= 0; start = text.indexOf(secret, start + secret.length)) {
      found.push({ start, end: start + secret.length })
    }
  }
  return joined(found)
}

/** In order, and as one where they touch or overlap. */
export function joined(ranges: readonly SecretRange[]): readonly SecretRange[] {
  const apart: SecretRange[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = apart.at(-1)
    if (last === undefined || range.start > last.end) apart.push(range)
    else if (range.end > last.end) apart[apart.length - 1] = { start: last.start, end: range.end }
  }
  return apart
}

/** The text with a mark in place of each of these. They must be in order and apart, as `joined` leaves them. */
export function withoutSecrets(text: string, ranges: readonly SecretRange[], mark = REMOVED): string {
  let clean = ''
  let from = 0
  for (const { start, end } of ranges) {
    clean += text.slice(from, start) + mark
    from = end
  }
  return clean + text.slice(from)
}

function rangesOf(text: string, shape: RegExp): SecretRange[] {
  return Array.from(text.matchAll(shape), (match) => ({ start: match.index, end: match.index + match[0].length }))
}

function looksRandom(word: string): boolean {
  const scoped = word.replace(SCOPE, '')
  // With a prefix of its provider's own, digits among the rest are enough; a bare `sk-` needs a run of them.
  const parts = scoped.length < word.length ? [scoped] : (word.match(RANDOM_RUN) ?? [])
  return parts.some(
    (part) =>
      part.length >= SCOPED_LEAST && /\d/.test(part) && /[A-Za-z]/.test(part) && new Set(part).size >= LEAST_VARIETY,
  )
}
