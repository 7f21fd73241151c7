/** What is asked of the counting process. */
export interface CountRequest {
  readonly id: number
  readonly texts: readonly string[]
}

/** What it answers; null when it could not count. */
export interface CountAnswer {
  readonly id: number
  readonly counts: readonly number[] | null
}

/** A request as it came over the line, or null when it is none. */
export function readRequest(message: unknown): CountRequest | null {
  if (!isRecord(message) || !isWhole(message['id'])) return null
  const { id, texts } = message
  return isListOf(texts, (text) => typeof text === 'string') ? { id, texts } : null
}

/** An answer as it came over the line, or null when it is none; counts that are no counts become null. */
export function readAnswer(message: unknown): CountAnswer | null {
  if (!isRecord(message) || !isWhole(message['id'])) return null
  const { id, counts } = message
  return { id, counts: isListOf(counts, isWhole) ? counts : null }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Not through `every`, which passes over the holes of a list. */
function isListOf<Item>(value: unknown, test: (item: unknown) => item is Item): value is readonly Item[] {
  return Array.isArray(value) && Array.from<unknown>(value).every(test)
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
