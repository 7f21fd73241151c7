import { TransportError } from '../ports'

type Outcome = 'done' | 'cancelled' | 'timeout' | 'network'

/**
 * Passes a body through unchanged while counting its bytes and timing its silences; one that is too long fails. `ended` is called exactly once,
 * with what arrived, whichever way the body ends.
 */
export function watchBody(
  body: ReadableStream<Uint8Array>,
  limits: { readonly idleMs: number; readonly mostBytes: number },
  ended: (bytes: number, outcome: Outcome) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  let bytes = 0
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
          if (bytes > limits.mostBytes) throw new TransportError('network', true)
          controller.enqueue(new Uint8Array(next.value))
        }
      } catch (error) {
        // An abort of ours surfaces here as well; the SDK's own signal tells it apart, so pass the abort on as it is.
        const aborted = error instanceof Error && error.name === 'AbortError'
        if (finish(aborted ? 'cancelled' : 'network')) {
          controller.error(aborted ? error : new TransportError('network', true))
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
