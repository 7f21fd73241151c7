import { Ellipsis, History, Pause, Play, Trash2 } from 'lucide-react'
import type { BudgetView } from '../../../shared/ipc/views'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { Menu } from '../../ui/Menu'
import { Meter } from '../../ui/Meter'
import { meterOf } from './budget-meter'
import { budgetName, heldWords, isMeasured, levelWords, stepsWords, usedWords, type BudgetNames } from './budget-words'
import styles from './BudgetRow.module.css'

interface BudgetRowProps {
  readonly budget: BudgetView
  readonly names: BudgetNames
  readonly onEdit: () => void
  readonly onPause: () => void
  readonly onResume: () => void
  readonly onHistory: () => void
  readonly onRemove: () => void
}

/** One limit: what it limits, how far it is used, and what happens when. */
export function BudgetRow({ budget, names, onEdit, onPause, onResume, onHistory, onRemove }: BudgetRowProps) {
  const { atMs } = useToday()
  const name = budgetName(budget, names)
  const level = levelWords(budget, atMs)
  const notes = [heldWords(budget), stepsWords(budget)].filter((words) => words !== '')
  const pausing =
    budget.pause === null
      ? { label: 'Pause…', icon: <Pause />, act: onPause }
      : { label: 'Resume', icon: <Play />, act: onResume }
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
        <Menu
          label={`More for the budget ${name}`}
          icon={<Ellipsis />}
          acts={[
            pausing,
            { label: 'History', icon: <History />, act: onHistory },
            { label: 'Remove…', icon: <Trash2 />, danger: true, act: onRemove },
          ]}
        />
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
