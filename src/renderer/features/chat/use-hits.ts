import { useEffect, useState } from 'react'
import type { MessageView } from '../../../shared/ipc/views'
import { createCounter, type Counts } from './find-hits'

export interface Hits {
  /** What they are hits of. */
  readonly needle: string
  readonly counts: Counts
  /** Every loaded message has been counted in. */
  readonly done: boolean
}

/** How long counting may keep the window from anything else, in milliseconds. */
const AT_ONCE_MS = 8
/** How often it is told how far it has come. */
const TOLD_MS = 150

/** Counts what is looked for in every loaded message, the newest first and a little at a time. */
export function useHits(messages: readonly MessageView[], needle: string): Hits {
  const [counter] = useState(createCounter)
  const [hits, setHits] = useState<Hits>({ needle: '', counts: [], done: true })

  useEffect(() => {
    counter.lookFor(needle)
    let timer: ReturnType<typeof setTimeout> | undefined
    let next = messages.length - 1
    let told = performance.now()
    function work(): void {
      const until = performance.now() + AT_ONCE_MS
      for (; next >= 0 && performance.now() < until; next -= 1) {
        const message = messages[next]
        if (message !== undefined) counter.countIn(message)
      }
      if (next < 0 || performance.now() > told + TOLD_MS) {
        told = performance.now()
        const counts = messages.map((message) => ({ id: message.id, count: counter.known(message) }))
        setHits({ needle, counts, done: next < 0 })
      }
      if (next >= 0) timer = setTimeout(work)
    }
    work()
    return () => clearTimeout(timer)
  }, [counter, messages, needle])

  return hits.needle === needle ? hits : { needle, counts: [], done: false }
}
