import { useEffect, useState } from 'react'

/** Whole seconds since an instant, counted on for as long as the component is there; none since null. */
export function useElapsed(sinceMs: number | null): number {
  const [nowMs, setNow] = useState(() => Date.now())
  const counts = sinceMs !== null
  useEffect(() => {
    if (!counts) return undefined
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [counts])
  return sinceMs === null ? 0 : Math.max(0, Math.floor((nowMs - sinceMs) / 1000))
}
