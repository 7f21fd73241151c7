import { useEffect, useState } from 'react'

/**
 * The time, read again as often as `nextMs` says from now; null reads it no more. `nextMs` must be the same function for
 * as long as it says the same.
 */
export function useNow(nextMs: (nowMs: number) => number | null): number {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function wait(): void {
      const ms = nextMs(Date.now())
      if (ms !== null) timer = setTimeout(tick, ms)
    }
    function tick(): void {
      setNow(Date.now())
      wait()
    }
    wait()
    return () => clearTimeout(timer)
  }, [nextMs])
  return nowMs
}
