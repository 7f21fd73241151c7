import type { BudgetEventView } from '../../../shared/ipc/budget-history-views'
import { formatWhen } from '../../lib/format'
import { budgetName, type BudgetNames } from './budget-words'
import styles from './HistoryList.module.css'
import { callWords, eventWords } from './history-words'

interface HistoryListProps {
  readonly label: string
  /** Newest first. */
  readonly events: readonly BudgetEventView[]
  /** Whether each line says which budget it is about. */
  readonly named: boolean
  readonly names: BudgetNames
  readonly nowMs: number
}

/** What was decided, a line each: what, which budget, who and when, and for which request. */
export function HistoryList({ label, events, named, names, nowMs }: HistoryListProps) {
  return (
    <ol className={styles.list} aria-label={label}>
      {events.map((event) => (
        <li key={event.seq}>
          {/* Until when it was paused is told as on the day it was. */}
          <p className={styles.what}>{eventWords(event, event.atMs)}</p>
          <p className={styles.when}>{aboutWords(event, named, names, nowMs)}</p>
        </li>
      ))}
    </ol>
  )
}

function aboutWords(event: BudgetEventView, named: boolean, names: BudgetNames, nowMs: number): string {
  const who = event.by === 'user' ? 'You' : 'Latchkey'
  const which = named && event.kind !== 'continued' ? [budgetName(event.budget, names)] : []
  const call = event.kind === 'allowed' || event.kind === 'continued' ? event.call : null
  const about = call?.conversationId ?? null
  // Said already where the limit is that of the conversation.
  const said =
    event.kind === 'allowed' &&
    event.budget.scope.kind === 'conversation' &&
    event.budget.scope.conversationId === about
  const title = about === null || said ? null : names.conversationTitle(about)
  const request = call === null ? [] : [callWords(call), ...(title === null ? [] : [`“${title}”`])]
  return [...which, `${who}, ${formatWhen(event.atMs, nowMs)}`, ...request].join(' · ')
}
