import { useEffect, useReducer } from 'react'
// oxlint-disable-next-line import/default -- The bundler's own: the address of the built worker.
import workerUrl from './highlight-worker?worker&url'
import { createJobQueue, type Highlighter } from './job-queue'
import type { Run } from './runs'
import { scriptAddress } from './script-policy'

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

/** The runs of a code once they are known; null until then, and while the code is being written. */
export function useHighlight(code: string, language: string, complete: boolean): readonly Run[] | null {
  const [, again] = useReducer((count: number) => count + 1, 0)
  useEffect(() => (complete ? queue.want(code, language, again) : undefined), [code, language, complete])
  return complete ? (queue.known(code, language) ?? null) : null
}
