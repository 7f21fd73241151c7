import type { SpendGroupView } from '../../../shared/ipc/spend-views'
import type { MonthView } from '../../../shared/ipc/views'
import { costTitle, sumFigure } from '../../lib/cost-words'
import { formatCount, formatMonthName } from '../../lib/format'
import { providers } from '../../lib/providers'
import { ProviderTile } from '../../ui/ProviderTile'
import styles from './DailyTable.module.css'
import { dayWords } from './spend-days'
import { partFigure } from './spend-words'

interface DailyTableProps {
  readonly month: MonthView
  readonly byDay: readonly SpendGroupView[]
}

/** What the daily bars show, in figures. */
export function DailyTable({ month, byDay }: DailyTableProps) {
  return (
    <table className={styles.table} aria-label="Daily spend">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Provider</th>
          <th scope="col" className={styles.number}>
            Calls
          </th>
          <th scope="col" className={styles.number}>
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {byDay.map(({ key, provider, callCount, spend }) => (
          <tr key={`${key} ${provider}`}>
            <th scope="row">{dayWords(key)}</th>
            <td>
              {provider !== null && (
                <span className={styles.provider}>
                  <ProviderTile provider={provider} />
                  {providers[provider].name}
                </span>
              )}
            </td>
            <td className={styles.number}>{formatCount(callCount)}</td>
            <td className={styles.number} title={costTitle(spend)}>
              {partFigure(spend)}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {formatMonthName(month.month)} so far
          </th>
          <td className={styles.number}>{formatCount(month.callCount)}</td>
          <td className={styles.number} title={costTitle(month.spend)}>
            {sumFigure(month.spend)}
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
