/**
 * How long a conversation is kept, counted from its last message. `until_quit`: deleted when Latchkey quits, or when it
 * starts after it was killed. Days are whole ones: it goes within a day after the last of them.
 */
export type Retention = 'forever' | 'until_quit' | { readonly days: number }

/** Ten years; longer is for ever. */
export const MOST_RETENTION_DAYS = 3650

/** A retention as it was stored; null for anything else, which nothing may be deleted by. */
export function retentionFrom(value: unknown): Retention | null {
  if (value === 'forever' || value === 'until_quit') return value
  if (typeof value !== 'object' || value === null || !('days' in value)) return null
  const { days } = value
  return typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= MOST_RETENTION_DAYS
    ? { days }
    : null
}
