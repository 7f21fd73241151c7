/** Something slow that its user can still take back. */
export interface UnderWay {
  isWanted(): boolean
  /** From here on it will be done and cannot be taken back; false when it was taken back before. */
  settle(): boolean
}

/** What is under way, by what it is about. */
export function createUnderWay<Subject>() {
  const entries = new Map<Subject, Set<{ state: 'open' | 'cancelled' | 'settled' }>>()
  return {
    /** Does `work`, and lets it be taken back until it settles. Noted before anything is waited for. */
    async run<Value>(subject: Subject, work: (entry: UnderWay) => Promise<Value>): Promise<Value> {
      const entry: { state: 'open' | 'cancelled' | 'settled' } = { state: 'open' }
      const others = entries.get(subject) ?? new Set()
      entries.set(subject, others.add(entry))
      try {
        return await work({
          isWanted: () => entry.state !== 'cancelled',
          settle() {
            if (entry.state === 'open') entry.state = 'settled'
            return entry.state === 'settled'
          },
        })
      } finally {
        others.delete(entry)
        if (others.size === 0) entries.delete(subject)
      }
    },

    /** Whether something was under way that will not be done now. */
    cancel(subject: Subject): boolean {
      const open = [...(entries.get(subject) ?? [])].filter(({ state }) => state === 'open')
      for (const entry of open) entry.state = 'cancelled'
      return open.length > 0
    },
  }
}
