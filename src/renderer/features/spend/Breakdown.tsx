import { useState } from 'react'
import { picoFromString } from '../../../core/money'
import type { SpendGroupView } from '../../../shared/ipc/spend-views'
import { classNames } from '../../lib/class-names'
import { costTitle } from '../../lib/cost-words'
import { permille } from '../../lib/permille'
import { providers } from '../../lib/providers'
import { Button } from '../../ui/Button'
import { ProviderTile } from '../../ui/ProviderTile'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './Breakdown.module.css'
import series from './series.module.css'
import { shares } from './spend-geometry'
import { partFigure, shareWords } from './spend-words'

const FIRST = 8

interface BreakdownProps {
  /** Told apart from the other breakdowns of the page. */
  readonly id: string
  readonly title: string
  /** Dearest first. */
  readonly groups: readonly SpendGroupView[]
  /** What stands here before there is anything. */
  readonly empty?: string
  readonly className?: string | undefined
}

/** What the month went to: a bar for each part, as long as it is dear beside the dearest. */
export function Breakdown({ id, title, groups, empty, className }: BreakdownProps) {
  const [all, setAll] = useState(false)
  const amounts = groups.map(({ spend }) => picoFromString(spend.atLeast))
  const parts = shares(amounts)
  const dearest = amounts.reduce((most, amount) => (amount > most ? amount : most), 0n)
  const shown = all ? groups : groups.slice(0, FIRST)
  return (
    <section aria-labelledby={id} className={className}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {groups.length === 0 && empty !== undefined && <p className={styles.empty}>{empty}</p>}
      <ul className={styles.list}>
        {shown.map((group, index) => (
          <Row
            key={`${group.provider} ${group.key}`}
            group={group}
            share={shareWords(amounts[index] ?? 0n, parts[index] ?? 0)}
            length={lengthOf(amounts[index] ?? 0n, dearest)}
          />
        ))}
      </ul>
      {shown.length < groups.length && (
        <Button kind="quiet" small className={styles.more} onClick={() => setAll(true)}>
          {`Show ${groups.length - shown.length} more`}
        </Button>
      )}
    </section>
  )
}

/** In permille; what cost something can be seen. */
function lengthOf(amount: bigint, dearest: bigint): number {
  return amount > 0n ? Math.max(10, permille(amount, dearest)) : 0
}

interface RowProps {
  readonly group: SpendGroupView
  readonly share: string
  /** Permille of the dearest. */
  readonly length: number
}

function Row({ group: { name, provider, spend }, share, length }: RowProps) {
  const maker = provider === null ? null : providers[provider].name
  return (
    <li className={styles.row}>
      {provider !== null && <ProviderTile provider={provider} />}
      <span className={styles.name} title={maker === null || maker === name ? name : `${name} · ${maker}`}>
        <span dir="auto">{name}</span>
        {maker !== null && maker !== name && <VisuallyHidden>{`, ${maker}`}</VisuallyHidden>}
      </span>
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
