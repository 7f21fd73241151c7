import type { SpendPartView } from '../../../shared/ipc/spend-views'
import { classNames } from '../../lib/class-names'
import { costTitle, tokenWords } from '../../lib/cost-words'
import { formatCount, formatDay } from '../../lib/format'
import { useToday } from '../../lib/use-today'
import { partFigure } from './spend-words'
import styles from './PartsTable.module.css'

interface PartsTableProps {
  readonly label: string
  /** What the parts are. */
  readonly head: string
  readonly parts: readonly {
    readonly key: string
    readonly name: string
    readonly part: Pick<SpendPartView, 'spend' | 'callCount'> & Partial<Pick<SpendPartView, 'messages' | 'lastMs'>>
  }[]
  /** Answers in place of calls, and when each was last used. */
  readonly dated?: boolean
  readonly onOpen: (key: string, name: string) => void
}

/** What bars show, in figures. */
export function PartsTable({ label, head, parts, dated = false, onOpen }: PartsTableProps) {
  const { atMs } = useToday()
  return (
    <div className={styles.room}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className={styles.number}>
              {dated ? 'Answers' : 'Calls'}
            </th>
            <th scope="col" className={classNames(styles.number, styles.tokens)}>
              Tokens
            </th>
            <th scope="col" className={styles.number}>
              Cost
            </th>
            {dated && (
              <th scope="col" className={styles.number}>
                Last used
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {parts.map(({ key, name, part: { spend, callCount, messages, lastMs } }) => (
            <tr key={key}>
              <th scope="row" aria-label={name}>
                <button type="button" className={styles.open} title={name} onClick={() => onOpen(key, name)}>
                  <span dir="auto">{name}</span>
                </button>
              </th>
              <td className={styles.number}>{formatCount(dated ? (messages ?? 0) : callCount)}</td>
              <td className={classNames(styles.number, styles.tokens)}>{tokenWords(spend).replace(/ tokens?$/, '')}</td>
              <td className={styles.number} title={costTitle(spend)}>
                {partFigure(spend)}
              </td>
              {dated && <td className={styles.number}>{lastMs === undefined ? '' : formatDay(lastMs, atMs)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
