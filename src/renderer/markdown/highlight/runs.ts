/** What a stretch of code is, as far as it has a colour. */
export const KINDS = ['plain', 'keyword', 'string', 'number', 'name', 'comment', 'added', 'removed'] as const
export type Kind = (typeof KINDS)[number]

/** So many characters of one kind. Never the characters themselves: what is shown is the code that was written. */
export type Run = readonly [length: number, kind: Kind]

/** Whether the runs cover a code exactly; what comes from elsewhere is not believed. */
export function areRunsOf(value: unknown, length: number): value is readonly Run[] {
  if (!Array.isArray(value)) return false
  let sum = 0
  for (const run of value as readonly unknown[]) {
    if (!Array.isArray(run) || run.length !== 2) return false
    const [count, kind] = run as readonly unknown[]
    if (typeof count !== 'number' || !Number.isInteger(count) || count <= 0) return false
    if (!KINDS.some((known) => known === kind)) return false
    sum += count
  }
  return sum === length
}
