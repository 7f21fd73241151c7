import { useId } from 'react'
import { classNames } from '../lib/class-names'
import styles from './Meter.module.css'

export type MeterTone = 'calm' | 'warn' | 'danger'

export interface MeterBarProps {
  /** In permille of the whole. */
  readonly used: number
  /** Beside it, also in permille: not used yet, but taken. */
  readonly held: number
  readonly tone: MeterTone
  readonly className?: string | undefined
}

/** How far something is used, as a picture alone: its words are beside it. */
export function MeterBar({ used, held, tone, className }: MeterBarProps) {
  const hatch = useId()
  return (
    <svg className={classNames(styles.bar, styles[tone], className)} aria-hidden="true">
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className={styles.hatch} x1="1" x2="1" y1="0" y2="4" />
        </pattern>
      </defs>
      <rect className={styles.used} width={`${shown(used) / 10}%`} height="100%" />
      {held > 0 && (
        <rect x={`${shown(used) / 10}%`} width={`${shown(held) / 10}%`} height="100%" fill={`url(#${hatch})`} />
      )}
    </svg>
  )
}

/** What is something can be seen. */
function shown(permille: number): number {
  return permille > 0 ? Math.max(8, permille) : 0
}
