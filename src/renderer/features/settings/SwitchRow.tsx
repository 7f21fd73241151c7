import { useId, type Ref } from 'react'
import { Switch } from '../../ui/Switch'
import styles from './SwitchRow.module.css'

interface SwitchRowProps {
  readonly label: string
  /** What it does while it is on. */
  readonly meaning: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly switchRef?: Ref<HTMLButtonElement> | null
}

/** A setting that is on or off at once, with what that means. */
export function SwitchRow({ label, meaning, on, onChange, switchRef = null }: SwitchRowProps) {
  const id = useId()
  return (
    <div className={styles.row}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <p id={`${id}-meaning`} className={styles.meaning}>
        {meaning}
      </p>
      <Switch id={id} aria-describedby={`${id}-meaning`} ref={switchRef} on={on} onChange={onChange} />
    </div>
  )
}
