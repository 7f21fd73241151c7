import { useRef, useState, type FormEvent, type RefObject } from 'react'
import type { BudgetPeriod, BudgetScope } from '../../../core/budget'
import type { RequestError } from '../../../shared/ipc/transport'
import type { BudgetView } from '../../../shared/ipc/views'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { TextField } from '../../ui/TextField'
import { fieldsOf, isSameScope, readBudget, type BudgetErrors, type BudgetStart } from './budget-form'
import { limitWords, type BudgetNames } from './budget-words'
import styles from './BudgetForm.module.css'
import { useBudgets } from './budgets-store'
import { ScopeFields } from './ScopeFields'
import { StepsField } from './StepsField'

interface BudgetFormProps {
  readonly budget: BudgetView | null
  readonly initial: Partial<BudgetStart>
  readonly names: BudgetNames
  readonly amount: RefObject<HTMLInputElement | null>
  readonly onClose: () => void
  readonly onSaved: (budget: BudgetView) => void
}

/** How much, of what, and what happens. */
export function BudgetForm({ budget, initial, names, amount, onClose, onSaved }: BudgetFormProps) {
  const budgets = useBudgets((state) => state.budgets)
  const keep = useBudgets((state) => state.keep)
  const [fields, setFields] = useState(() => fieldsOf(budget, initial.limit ?? ''))
  const [scope, setScope] = useState<BudgetScope>(budget?.scope ?? initial.scope ?? { kind: 'all' })
  const [period, setPeriod] = useState<BudgetPeriod>(budget?.period ?? initial.period ?? 'month')
  const [errors, setErrors] = useState<BudgetErrors>({})
  const [refused, setRefused] = useState<RequestError | null>(null)
  const [saving, setSaving] = useState(false)
  const steps = useRef<HTMLFieldSetElement>(null)
  const replaced =
    budget === null ? budgets.find((each) => each.period === period && isSameScope(each.scope, scope)) : undefined

  function refuse(wrong: BudgetErrors): void {
    setErrors(wrong)
    if (wrong.limit !== undefined) amount.current?.focus()
    else if (wrong.steps !== undefined) steps.current?.querySelector<HTMLElement>('input:not(:disabled)')?.focus()
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (saving) return
    setRefused(null)
    const reading = readBudget(fields)
    if (!reading.ok) return refuse(reading.errors)
    setErrors({})
    setSaving(true)
    const result = await keep({ scope, period, limit: reading.limit, steps: [...reading.steps] })
    setSaving(false)
    if (result.ok) return onSaved(result.value)
    const field = result.error.code === 'budget_invalid' ? result.error.field : undefined
    if (field !== 'limit' && field !== 'steps') return setRefused(result.error)
    return refuse({ [field]: requestWords(result.error) })
  }

  return (
    <form className={styles.form} noValidate onSubmit={(event) => void save(event)}>
      <TextField
        label="Limit"
        ref={amount}
        icon={<span className={styles.sign}>$</span>}
        inputMode="decimal"
        value={fields.limit}
        onChange={(event) => setFields({ ...fields, limit: event.currentTarget.value })}
        // What is raised is typed anew.
        onFocus={(event) => event.currentTarget.select()}
        error={errors.limit ?? null}
        hint={replaced === undefined ? undefined : `Takes the place of the ${limitWords(replaced)} set for this.`}
      />
      {budget === null && (
        <ScopeFields
          scope={scope}
          asked={initial.scope ?? null}
          period={period}
          names={names}
          onScope={setScope}
          onPeriod={setPeriod}
        />
      )}
      <StepsField
        ref={steps}
        steps={fields.steps}
        error={errors.steps ?? null}
        onChange={(next) => setFields({ ...fields, steps: next })}
      />
      {refused !== null && <Notice kind="danger" title={requestWords(refused)} alert />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" aria-disabled={saving}>
          {budget === null ? 'Set budget' : 'Save'}
        </Button>
      </DialogActions>
    </form>
  )
}
