import type { KeyboardEvent } from 'react'
import type { ProviderId } from '../../../core/provider'
import type { TimeStep } from '../../../core/spend-query'
import { classNames } from '../../lib/class-names'
import { unlessComposing } from '../../lib/ime'
import styles from './DailyChart.module.css'
import series from './series.module.css'
import { dayTitle, type SpendDay } from './spend-days'
import { AXIS, piecesOf, PLOT } from './spend-geometry'

interface BarProps {
  readonly step: TimeStep
  readonly day: SpendDay
  /** Its middle, in percent of the width. */
  readonly x: string
  /** In pixels. */
  readonly width: number
  readonly named: readonly ProviderId[]
  readonly top: bigint
  readonly hatch: string
  /** Whether Tab comes to it: it does to one of all. */
  readonly inTabs: boolean
  readonly onOpen: (day: SpendDay) => void
  readonly onLook: (day: SpendDay | null) => void
}

/** What a day has cost, a piece for each provider. */
export function Bar({ day, x, width, top, hatch, named, step, inTabs, onOpen, onLook }: BarProps) {
  const place = { x, width, transform: `translate(${-width / 2})` }
  const pieces = piecesOf(day, top)
  const press = unlessComposing((event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onOpen(day)
  })
  return (
    <g
      className={styles.reach}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a button is no part of a picture.
      role="button"
      tabIndex={inTabs ? 0 : -1}
      aria-label={dayTitle(day, step)}
      data-key={day.key}
      onClick={() => onOpen(day)}
      onKeyDown={press}
      onFocus={() => onLook(day)}
      onBlur={() => onLook(null)}
      onPointerEnter={() => onLook(day)}
      onPointerLeave={() => onLook(null)}
    >
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
