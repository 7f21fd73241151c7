import type { SettingsView } from '../../../shared/ipc/views'
import { Segments } from '../../ui/Segments'
import styles from './BudgetDays.module.css'
import { useSettings } from './settings-store'
import { SettingsSection } from './SettingsSection'
import { useKept } from './use-kept'

const DAYS = [
  { value: 'local', label: 'Local days' },
  { value: 'utc', label: 'UTC days' },
] as const

const MEANING: Readonly<Record<SettingsView['budgetDays'], string>> = {
  local: 'A day begins at midnight here. Providers bill by UTC days, so a bill may draw the line elsewhere.',
  utc: 'A day begins at midnight UTC, as on the bills of most providers.',
}

interface BudgetDaysProps {
  /** Once the choice is kept. */
  readonly onKept: (days: SettingsView['budgetDays']) => void
}

/** Which days and months budgets go by. */
export function BudgetDays({ onKept }: BudgetDaysProps) {
  const budgetDays = useSettings((state) => state.budgetDays)
  const setBudgetDays = useSettings((state) => state.setBudgetDays)
  const { error, keep } = useKept()

  async function choose(days: SettingsView['budgetDays']) {
    const refusal = await setBudgetDays(days)
    if (refusal === null) onKept(days)
    return refusal
  }

  return (
    <SettingsSection title="Budgets" about="The days and months they count." error={error}>
      <Segments label="Budgets count" options={DAYS} value={budgetDays} onChange={(days) => keep(choose(days))} />
      <p className={styles.meaning}>{MEANING[budgetDays]}</p>
    </SettingsSection>
  )
}
