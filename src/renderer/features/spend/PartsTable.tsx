import type { SpendPartView } from '../../../shared/ipc/spend-views'
import { costTitle, tokenWords } from '../../lib/cost-words'
import { formatCount } from '../../lib/format'
import { partFigure } from './spend-words'
import styles from './PartsTable.module.css'

interface PartsTableProps {
  readonly label: string
  readonly parts: readonly {
    readonly key: string
    readonly name: string
    readonly part: Omit<SpendPartView, 'name' | 'messages' | 'lastMs'>
  }[]
  readonly onOpen: (key: string, name: string) => void
}

/** What bars show, in figures. */
export function PartsTable({ label, parts, onOpen }: PartsTableProps) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          <th scope="col" className={styles.number}>
            Calls
          </th>
          <th scope="col" className={styles.number}>
            Tokens
          </th>
          <th scope="col" className={styles.number}>
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ key, name, part: { spend, callCount } }) => (
          <tr key={key}>
            <th scope="row" aria-label={name}>
              <button type="button" className={styles.open} title={name} onClick={() => onOpen(key, name)}>
                <span dir="auto">{name}</span>
              </button>
            </th>
            <td className={styles.number}>{formatCount(callCount)}</td>
            <td className={styles.number}>{tokenWords(spend).replace(/ tokens?$/, '')}</td>
            <td className={styles.number} title={costTitle(spend)}>
              {partFigure(spend)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
