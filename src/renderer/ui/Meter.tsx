import { Meter as Base } from '@base-ui/react/meter'
import { MeterBar, type MeterBarProps } from './MeterBar'
import styles from './Meter.module.css'

interface MeterProps extends MeterBarProps {
  /** What is measured. */
  readonly label: string
  /** How far it is used, in the words that stand beside it. */
  readonly text: string
}

/** How far something is used of what it may be. */
export function Meter({ label, text, ...bar }: MeterProps) {
  return (
    <Base.Root className={styles.meter} value={(bar.used + bar.held) / 10} aria-label={label} aria-valuetext={text}>
      <MeterBar {...bar} />
    </Base.Root>
  )
}
