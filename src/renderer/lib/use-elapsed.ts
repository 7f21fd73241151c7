import { useEffect, useState } from 'react'

/** Whole seconds since an instant, counted on for as long as the component is there. */
export function useElapsed(sinceMs: number): number {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.floor((nowMs - sinceMs) / 1000))
}
