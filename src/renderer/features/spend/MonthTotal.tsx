import { costTitle, sumFigure } from '../../lib/cost-words'
import { MeterBar, type MeterBarProps } from '../../ui/MeterBar'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './MonthTotal.module.css'
import { useSpend } from './spend-store'

/** The budget the month is held to, in words and as it is drawn. */
export interface MonthBudget {
  /** What counts towards it; null where that is what the month has cost. */
  readonly used: string | null
  readonly limit: string
  /** What is booked in the month the budget goes by, and the limit, in pico-dollars. */
  readonly settled: string
  readonly limitPico: string
  /** What is to be known of how far it is used; empty while all is well. */
  readonly level: string
  readonly meter: MeterBarProps
}

/** Another budget that is nearly used, or past its limit. */
export interface NearBudget {
  readonly name: string
  readonly used: string
  readonly level: string
  readonly meter: MeterBarProps
}

interface MonthTotalProps {
  readonly budget: MonthBudget | null
  readonly near: NearBudget | null
  readonly onOpen: () => void
}

/** The month so far, always in view; what it is made of is one step away. */
export function MonthTotal({ budget, near, onOpen }: MonthTotalProps) {
  const month = useSpend((state) => state.month)
  if (month === null) return null
  const spent = sumFigure(month.spend)
  return (
    <button type="button" className={styles.total} title={costTitle(month.spend)} onClick={onOpen}>
      <span>
        <strong>{budget?.used ?? spent}</strong> {budget === null ? 'this month' : `of ${budget.limit}`}
        {budget !== null && <VisuallyHidden> this month</VisuallyHidden>}
      </span>
      {budget !== null && budget.level !== '' && <span className={styles.level}>{budget.level}</span>}
      {budget !== null && <MeterBar {...budget.meter} className={styles.meter} />}
      {near !== null && (
        <>
          <VisuallyHidden>; </VisuallyHidden>
          <span className={styles.near}>
            <span className={styles.name} dir="auto" title={near.name}>
              {near.name}
            </span>{' '}
            {near.used}
          </span>{' '}
          {near.level !== '' && <span className={styles.level}>{near.level}</span>}
          <MeterBar {...near.meter} className={styles.meter} />
        </>
      )}
    </button>
  )
}
