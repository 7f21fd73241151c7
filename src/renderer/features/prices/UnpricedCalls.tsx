import { useId, useRef } from 'react'
import type { UnpricedView } from '../../../shared/ipc/price-views'
import { classNames } from '../../lib/class-names'
import { formatCount, formatCounted, formatDate } from '../../lib/format'
import { Button } from '../../ui/Button'
import { ProviderTile } from '../../ui/ProviderTile'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { unpricedKindsWords, whyUnsettableWords } from './price-page-words'
import styles from './PriceLists.module.css'

interface UnpricedCallsProps {
  readonly unpriced: readonly UnpricedView[]
  readonly onSetPrice: (unpriced: UnpricedView, focusAfter: () => HTMLElement | null) => void
  readonly onCalls: (unpriced: UnpricedView) => void
}

/** What was booked without a price, each with the way to one. */
export function UnpricedCalls({ unpriced, onSetPrice, onCalls }: UnpricedCallsProps) {
  const id = useId()
  const title = useRef<HTMLHeadingElement>(null)
  return (
    <section className={classNames(styles.section, unpriced.length === 0 && styles.empty)} aria-labelledby={id}>
      <h2 id={id} ref={title} tabIndex={-1} className={styles.title}>
        Calls without a price
      </h2>
      {unpriced.length === 0 ? (
        <p className={styles.quiet}>Every call that was booked has a price.</p>
      ) : (
        <ul className={styles.list}>
          {unpriced.map((each) => {
            const { connectionId, model, modelName, connectionLabel, provider, callCount, canSet, isUpstream } = each
            const why = whyUnsettableWords(each)
            return (
              <li key={`${connectionId} ${model} ${isUpstream}`} className={styles.row}>
                <ProviderTile provider={provider} />
                <div className={styles.words}>
                  <p className={styles.name}>
                    <bdi>{modelName}</bdi>{' '}
                    <span className={styles.at}>
                      at <bdi>{connectionLabel}</bdi>
                    </span>
                  </p>
                  <p className={styles.quiet}>
                    {formatCounted(callCount, 'call', 'calls')}, {formatCounted(each.inputTokens, 'token', 'tokens')} in
                    and {formatCount(each.outputTokens)} out, since {formatDate(each.firstDay)}.{' '}
                    {unpricedKindsWords(each)}
                  </p>
                  {why !== '' && <p className={styles.quiet}>{why}</p>}
                </div>
                <div className={styles.acts}>
                  <Button small kind="quiet" onClick={() => onCalls(each)}>
                    Show calls<VisuallyHidden> of {modelName}</VisuallyHidden>
                  </Button>
                  {canSet && (
                    <Button
                      small
                      onClick={(event) => {
                        const asking = event.currentTarget
                        // Once it is settled its row is gone.
                        onSetPrice(each, () => (asking.isConnected ? asking : title.current))
                      }}
                    >
                      Set price…<VisuallyHidden> of {modelName}</VisuallyHidden>
                    </Button>
                  )}
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
