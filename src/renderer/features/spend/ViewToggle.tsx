import styles from './ViewToggle.module.css'

/** How the days are shown. */
export type DailyView = 'chart' | 'table'

interface ViewToggleProps {
  /** What is shown as either. */
  readonly label: string
  readonly value: DailyView
  readonly onChange: (value: DailyView) => void
}

const VIEWS = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
] as const

/** Bars, or the same in figures. */
export function ViewToggle({ label, value, onChange }: ViewToggleProps) {
  return (
    <fieldset className={styles.toggle} aria-label={`${label} as`}>
      {VIEWS.map((view) => (
        <button key={view.value} type="button" aria-pressed={view.value === value} onClick={() => onChange(view.value)}>
          {view.label}
        </button>
      ))}
    </fieldset>
  )
}
