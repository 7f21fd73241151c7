import { formatSum } from '../../../core/money'
import { classNames } from '../../lib/class-names'
import styles from './DailyChart.module.css'
import { AXIS, levelOf, PLOT, topOf } from './spend-geometry'

/** What had been spent by the end of each day, and what that comes to in words. */
export interface Running {
  readonly totals: readonly bigint[]
  readonly words: string
}

interface RunningLineProps {
  readonly running: Running
  /** How many the axis has: the line ends with today. */
  readonly places: number
  readonly budget: bigint | null
}

/** What had been spent by the end of each day, by a scale of its own, with what it is held to. */
export function RunningLine({ running: { totals, words }, places, budget }: RunningLineProps) {
  const last = totals.at(-1) ?? 0n
  const top = topOf(budget !== null && budget > last ? budget : last)
  const level = (amount: bigint) => PLOT - levelOf(amount, top)
  const points = totals.map((amount, index) => `${(index + 0.5) / places},${level(amount)}`).join(' ')
  // Above its line, unless that is where the other one stands.
  const near = budget !== null && Math.abs(level(budget) - level(last)) < 16
  return (
    <>
      {budget !== null && (
        <line
          className={styles.budget}
          x1="0"
          x2="100%"
          y1={AXIS - PLOT + level(budget)}
          y2={AXIS - PLOT + level(budget)}
        />
      )}
      <svg y={AXIS - PLOT} width="100%" height={PLOT} viewBox={`0 0 1 ${PLOT}`} preserveAspectRatio="none">
        <polyline className={styles.running} points={points} />
      </svg>
      <text
        className={classNames(styles.strong, styles.halo)}
        x="100%"
        y={AXIS - PLOT + level(last) + (near ? 16 : -6)}
        textAnchor="end"
      >
        {`${words} in all`}
      </text>
      {budget !== null && (
        <text className={styles.halo} x="0" y={AXIS - PLOT + level(budget) - 5}>
          {`Budget ${formatSum(budget)}`}
        </text>
      )}
    </>
  )
}
