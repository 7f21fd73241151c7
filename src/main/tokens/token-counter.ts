import type { Clock, TokenCounter } from '../ports'
import { readAnswer, type CountRequest } from './messages'

/** A running process, as its starter hands it over. */
export interface ChildPort {
  post(message: CountRequest): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, however it ended. */
  onExit(listener: () => void): void
  /** Ends it at once, even in the middle of a count. Harmless when it is gone. */
  kill(): void
}

export interface TokenCounterParts {
  readonly start: () => ChildPort
  readonly clock: Clock
}

/** A process that has not answered yet may still be loading, on a slow disk longer than anybody waits. */
const LOADING_MS = 10_000
/** So many deaths in a row, and none is started for a while: a broken installation must not start one per key stroke. */
const DEATHS = 3
const REST_MS = 60_000

interface Child {
  readonly port: ChildPort
  /** By id of the request; what they call settles them and takes them out. */
  readonly waiting: Map<number, { readonly texts: number; settle(counts: readonly number[] | null): void }>
  hasAnswered: boolean
  loading: NodeJS.Timeout | undefined
}

/**
 * The counter over a process that is started with the first count. Whoever waits too long gets null and the process is
 * killed; the next count starts another.
 */
export function createTokenCounter({ start, clock }: TokenCounterParts): TokenCounter {
  let running: Child | null = null
  let deaths = 0
  let lastDeathMs = 0
  let lastId = 0
  let closed = false

  function launch(): Child | null {
    const sinceMs = clock.now() - lastDeathMs
    // A clock that was set back must not make the rest longer.
    if (closed || (deaths >= DEATHS && sinceMs >= 0 && sinceMs < REST_MS)) return null
    let port: ChildPort
    try {
      port = start()
    } catch {
      countDeath()
      return null
    }
    const child: Child = { port, waiting: new Map(), hasAnswered: false, loading: undefined }
    running = child
    port.onMessage((message) => receive(child, message))
    port.onExit(() => died(child))
    return child
  }

  function receive(child: Child, message: unknown): void {
    const answer = readAnswer(message)
    if (answer === null || child !== running) return
    child.hasAnswered = true
    clearTimeout(child.loading)
    if (answer.counts !== null) deaths = 0
    const waiting = child.waiting.get(answer.id)
    waiting?.settle(answer.counts?.length === waiting.texts ? answer.counts : null)
  }

  function late(child: Child): void {
    if (child.hasAnswered) died(child)
    else child.loading ??= setTimeout(() => died(child), LOADING_MS)
  }

  function died(child: Child): void {
    if (child !== running) return
    countDeath()
    drop(child)
  }

  function countDeath(): void {
    deaths += 1
    lastDeathMs = clock.now()
  }

  function drop(child: Child): void {
    running = null
    clearTimeout(child.loading)
    for (const waiting of child.waiting.values()) waiting.settle(null)
    child.port.kill()
  }

  return {
    count(texts, withinMs) {
      if (texts.length === 0) return Promise.resolve([])
      const child = running ?? launch()
      if (child === null) return Promise.resolve(null)
      return new Promise((resolve) => {
        lastId += 1
        const id = lastId
        const settle = (counts: readonly number[] | null): void => {
          clearTimeout(timer)
          child.waiting.delete(id)
          resolve(counts)
        }
        const timer = setTimeout(() => {
          settle(null)
          late(child)
        }, withinMs)
        child.waiting.set(id, { texts: texts.length, settle })
        try {
          child.port.post({ id, texts })
        } catch {
          died(child)
        }
      })
    },
    close() {
      closed = true
      if (running !== null) drop(running)
    },
  }
}
