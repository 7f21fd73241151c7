import { useSyncExternalStore } from 'react'
import { localDay } from '../../core/period'

export interface Today {
  /** An instant of the day, for what only asks how many days ago something was. */
  readonly atMs: number
  /** `2026-11-23` */
  readonly day: string
}

const MINUTE_MS = 60_000

let today = read()

/** The local calendar day, kept up to date in a window that stays open over midnight. */
export function useToday(): Today {
  return useSyncExternalStore(subscribe, current)
}

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, MINUTE_MS)
  return () => clearInterval(timer)
}

function current(): Today {
  const now = read()
  if (now.day !== today.day) today = now
  return today
}

function read(): Today {
  const now = new Date()
  return { atMs: now.getTime(), day: localDay(now.getTime(), -now.getTimezoneOffset()) }
}
