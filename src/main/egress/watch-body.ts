import { TransportError } from '../ports'

type Outcome = 'done' | 'cancelled' | 'timeout' | 'network' | 'oversized'

/** What a body may be. Lines, because SDKs keep a line until it ends and some read it anew with every piece of it. */
export interface BodyLimits {
  readonly idleMs: number
  readonly mostBytes: number
  readonly mostLineBytes: number
}

const LINE_FEED = 10

/**
 * Passes a body through unchanged while counting its bytes and timing its silences; one that is too long fails. `ended` is called exactly once,
 * with what arrived, whichever way the body ends.
 */
export function watchBody(
  body: ReadableStream<Uint8Array>,
  limits: BodyLimits,
  ended: (bytes: number, outcome: Outcome) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  let bytes = 0
  let lineBytes = 0
  let over = false

  const finish = (outcome: Outcome): boolean => {
    if (over) return false
    over = true
    ended(bytes, outcome)
    return true
  }

  return new ReadableStream({
    async pull(controller) {
      let timer: NodeJS.Timeout | undefined
      const silence = new Promise<'silence'>((resolve) => {
        timer = setTimeout(() => resolve('silence'), limits.idleMs)
      })
      try {
        const next = await Promise.race([reader.read(), silence])
        if (next === 'silence') {
          if (finish('timeout')) controller.error(new TransportError('timeout', true))
          // Not awaited: a socket that says nothing may not answer this either.
          reader.cancel().catch(() => undefined)
        } else if (next.done) {
          if (finish('done')) controller.close()
        } else {
          bytes += next.value.byteLength
          const end = next.value.lastIndexOf(LINE_FEED)
          lineBytes = end < 0 ? lineBytes + next.value.byteLength : next.value.byteLength - end - 1
          if (bytes > limits.mostBytes || lineBytes > limits.mostLineBytes) throw new TransportError('oversized', true)
          controller.enqueue(new Uint8Array(next.value))
        }
      } catch (error) {
        // An abort of ours surfaces here as well; the SDK's own signal tells it apart, so pass the abort on as it is.
        const aborted = error instanceof Error && error.name === 'AbortError'
        const oversized = error instanceof TransportError
        if (finish(aborted ? 'cancelled' : oversized ? 'oversized' : 'network')) {
          controller.error(aborted || oversized ? error : new TransportError('network', true))
          reader.cancel().catch(() => undefined)
        }
      } finally {
        clearTimeout(timer)
      }
    },
    async cancel(reason) {
      finish('cancelled')
      await reader.cancel(reason)
    },
  })
}
