import { useId } from 'react'
import { formatAmount } from '../../../core/money'
import { classNames } from '../../lib/class-names'
import styles from './DailyChart.module.css'
import series from './series.module.css'
import { chartWords, dayFigure, dayTitle, highestDay, labelledDays, type SpendDay } from './spend-days'
import { axisTop, stack } from './spend-geometry'

// Upwards in pixels, sideways in percent of what is there: text and bars keep their size at every width.
const HEIGHT = 212
const AXIS = 188
const PLOT = 160
const BAR = 12

interface DailyChartProps {
  readonly month: string
  readonly days: readonly SpendDay[]
}

/** A bar for every day that cost something, stacked by provider. A picture: the table beside it says the same. */
export function DailyChart({ month, days }: DailyChartProps) {
  const hatch = useId()
  const highest = highestDay(days)
  const top = axisTop(highest?.total ?? 0n)
  const middle = (day: number) => `${((day - 0.5) * 100) / days.length}%`
  return (
    <div className={styles.frame}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img could neither follow the theme nor name its bars. */}
      <svg className={styles.chart} width="100%" height={HEIGHT} role="img" aria-label={chartWords(month, days)}>
        <defs>
          <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className={styles.hatch} x1="1" x2="1" y1="0" y2="4" />
          </pattern>
        </defs>
        {[0n, top / 2n, top].map((amount, step) => {
          const y = AXIS - (step * PLOT) / 2 + 0.5
          return (
            <g key={step}>
              <line className={step === 0 ? styles.axis : styles.grid} x1="0" x2="100%" y1={y} y2={y} />
              <text x="-8" y={y + 3.5} textAnchor="end">
                {formatAmount(amount)}
              </text>
            </g>
          )
        })}
        {labelledDays(days.length).map((day) => (
          <text key={day} x={middle(day)} y={HEIGHT - 6} textAnchor="middle">
            {day}
          </text>
        ))}
        {days.map((day) => (
          <Bar key={day.key} day={day} x={middle(day.number)} top={top} hatch={hatch} />
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
            textAnchor={highest.number <= 3 ? 'start' : highest.number > days.length - 3 ? 'end' : 'middle'}
            transform={`translate(${highest.number <= 3 ? -BAR / 2 : highest.number > days.length - 3 ? BAR / 2 : 0})`}
          >
            {dayFigure(highest)}
          </text>
        )}
      </svg>
    </div>
  )
}

interface BarProps {
  readonly day: SpendDay
  readonly x: string
  readonly top: bigint
  readonly hatch: string
}

function Bar({ day, x, top, hatch }: BarProps) {
  if (day.total <= 0n && !day.unpriced) return null
  const place = { x, width: BAR, transform: `translate(${-BAR / 2})` }
  const pieces = piecesOf(day, top)
  return (
    <g>
      <title>{dayTitle(day)}</title>
      {/* Takes the pointer over the whole day, so that a low bar can be asked too. */}
      <rect {...place} className={styles.reach} y={AXIS - PLOT} height={PLOT} />
      {day.parts.map(({ provider, unsure }, index) => {
        const { from, size } = pieces[index] ?? { from: 0, size: 0 }
        const box = { ...place, y: AXIS - from - size, height: size }
        return size === 0 ? null : (
          <g key={provider}>
            <rect {...box} className={classNames(series.series, series[provider], styles.piece)} />
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
