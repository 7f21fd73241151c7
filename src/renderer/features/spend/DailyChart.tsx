import { useId, useState, type KeyboardEvent } from 'react'
import { divideHalfEven } from '../../../core/decimal'
import { formatAmount, formatSum } from '../../../core/money'
import type { ProviderId } from '../../../core/provider'
import type { SpendRange, TimeStep } from '../../../core/spend-query'
import { classNames } from '../../lib/class-names'
import { unlessComposing } from '../../lib/ime'
import { Bar } from './Bar'
import styles from './DailyChart.module.css'
import { RunningLine, type Running } from './RunningLine'
import { chartWords, dayFigure, highestDay, labelledSteps, stepLabel, type SpendDay } from './spend-days'
import { AXIS, axisOf, bandsOf, barHeight, HEIGHT, levelOf, PLOT } from './spend-geometry'
import { rangeWords } from './spend-view'

interface DailyChartProps {
  readonly range: SpendRange
  readonly step: TimeStep
  /** The day it is. */
  readonly today: string
  readonly days: readonly SpendDay[]
  /** Those with a colour of their own here; the rest share one. */
  readonly named: readonly ProviderId[]
  /** What had been spent by the end of each day, drawn by its own scale; null while it is not wanted. */
  readonly running: Running | null
  /** What all these days are held to; null without a limit. */
  readonly budget: bigint | null
  readonly onOpen: (day: SpendDay) => void
  /** The day that is pointed at or has the focus; null for none. */
  readonly onLook: (day: SpendDay | null) => void
}

/**
 * A bar for every day that cost something, stacked by provider. The keyboard comes to one of them and goes on to the
 * others with the arrows; the table beside it says the same.
 */
export function DailyChart(props: DailyChartProps) {
  const { range, step, today, days, named, running, budget, onOpen, onLook } = props
  const hatch = useId()
  const bars = days.filter(({ total, unpriced }) => total > 0n || unpriced)
  const [reached, setReached] = useState<string | null>(null)
  const current = bars.find(({ key }) => key === reached) ?? bars.at(-1)
  const highest = highestDay(days)
  const pace = budget === null || running !== null ? null : divideHalfEven(budget, BigInt(days.length))
  const { top, ticks } = axisOf(highest?.total ?? 0n, pace)
  const { middle, width } = bandsOf(days.map(({ key }) => key))
  const edge = highest === null ? '' : edgeOf(highest.number, days.length)

  const press = unlessComposing((event: KeyboardEvent<SVGSVGElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || current === undefined) return
    const at = bars.indexOf(current)
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key]
    const day = next === undefined ? undefined : bars[next]
    if (next !== undefined) event.preventDefault()
    if (day === undefined) return
    setReached(day.key)
    event.currentTarget.querySelector<SVGGElement>(`[data-key="${day.key}"]`)?.focus()
  })

  return (
    <div className={styles.frame}>
      {/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions -- a picture whose bars are buttons: no other element can hold them. */}
      <svg
        className={styles.chart}
        width="100%"
        height={HEIGHT}
        role="group"
        aria-label={chartWords(rangeWords(range), step, days)}
        onKeyDown={press}
      >
        {/* oxlint-enable */}
        <defs>
          <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className={styles.hatch} x1="1" x2="1" y1="0" y2="4" />
          </pattern>
        </defs>
        <g aria-hidden="true">
          {ticks.map((amount, place) => {
            const y = AXIS - levelOf(amount, top) + 0.5
            return (
              <g key={String(amount)}>
                <line className={place === 0 ? styles.axis : styles.grid} x1="0" x2="100%" y1={y} y2={y} />
                <text x="-8" y={y + 3.5} textAnchor="end">
                  {formatAmount(amount)}
                </text>
              </g>
            )
          })}
          {labelledSteps(days, step, today).map((day) => (
            <text
              key={day.key}
              className={classNames(day.isToday && styles.strong)}
              x={middle(day.key)}
              y={HEIGHT - 6}
              textAnchor={
                days.length <= 4 || (day.number > 1 && day.number < days.length)
                  ? 'middle'
                  : day.number === 1
                    ? 'start'
                    : 'end'
              }
            >
              {day.isToday ? 'Today' : stepLabel(step, day.key, range)}
            </text>
          ))}
        </g>
        {bars.map((day) => (
          <Bar
            key={day.key}
            day={day}
            x={middle(day.key)}
            width={width}
            top={top}
            hatch={hatch}
            named={named}
            step={step}
            inTabs={day === current}
            onOpen={onOpen}
            onLook={(looked) => {
              if (looked !== null) setReached(looked.key)
              onLook(looked)
            }}
          />
        ))}
        <g aria-hidden="true" className={styles.over}>
          {highest === null && days.some(({ parts, unpriced }) => parts.length > 0 && !unpriced) && (
            <text x="50%" y={AXIS - PLOT / 4} textAnchor="middle">
              No call has cost anything
            </text>
          )}
          {pace !== null && pace <= top && (
            <>
              <line
                className={styles.pace}
                x1="0"
                x2="100%"
                y1={AXIS - levelOf(pace, top)}
                y2={AXIS - levelOf(pace, top)}
              />
              <text className={styles.halo} x="100%" y={AXIS - levelOf(pace, top) - 5} textAnchor="end">
                {`even pace ${formatSum(pace)} a day`}
              </text>
            </>
          )}
          {running !== null && <RunningLine running={running} places={days.length} budget={budget} />}
          {highest !== null && (
            <text
              className={classNames(styles.strong, styles.halo)}
              x={middle(highest.key)}
              y={AXIS - barHeight(highest, top) - 6}
              textAnchor={edge === '' ? 'middle' : edge}
              transform={`translate(${edge === 'start' ? -width / 2 : edge === 'end' ? width / 2 : 0})`}
            >
              {dayFigure(highest)}
            </text>
          )}
        </g>
      </svg>
    </div>
  )
}

function edgeOf(number: number, count: number): 'start' | 'end' | '' {
  if (count <= 4) return ''
  const near = Math.max(1, Math.round(count / 10))
  return number <= near ? 'start' : number > count - near ? 'end' : ''
}
