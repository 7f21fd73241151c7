import { ChevronRight } from 'lucide-react'
import { useId, useRef, type ReactNode } from 'react'
import type { PriceRowView } from '../../../shared/ipc/price-views'
import { classNames } from '../../lib/class-names'
import { formatDate } from '../../lib/format'
import type { LinkActs } from '../../markdown/link-acts'
import { ProviderTile } from '../../ui/ProviderTile'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { amountWords } from './kind-words'
import { timeOf } from './price-list'
import { datesWords } from './price-page-words'
import styles from './PriceTable.module.css'
import { PriceRowDetails, Source } from './PriceRowDetails'
import { useTarget, type PriceTarget } from './use-target'

interface PriceTableProps {
  readonly rows: readonly PriceRowView[]
  readonly atMs: number
  readonly links: LinkActs
  /** The id of the row that is looked into. */
  readonly open: string | null
  readonly onOpen: (id: string | null) => void
  /** The row to go to. */
  readonly target: PriceTarget | null
  /** What is to be said of a row beside its figures, such as what counts instead. */
  readonly notesOf: (row: PriceRowView) => readonly string[]
  /** Stands under what is known of a row. */
  readonly actsOf: (row: PriceRowView) => ReactNode
}

/** Prices as a table. A row opens to everything that is known of it. */
export function PriceTable({ rows, open, onOpen, ...rest }: PriceTableProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col" className={styles.number}>
              Input
            </th>
            <th scope="col" className={styles.number}>
              Output
            </th>
            <th scope="col" className={styles.number}>
              Cached
            </th>
            <th scope="col">Counts</th>
            <th scope="col">Read at</th>
            <th scope="col">Confidence</th>
          </tr>
        </thead>
        {rows.map((row) => (
          <Row key={row.id} row={row} isOpen={open === row.id} onOpen={onOpen} {...rest} />
        ))}
      </table>
    </div>
  )
}

type RowProps = Pick<PriceTableProps, 'atMs' | 'links' | 'onOpen' | 'target' | 'notesOf' | 'actsOf'> & {
  readonly row: PriceRowView
  readonly isOpen: boolean
}

function Row({ row, atMs, links, isOpen, onOpen, target, notesOf, actsOf }: RowProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  useTarget(target, row.id, button)
  const { rates, sources, confidence } = row
  const time = timeOf(row, atMs)
  const notes = notesOf(row)
  const [source] = sources
  return (
    <tbody className={classNames(time === 'past' && styles.past)}>
      <tr>
        <th scope="row" className={styles.model}>
          <button
            ref={button}
            type="button"
            className={styles.open}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => onOpen(isOpen ? null : row.id)}
          >
            <ChevronRight />
            <ProviderTile provider={row.provider} />
            <span className={styles.name}>
              {row.modelName}
              <VisuallyHidden>, {datesWords(row, time)}</VisuallyHidden>
            </span>
            {time !== 'now' && <span className={styles.tag}>{time === 'past' ? 'Past' : 'Upcoming'}</span>}
          </button>
          {notes.map((note) => (
            <p key={note} className={styles.note}>
              {note}
            </p>
          ))}
        </th>
        <td className={styles.number}>{amountWords('', rates.in_uncached ?? null)}</td>
        <td className={styles.number}>{amountWords('', rates.out ?? null)}</td>
        <td className={styles.number}>
          {rates.in_cache_read === undefined ? '' : amountWords('', rates.in_cache_read)}
        </td>
        <td className={styles.dates}>{datesWords(row, time)}</td>
        <td className={styles.source}>
          {source !== undefined && (
            <>
              <Source source={source.source} links={links} />
              <span className={styles.checked}>
                {sources.length > 1 && `+${sources.length - 1}, `}checked {formatDate(source.checked)}
              </span>
            </>
          )}
        </td>
        <td className={classNames(styles.sure, confidence !== 'high' && styles.unsure)}>{confidence}</td>
      </tr>
      <tr id={id} hidden={!isOpen}>
        <td colSpan={7} className={styles.details}>
          {isOpen && (
            <>
              <PriceRowDetails row={row} links={links} />
              {actsOf(row)}
            </>
          )}
        </td>
      </tr>
    </tbody>
  )
}
