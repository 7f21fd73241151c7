import { findSecrets, findVerbatim, KEY_PREFIXES, withoutSecrets, type SecretRange } from '../core/secret-guard'

/** Removes what must not be read: keys we know, and anything shaped like one. */
export interface Redactor {
  /** Every later text is searched for this secret too. */
  learn(secret: string): void
  redact(text: string): string
  /** Where a text holds a key that was learnt, verbatim. Not of keys that may as well be words: `no-key-required`. */
  find(text: string): readonly SecretRange[]
}

const REDACTED = '[redacted]'
/** Shorter strings would blank out ordinary words. */
const SHORTEST_SECRET = 8

/** Longer than any word a provider might say; how much of either end of a key is recognised alone. */
const FRAGMENT = 10

/** Shorter keys, and those without a digit, are what servers of one's own are given for the want of one. */
const SHORTEST_FOUND = 16

/** Besides the providers' own. */
const MORE_PREFIXES = ['pk-', 'rk-']

const PREFIXES = [...KEY_PREFIXES.map(([prefix]) => prefix), ...MORE_PREFIXES]
  .map((prefix) => prefix.replace('.', '\\.'))
  .join('|')

/** What a provider's key looks like, masked with stars or dots half way perhaps. */
const KEY_SHAPE = new RegExp(`\\b(?:${PREFIXES})[-_A-Za-z0-9.*\u2026]{8,}`)

/** Keys, and whatever stands behind an authorization scheme. */
const KEY_SHAPES = [
  new RegExp(KEY_SHAPE, 'g'),
  /\bBearer\s+[^\s"',;]+/gi,
  /((?:x-api-key|x-goog-api-key|api-key|authorization)["']?\s*[:=]\s*["']?)[^\s"',;]+/gi,
]

/** A redactor that knows no secret yet, only their shapes. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>()
  const ends = new Set<string>()
  const keys = new Set<string>()
  return {
    learn(secret) {
      if (secret.length < SHORTEST_SECRET) return
      if (secret.length >= SHORTEST_FOUND && /\d/.test(secret)) keys.add(secret)
      for (const form of formsOf(secret)) secrets.add(form)
      // The ends of a long one are what a masked echo leaves readable.
      if (secret.length >= 3 * FRAGMENT) ends.add(secret.slice(0, FRAGMENT)).add(secret.slice(-FRAGMENT))
    },
    redact(text) {
      const known = without(text, secrets)
      // Shapes before ends: a key's beginning alone is often just its provider's prefix.
      const shapeless = KEY_SHAPES.reduce((clean, shape) => clean.replace(shape, REDACTED), known)
      return without(withoutSecrets(shapeless, findSecrets(shapeless), REDACTED), ends)
    },
    find: (text) => findVerbatim(text, keys),
  }
}

/** Whether a text holds something that looks like a provider's key. */
export function holdsKey(text: string): boolean {
  return KEY_SHAPE.test(text) || findSecrets(text).length > 0
}

/** Longest first: a secret that begins with another must not be cut in two. */
function without(text: string, unwanted: ReadonlySet<string>): string {
  return [...unwanted]
    .toSorted((a, b) => b.length - a.length)
    .reduce((clean, each) => clean.replaceAll(each, REDACTED), text)
}

/** A secret as others may write it. */
function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ]
}

/** For the unexpected only: each is written once, with secrets removed. */
export interface Log {
  error(where: string, error: unknown): void
}

/** Writes redacted lines to `write`. Only name, message and stack of an error are read: its fields may hold headers. */
export function createLog(redactor: Redactor, write: (line: string) => void): Log {
  return {
    error(where, error) {
      const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : typeof error
      write(redactor.redact(`${where}: ${text}`))
    },
  }
}
