import type { PriceChange } from '../../../core/price-changes'
import { classNames } from '../../lib/class-names'
import styles from './ChangeTable.module.css'
import { amountWords, changeWords, conditionWords, kindName } from './kind-words'

interface ChangeTableProps {
  readonly changes: readonly PriceChange[]
  /** Of the table, for those who cannot see what it stands under. */
  readonly label: string
  /** Over the two columns of prices. */
  readonly heads: readonly [before: string, after: string]
}

/** Two prices, kind by kind. */
export function ChangeTable({ changes, label, heads }: ChangeTableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">$ per M tokens</th>
          <th scope="col">{heads[0]}</th>
          <th scope="col">{heads[1]}</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const { kind, condition, before, after } = change
          return (
            <tr key={`${kind} ${conditionWords(condition)}`}>
              <th scope="row">
                {kindName(kind)}
                {condition !== null && <span className={styles.condition}>{conditionWords(condition)}</span>}
              </th>
              <td className={classNames(before === null && styles.none)}>{amountWords(kind, before)}</td>
              <td className={classNames(after === null && styles.missing)}>{amountWords(kind, after)}</td>
              <td className={styles.change}>{changeWords(change)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
