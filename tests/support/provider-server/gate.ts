/** Holds a reply at one place until the test lets it go on: order without sleeping. */
export interface Gate {
  /** How many events the client has been sent when the reply stops here; 0 is "headers only". */
  readonly afterEvents: number
  /** Settles when a reply stands at the gate and everything before it is written. */
  readonly reached: Promise<void>
  /** Lets this and every later reply pass. */
  release(): void
  /** For the server: waits at the gate. */
  pass(): Promise<void>
}

/** A gate that stands behind the first `afterEvents` events of a stream. */
export function gateAfter(afterEvents: number): Gate {
  const reached = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  return {
    afterEvents,
    reached: reached.promise,
    release: () => {
      released.resolve()
    },
    pass: () => {
      reached.resolve()
      return released.promise
    },
  }
}
