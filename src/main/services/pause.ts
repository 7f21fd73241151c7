/** A wait that somebody else can end. */
export interface Pause {
  /** Resolves after `ms` milliseconds, or earlier when it is ended. */
  until(ms: number): Promise<void>
  end(): void
}

/** A pause that has not begun. */
export function createPause(): Pause {
  let wake: (() => void) | null = null
  return {
    until: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, ms))
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    end: () => wake?.(),
  }
}
