import { useState } from 'react'
import type { SpendView } from '../../../shared/ipc/spend-views'
import type { MonthView } from '../../../shared/ipc/views'
import { costTitle } from '../../lib/cost-words'
import { ProviderTile } from '../../ui/ProviderTile'
import styles from './Daily.module.css'
import { DailyChart } from './DailyChart'
import { DailyTable } from './DailyTable'
import { daysOfMonth, doubtWords } from './spend-days'
import { partFigure } from './spend-words'
import { ViewToggle, type DailyView } from './ViewToggle'

interface DailyProps {
  readonly month: MonthView
  readonly spend: Pick<SpendView, 'byDay' | 'byProvider'>
}

/** The month day by day, and what each provider has of it. */
export function Daily({ month, spend }: DailyProps) {
  const [view, setView] = useState<DailyView>('chart')
  const { byDay, byProvider } = spend
  const days = daysOfMonth(
    month.month,
    byDay,
    byProvider.map(({ provider }) => provider),
  )
  const doubts = doubtWords(days)
  return (
    <section aria-labelledby="spend-daily">
      <div className={styles.head}>
        <h2 id="spend-daily" className={styles.title}>
          Daily
        </h2>
        <ViewToggle value={view} onChange={setView} />
      </div>
      {view === 'chart' && byProvider.length > 0 && (
        <ul className={styles.legend} aria-label="Providers">
          {byProvider.map((group) => (
            <li key={group.key} title={costTitle(group.spend)}>
              {group.provider !== null && <ProviderTile provider={group.provider} />}
              {group.name} {partFigure(group.spend)}
            </li>
          ))}
        </ul>
      )}
      {view === 'chart' || byDay.length === 0 ? (
        <DailyChart month={month.month} days={days} />
      ) : (
        <DailyTable month={month} byDay={byDay} />
      )}
      {view === 'chart' && doubts !== '' && <p className={styles.doubts}>{doubts}</p>}
    </section>
  )
}
