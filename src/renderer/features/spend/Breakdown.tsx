import { useState } from 'react'
import { picoFromString } from '../../../core/money'
import type { SpendGrouping } from '../../../core/spend-query'
import type { SpendPartView } from '../../../shared/ipc/spend-views'
import { classNames } from '../../lib/class-names'
import { costTitle } from '../../lib/cost-words'
import { permille } from '../../lib/permille'
import { providers } from '../../lib/providers'
import { Button } from '../../ui/Button'
import { ProviderTile } from '../../ui/ProviderTile'
import { TextButton } from '../../ui/TextButton'
import styles from './Breakdown.module.css'
import { PartsTable } from './PartsTable'
import series from './series.module.css'
import { shares } from './spend-geometry'
import { groupWords, partName } from './spend-report-words'
import { partFigure, shareWords } from './spend-words'
import { ViewToggle, type DailyView } from './ViewToggle'

const FIRST = 8
/** A button for one or two more is no shorter than they are. */
const FEW = 2

interface BreakdownProps {
  /** Told apart from the other breakdowns of the page. */
  readonly id: string
  readonly title: string
  readonly by: SpendGrouping
  /** Dearest first. */
  readonly groups: readonly SpendPartView[]
  /** What stands here before there is anything. */
  readonly empty: string
  /** What is to be known of those that are not here; empty when all are. */
  readonly more: string
  readonly onOpen: (key: string, name: string) => void
  /** What is seen before anything is chosen. */
  readonly first?: DailyView
}

/** What it went to: a bar for each part, as long as it is dear beside the dearest, or the same in figures. */
export function Breakdown({ id, title, by, groups, empty, more, onOpen, first = 'chart' }: BreakdownProps) {
  const [all, setAll] = useState(false)
  const [view, setView] = useState<DailyView>(first)
  const amounts = groups.map(({ spend }) => picoFromString(spend.atLeast))
  const parts = shares(amounts)
  const dearest = amounts.reduce((most, amount) => (amount > most ? amount : most), 0n)
  const shown = all || groups.length <= FIRST + FEW ? groups : groups.slice(0, FIRST)
  return (
    <section aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {groups.length > 0 && <ViewToggle label={title} value={view} onChange={setView} />}
      </div>
      {groups.length === 0 && <p className={styles.empty}>{empty}</p>}
      {view === 'table' && groups.length > 0 ? (
        <PartsTable
          label={title}
          head={groupWords(by)}
          dated={by === 'conversation'}
          parts={shown.map((part) => ({ key: part.key, name: partName(by, part), part }))}
          onOpen={onOpen}
        />
      ) : (
        <ul className={styles.list}>
          {shown.map((group, index) => (
            <Row
              key={group.key}
              group={group}
              name={partName(by, group)}
              share={shareWords(amounts[index] ?? 0n, parts[index] ?? 0)}
              length={lengthOf(amounts[index] ?? 0n, dearest)}
              onOpen={onOpen}
            />
          ))}
        </ul>
      )}
      {shown.length < groups.length && (
        <Button kind="quiet" small className={styles.more} onClick={() => setAll(true)}>
          {`Show ${groups.length - shown.length} more`}
        </Button>
      )}
      {more !== '' && <p className={styles.empty}>{more}</p>}
    </section>
  )
}

/** In permille; what cost something can be seen. */
function lengthOf(amount: bigint, dearest: bigint): number {
  return amount > 0n ? Math.max(10, permille(amount, dearest)) : 0
}

interface RowProps {
  readonly group: SpendPartView
  readonly name: string
  readonly share: string
  /** Permille of the dearest. */
  readonly length: number
  readonly onOpen: (key: string, name: string) => void
}

function Row({ group: { key, provider, spend }, name, share, length, onOpen }: RowProps) {
  const maker = provider === null ? null : providers[provider].name
  return (
    <li className={classNames(styles.row, provider === null && styles.plain)}>
      {provider !== null && <ProviderTile provider={provider} />}
      <TextButton
        plain
        className={styles.name}
        title={maker === null || maker === name ? name : `${name} · ${maker}`}
        onClick={() => onOpen(key, name)}
      >
        <span dir="auto">{name}</span>
      </TextButton>
      <span className={styles.amount} title={costTitle(spend)}>
        {partFigure(spend)}
      </span>
      <span className={styles.share}>{share}</span>
      <svg className={styles.track} aria-hidden="true">
        {length > 0 && (
          <rect
            className={classNames(series.series, provider !== null && series[provider])}
            width={`${length / 10}%`}
            height="100%"
            rx="3"
          />
        )}
      </svg>
    </li>
  )
}
