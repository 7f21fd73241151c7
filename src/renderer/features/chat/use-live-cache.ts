import { useEffect, useState } from 'react'
import type { CacheView } from '../../../shared/ipc/views'

/** A cache for as long as it lives; null from then on. */
export function useLiveCache(cache: CacheView | null): CacheView | null {
  const [ended, setEnded] = useState<CacheView | null>(null)
  useEffect(() => {
    if (cache === null) return undefined
    const timer = setTimeout(() => setEnded(cache), Math.max(0, cache.untilMs - Date.now()))
    return () => clearTimeout(timer)
  }, [cache])
  return cache === ended ? null : cache
}
