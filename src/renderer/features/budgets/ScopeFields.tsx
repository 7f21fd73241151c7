import type { BudgetPeriod, BudgetScope } from '../../../core/budget'
import { Segments } from '../../ui/Segments'
import { Select } from '../../ui/Select'
import { scopeKey, scopesFor } from './budget-form'
import { scopeWords, type BudgetNames } from './budget-words'
import styles from './ScopeFields.module.css'

interface ScopeFieldsProps {
  readonly scope: BudgetScope
  /** What the form was opened for, if for anything. */
  readonly asked: BudgetScope | null
  readonly period: BudgetPeriod
  readonly names: BudgetNames
  readonly onScope: (scope: BudgetScope) => void
  readonly onPeriod: (period: BudgetPeriod) => void
}

const PERIODS = [
  { value: 'request', label: 'Per request' },
  { value: 'day', label: 'Per day' },
  { value: 'month', label: 'Per month' },
  { value: 'total', label: 'In total' },
] as const

/** What is limited, and for how long a limit lasts. */
export function ScopeFields({ scope, asked, period, names, onScope, onPeriod }: ScopeFieldsProps) {
  const scopes = scopesFor(names.connections, asked)
  return (
    <>
      <Select
        label="What it limits"
        options={scopes.map((each) => ({ value: scopeKey(each), label: labelOf(each, names) }))}
        value={scopeKey(scope)}
        onChange={(key) => {
          const next = scopes.find((each) => scopeKey(each) === key)
          if (next !== undefined) onScope(next)
        }}
      />
      <div className={styles.period}>
        <span>Period</span>
        <Segments label="Period" options={PERIODS} value={period} onChange={onPeriod} />
      </div>
    </>
  )
}

function labelOf(scope: BudgetScope, names: BudgetNames): string {
  const ofOne = scope.kind === 'conversation' && scope.conversationId !== null
  return ofOne ? 'This conversation' : scopeWords(scope, names)
}
