import type { BudgetView } from '../../../shared/ipc/views'
import { Button } from '../../ui/Button'
import { Meter } from '../../ui/Meter'
import { meterOf } from './budget-meter'
import { budgetName, heldWords, isMeasured, levelWords, stepsWords, usedWords, type BudgetNames } from './budget-words'
import styles from './BudgetRow.module.css'

interface BudgetRowProps {
  readonly budget: BudgetView
  readonly names: BudgetNames
  readonly onEdit: () => void
  readonly onRemove: () => void
}

/** One limit: what it limits, how far it is used, and what happens when. */
export function BudgetRow({ budget, names, onEdit, onRemove }: BudgetRowProps) {
  const name = budgetName(budget, names)
  const level = levelWords(budget)
  const notes = [heldWords(budget), stepsWords(budget)].filter((words) => words !== '')
  return (
    <li className={styles.row}>
      <h3 className={styles.name} title={name}>
        <span dir="auto">{name}</span>
      </h3>
      <p className={styles.used}>{usedWords(budget)}</p>
      <div className={styles.acts}>
        <Button kind="quiet" small aria-label={`Edit the budget ${name}`} onClick={onEdit}>
          Edit
        </Button>
        <Button kind="quiet" small aria-label={`Remove the budget ${name}`} onClick={onRemove}>
          Remove
        </Button>
      </div>
      {isMeasured(budget) && (
        <div className={styles.meter}>
          <Meter label={name} text={usedWords(budget)} {...meterOf(budget)} />
        </div>
      )}
      <p className={styles.notes}>
        {level !== '' && (
          <>
            <strong className={styles.level} data-level={budget.level}>
              {level}
            </strong>
            {' · '}
          </>
        )}
        {notes.join(' · ')}
      </p>
    </li>
  )
}
