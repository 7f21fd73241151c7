import { useId, useState } from 'react'
import { priceChanges } from '../../../core/price-changes'
import { formatExact, picoFromString } from '../../../core/money'
import type { PricePreviewView } from '../../../shared/ipc/price-views'
import { classNames } from '../../lib/class-names'
import { formatCounted, formatDate, formatTime } from '../../lib/format'
import { Disclosure } from '../../ui/Disclosure'
import { ChangeTable } from './ChangeTable'
import { comparedWords, lostWords, replacedWords } from './preview-words'
import styles from './PricePreview.module.css'
import { monthWords, wouldSettleWords } from './price-words'

interface PricePreviewProps {
  readonly preview: PricePreviewView | null
  /** It is of what was entered before. */
  readonly isStale: boolean
}

/** What setting a price would change, before anything is set. */
export function PricePreview({ preview, isStale }: PricePreviewProps) {
  const id = useId()
  const [named, setNamed] = useState(false)
  return (
    // Always there, as a region that comes with its words is not announced.
    <div className={styles.live} aria-live="polite" aria-busy={isStale}>
      {preview !== null && (
        <section className={classNames(styles.preview, isStale && styles.stale)} aria-labelledby={id}>
          <h3 id={id} className={styles.title}>
            What changes
          </h3>
          <p className={styles.settles}>{wouldSettleWords(preview)}</p>
          {preview.perMonth.length > 1 && (
            <ul className={styles.months}>
              {preview.perMonth.map((month) => (
                <li key={month.month}>{monthWords(month)}</li>
              ))}
            </ul>
          )}
          <p className={styles.quiet}>Calls that have a price keep it.</p>
          {preview.calls.length > 0 && (
            <Disclosure label="Which calls" open={named} onOpen={setNamed} className={styles.calls}>
              <ul>
                {preview.calls.map((call) => (
                  <li key={call.id}>
                    <span>
                      {formatDate(call.localDay)}, {formatTime(call.startedMs)}
                    </span>
                    <span>
                      {formatExact(picoFromString(call.pico))}
                      {call.isOpen && ', in part'}
                    </span>
                  </li>
                ))}
              </ul>
              {preview.callCount > preview.calls.length && (
                <p className={styles.quiet}>
                  and {formatCounted(preview.callCount - preview.calls.length, 'older one', 'older ones')}
                </p>
              )}
            </Disclosure>
          )}
          <ChangeTable
            changes={priceChanges(preview.before, preview.after)}
            label={comparedWords(preview)}
            heads={[preview.before?.isOwn === true ? 'Yours now' : 'Now', 'Yours']}
          />
          {[comparedWords(preview), lostWords(preview), ...preview.replaces.map(replacedWords)]
            .filter((words) => words !== '')
            .map((words) => (
              <p key={words} className={styles.quiet}>
                {words}
              </p>
            ))}
        </section>
      )}
    </div>
  )
}
