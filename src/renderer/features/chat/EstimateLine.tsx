import { useCallback } from 'react'
import type { CacheView, EstimateView } from '../../../shared/ipc/views'
import { useNow } from '../../lib/use-now'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { cacheWords, estimateTitle, nextCacheWordsMs, priceWords, promptWords } from './composer-words'
import styles from './EstimateLine.module.css'

interface EstimateLineProps {
  /** Of the element that tells it all, for what the estimate describes. */
  readonly id: string
  readonly estimate: EstimateView | null
  readonly cache: CacheView | null
}

/** What sending would cost, and what lies in the cache for it; in little room the dollars alone. */
export function EstimateLine({ id, estimate, cache }: EstimateLineProps) {
  return (
    <span className={styles.line}>
      {cache !== null && <CacheLine key={cache.untilMs} cache={cache} />}
      {estimate !== null && (
        <span className={styles.estimate} title={estimateTitle(estimate)}>
          <span className={styles.tokens}>{promptWords(estimate)} · </span>
          {priceWords(estimate)}
        </span>
      )}
      <VisuallyHidden id={id}>{estimate !== null && estimateTitle(estimate)}</VisuallyHidden>
    </span>
  )
}

/** Counts for the eye: it is part of nothing that is read aloud by itself. */
function CacheLine({ cache }: { readonly cache: CacheView }) {
  const nowMs = useNow(useCallback((at: number) => nextCacheWordsMs(cache.untilMs, at), [cache.untilMs]))
  const words = cacheWords(cache, nowMs)
  return words === null ? null : (
    <span className={styles.cache} title="What is in the provider’s cache is read at a fraction of the price">
      {words}
    </span>
  )
}
