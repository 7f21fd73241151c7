import { useId, useState } from 'react'
import { classNames } from '../../lib/class-names'
import { formatCounted, formatDate } from '../../lib/format'
import { Button } from '../../ui/Button'
import { ProviderTile } from '../../ui/ProviderTile'
import { amountWords, changeWords, conditionWords, kindName } from './kind-words'
import type { UpcomingChange } from './price-list'
import { inDaysWords } from './price-page-words'
import styles from './PriceLists.module.css'

/** Shown before somebody asks for the rest. */
const FIRST = 4

interface UpcomingChangesProps {
  readonly upcoming: readonly UpcomingChange[]
  readonly atMs: number
}

/** What will cost more or less, from when on. */
export function UpcomingChanges({ upcoming, atMs }: UpcomingChangesProps) {
  const id = useId()
  const [all, setAll] = useState(false)
  const shown = all ? upcoming : upcoming.slice(0, FIRST)
  return (
    <section className={classNames(styles.section, upcoming.length === 0 && styles.empty)} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        Upcoming changes
      </h2>
      {upcoming.length === 0 ? (
        <p className={styles.quiet}>No change of these prices is known.</p>
      ) : (
        <ul className={styles.list}>
          {shown.map((change) => (
            <Change key={`${(change.after ?? change.before)?.id ?? ''} ${change.at}`} change={change} atMs={atMs} />
          ))}
        </ul>
      )}
      {upcoming.length > shown.length && (
        <Button kind="quiet" small onClick={() => setAll(true)}>
          Show {formatCounted(upcoming.length - shown.length, 'more change', 'more changes')}
        </Button>
      )}
    </section>
  )
}

function Change({ change, atMs }: { readonly change: UpcomingChange; readonly atMs: number }) {
  const { before, after, at, changes } = change
  const row = after ?? before
  if (row === null) return null
  return (
    <li className={styles.row}>
      <ProviderTile provider={row.provider} />
      <div className={styles.words}>
        <p className={styles.name}>
          {row.modelName}{' '}
          <span className={styles.at}>
            {after === null ? 'until' : 'from'} {formatDate(at)}, {inDaysWords(at, atMs)}
          </span>
        </p>
        {after === null ? (
          <p className={styles.quiet}>No price is known from then on: calls are booked as unpriced.</p>
        ) : (
          <ul className={styles.changes}>
            {changes.map((each) => (
              <li key={`${each.kind} ${conditionWords(each.condition)}`}>
                <span className={styles.kind}>
                  {kindName(each.kind)}
                  {each.condition !== null && `, ${conditionWords(each.condition)}`}
                </span>{' '}
                {each.before !== null && `${amountWords(each.kind, each.before)} → `}
                {amountWords(each.kind, each.after)}
                {before !== null && each.after !== null && <span className={styles.percent}> {changeWords(each)}</span>}
              </li>
            ))}
            {changes.length === 0 && <li className={styles.kind}>The price stays as it is.</li>}
          </ul>
        )}
        {row.note !== '' && <p className={styles.facts}>{row.note}</p>}
      </div>
    </li>
  )
}
