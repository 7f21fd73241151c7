import { useId } from 'react'
import { formatAmount, formatSum } from '../../../core/money'
import type { ProviderId } from '../../../core/provider'
import type { SpendRange, TimeStep } from '../../../core/spend-query'
import { classNames } from '../../lib/class-names'
import { permille } from '../../lib/permille'
import { rangeWords } from './spend-view'
import styles from './DailyChart.module.css'
import series from './series.module.css'
import { chartWords, dayFigure, dayTitle, highestDay, labelledDays, stepLabel, type SpendDay } from './spend-days'
import { axisTop, stack } from './spend-geometry'

// Upwards in pixels, sideways in percent of what is there: text and bars keep their size at every width.
const HEIGHT = 212
const AXIS = 188
const PLOT = 160
const BAR = 12

interface DailyChartProps {
  readonly range: SpendRange
  readonly step: TimeStep
  readonly days: readonly SpendDay[]
  /** Those with a colour of their own here; the rest share one. */
  readonly named: readonly ProviderId[]
  /** What had been spent by the end of each day, drawn by its own scale; null while it is not wanted. */
  readonly running: readonly bigint[] | null
  /** The limit to be drawn beside that. */
  readonly budget: bigint | null
  readonly onOpen: (day: SpendDay) => void
}

/** A bar for every day that cost something, stacked by provider. The table beside it says the same. */
export function DailyChart({ range, step, days, named, running, budget, onOpen }: DailyChartProps) {
  const hatch = useId()
  const highest = highestDay(days)
  const top = axisTop(highest?.total ?? 0n)
  const middle = (day: number) => `${((day - 0.5) * 100) / days.length}%`
  const width = days.length <= 31 ? BAR : days.length <= 62 ? 7 : 3
  const edge = highest === null ? '' : edgeOf(highest.number, days.length)
  return (
    <div className={styles.frame}>
      <svg
        className={styles.chart}
        width="100%"
        height={HEIGHT}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img could neither follow the theme nor name its bars.
        role="img"
        aria-label={chartWords(rangeWords(range), step, days)}
      >
        <defs>
          <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className={styles.hatch} x1="1" x2="1" y1="0" y2="4" />
          </pattern>
        </defs>
        {[0n, top / 2n, top].map((amount, place) => {
          const y = AXIS - (place * PLOT) / 2 + 0.5
          return (
            <g key={place}>
              <line className={place === 0 ? styles.axis : styles.grid} x1="0" x2="100%" y1={y} y2={y} />
              <text x="-8" y={y + 3.5} textAnchor="end">
                {formatAmount(amount)}
              </text>
            </g>
          )
        })}
        {labelledDays(days.length).map((day) => (
          <text
            key={day}
            x={middle(day)}
            y={HEIGHT - 6}
            textAnchor={days.length <= 4 || (day > 1 && day < days.length) ? 'middle' : day === 1 ? 'start' : 'end'}
          >
            {stepLabel(step, days[day - 1]?.key ?? '', range)}
          </text>
        ))}
        {days.map((day) => (
          <Bar
            key={day.key}
            day={day}
            x={middle(day.number)}
            width={width}
            top={top}
            hatch={hatch}
            named={named}
            step={step}
            onOpen={onOpen}
          />
        ))}
        {highest === null && days.some(({ parts, unpriced }) => parts.length > 0 && !unpriced) && (
          <text x="50%" y={AXIS - PLOT / 4} textAnchor="middle">
            No call has cost anything
          </text>
        )}
        {highest !== null && (
          <text
            className={styles.strong}
            x={middle(highest.number)}
            y={AXIS - barHeight(highest, top) - 6}
            textAnchor={edge === '' ? 'middle' : edge}
            transform={`translate(${edge === 'start' ? -BAR / 2 : edge === 'end' ? BAR / 2 : 0})`}
          >
            {dayFigure(highest)}
          </text>
        )}
        {running !== null && <RunningLine running={running} places={days.length} budget={budget} />}
      </svg>
    </div>
  )
}

function edgeOf(number: number, count: number): 'start' | 'end' | '' {
  const near = Math.max(1, Math.round(count / 10))
  return number <= near ? 'start' : number > count - near ? 'end' : ''
}

interface RunningLineProps {
  readonly running: readonly bigint[]
  /** How many the axis has: the line ends with today. */
  readonly places: number
  readonly budget: bigint | null
}

function RunningLine({ running, places, budget }: RunningLineProps) {
  const last = running.at(-1) ?? 0n
  const top = axisTop(budget !== null && budget > last ? budget : last)
  const level = (amount: bigint) => PLOT - (permille(amount, top) * PLOT) / 1000
  const points = running.map((amount, index) => `${(index + 0.5) / places},${level(amount)}`).join(' ')
  return (
    <>
      <svg y={AXIS - PLOT} width="100%" height={PLOT} viewBox={`0 0 1 ${PLOT}`} preserveAspectRatio="none">
        <polyline className={styles.running} points={points} />
      </svg>
      <text
        className={classNames(styles.strong, styles.over)}
        x="100%"
        y={AXIS - PLOT + level(last) - 6}
        textAnchor="end"
      >
        {`${formatSum(last)} in all`}
      </text>
      {budget !== null && (
        <>
          <line
            className={styles.budget}
            x1="0"
            x2="100%"
            y1={AXIS - PLOT + level(budget)}
            y2={AXIS - PLOT + level(budget)}
          />
          <text className={styles.over} x="0" y={AXIS - PLOT + level(budget) - 4}>
            {`Budget ${formatSum(budget)}`}
          </text>
        </>
      )}
    </>
  )
}

interface BarProps {
  readonly step: TimeStep
  readonly onOpen: (day: SpendDay) => void
  readonly day: SpendDay
  readonly x: string
  readonly width: number
  readonly named: readonly ProviderId[]
  readonly top: bigint
  readonly hatch: string
}

function Bar({ day, x, width, top, hatch, named, step, onOpen }: BarProps) {
  if (day.total <= 0n && !day.unpriced) return null
  const place = { x, width, transform: `translate(${-width / 2})` }
  const pieces = piecesOf(day, top)
  return (
    // By keyboard a day is opened from the table, whose rows are large enough to be hit.
    <g className={styles.reach} onClick={() => onOpen(day)}>
      <title>{dayTitle(day, step)}</title>
      {/* Takes the pointer over the whole day, so that a low bar can be asked too. */}
      <rect {...place} className={styles.room} y={AXIS - PLOT} height={PLOT} />
      {day.parts.map(({ provider, unsure }, index) => {
        const { from, size } = pieces[index] ?? { from: 0, size: 0 }
        const box = { ...place, y: AXIS - from - size, height: size }
        return size === 0 ? null : (
          <g key={provider}>
            <rect
              {...box}
              className={classNames(series.series, named.includes(provider) && series[provider], styles.piece)}
            />
            {unsure && <rect {...box} fill={`url(#${hatch})`} />}
          </g>
        )
      })}
      {day.total <= 0n && (
        <text className={styles.strong} x={x} y={AXIS - 6} textAnchor="middle">
          ?
        </text>
      )}
    </g>
  )
}

function piecesOf(day: SpendDay, top: bigint) {
  return stack(
    day.parts.map(({ pico }) => pico),
    top,
    PLOT,
  )
}

function barHeight(day: SpendDay, top: bigint): number {
  return Math.max(...piecesOf(day, top).map(({ from, size }) => (size === 0 ? 0 : from + size)))
}
