import type { NetworkRowView } from '../../../shared/ipc/network-views'
import { formatWhen } from '../../lib/format'
import { useToday } from '../../lib/use-today'
import styles from './NetworkTable.module.css'
import { byteWords, keyWords, purposeWords, statusWords } from './network-words'

/** Every request that left, newest first. */
export function NetworkTable({ rows }: { readonly rows: readonly NetworkRowView[] }) {
  const today = useToday()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and holds nothing else to focus.
    <section className={styles.scroll} aria-label="Requests" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Host</th>
            <th scope="col">For</th>
            <th scope="col">Key</th>
            <th scope="col">Status</th>
            <th scope="col" className={styles.number}>
              Up
            </th>
            <th scope="col" className={styles.number}>
              Down
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className={styles.when}>{formatWhen(row.atMs, today.atMs)}</td>
              <td className={styles.host}>
                <span className={styles.line}>{row.host}</span>
                <span className={styles.path} title={`${row.method} ${row.path}`}>
                  {row.method} {row.path}
                </span>
              </td>
              <td className={styles.purpose}>{purposeWords(row.purpose)}</td>
              <td className={styles.key} title={row.keyLabel ?? undefined}>
                {keyWords(row.keyLabel)}
              </td>
              <td>{statusWords(row)}</td>
              <td className={styles.number}>{byteWords(row.bytesUp)}</td>
              <td className={styles.number}>{byteWords(row.bytesDown)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
