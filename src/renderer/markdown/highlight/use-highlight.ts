import { useEffect, useReducer, type RefObject } from 'react'
// oxlint-disable-next-line import/default -- The bundler's own: the address of the built worker.
import workerUrl from './highlight-worker?worker&url'
import { createJobQueue, type Highlighter } from './job-queue'
import type { Run } from './runs'
import { scriptAddress } from './script-policy'
import { useNear } from './use-near'

const queue = createJobQueue(startWorker)

function startWorker(): Highlighter | null {
  let worker: Worker
  try {
    worker = new Worker(scriptAddress(workerUrl), { name: 'highlight' })
  } catch {
    return null
  }
  let answer: ((runs: unknown) => void) | null = null
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => answer?.(data))
  worker.addEventListener('error', () => answer?.(null))
  return {
    ask(code, language, next) {
      answer = next
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker has no origin to name.
      worker.postMessage({ code, language })
    },
    end: () => worker.terminate(),
  }
}

/**
 * The runs of a code once they are known; null until then, while the code is being written, and while nobody is near
 * enough to see it.
 */
export function useHighlight(
  code: string,
  language: string,
  complete: boolean,
  place: RefObject<Element | null>,
): readonly Run[] | null {
  const near = useNear(place)
  const [, again] = useReducer((count: number) => count + 1, 0)
  useEffect(() => (complete && near ? queue.want(code, language, again) : undefined), [code, language, complete, near])
  return complete ? (queue.known(code, language) ?? null) : null
}
