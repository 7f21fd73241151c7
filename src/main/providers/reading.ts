import type { UsageFlag } from '../../core/usage'

// Reading what a provider says about itself. Its SDK's types promise more than endpoints that speak its dialect keep.

export type Json = Readonly<Record<string, unknown>>

/** Far past any context or answer; what is more is no count, and would not fit where money is kept. */
const MOST_TOKENS = 100_000_000
const NAME_LENGTH = 200

/** Whether a value is an object with fields. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a whole number from zero up to `most`. */
export function isCount(value: unknown, most = MOST_TOKENS): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most
}

/** Whether a field says nothing: absent, zero, or an object of nothing else. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === 0) return true
  return isJson(value) && Object.values(value).every(isNothing)
}

/** A count, or undefined when it was not reported. Anything else raises the flag and counts as not reported. */
export function readCount(fields: Json, name: string, flags: Set<UsageFlag>, most = MOST_TOKENS): number | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (isCount(value, most)) return value
  flags.add('malformed_usage')
  return undefined
}

/** An id or a model's name, or null for anything that is none. */
export function readName(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, NAME_LENGTH) : null
}
