import { useId } from 'react'
import type { PriceId } from '../../../core/ids'
import type { OwnPriceView } from '../../../shared/ipc/views'
import { formatDay } from '../../lib/format'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './OwnPrices.module.css'
import { ratesWords, sinceWords } from './price-words'

interface OwnPricesProps {
  readonly prices: readonly OwnPriceView[]
  readonly onRemove: (priceId: PriceId) => Promise<void>
}

/** The prices that were set before, each with a way to take it back; nothing where there are none. */
export function OwnPrices({ prices, onRemove }: OwnPricesProps) {
  const id = useId()
  const today = useToday()
  if (prices.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id} className={styles.title}>
          Your price
        </h3>
        <p className={styles.hint}>A new one counts from its date on.</p>
      </div>
      <ul className={styles.list}>
        {prices.map((price) => (
          <li key={price.id} className={styles.price}>
            <span>{ratesWords(price)} per M</span>
            <span className={styles.since}>
              {sinceWords(price)} · set {formatDay(price.createdMs, today.atMs)}
            </span>
            <Button kind="quiet" small className={styles.remove} onClick={() => void onRemove(price.id)}>
              Remove<VisuallyHidden> {ratesWords(price)}</VisuallyHidden>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
