import type { CallId, ConversationId } from '../../../core/ids'
import type { CallView } from '../../../shared/ipc/spend-views'
import { classNames } from '../../lib/class-names'
import { tokenWords } from '../../lib/cost-words'
import { formatWhen } from '../../lib/format'
import { useToday } from '../../lib/use-today'
import { CallCost, type Pricing } from './CallCost'
import styles from './CallsTable.module.css'
import { outcomeWords, PRIVATE_CALL, purposeWords } from './spend-words'

interface CallsTableProps {
  readonly calls: readonly CallView[]
  readonly modelName: (id: string) => string
  readonly onOpenConversation: (id: ConversationId) => void
  /** Shows everything that is booked of a call. */
  readonly onOpenCall: (id: CallId) => void
  readonly pricing: Pricing
}

/** Calls, newest first, each with what it cost and how it ended. */
export function CallsTable({ calls, modelName, onOpenConversation, onOpenCall, pricing }: CallsTableProps) {
  const today = useToday()
  return (
    <section className={styles.scroll} aria-label="Calls">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Model</th>
            <th scope="col">Conversation</th>
            <th scope="col" className={styles.number}>
              Tokens
            </th>
            <th scope="col" className={styles.number}>
              Cost
            </th>
            <th scope="col" className={styles.outcome}>
              Outcome
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.id}>
              <td className={styles.when}>
                <button type="button" className={styles.time} onClick={() => onOpenCall(call.id)}>
                  {formatWhen(call.startedMs, today.atMs)}
                </button>
              </td>
              <td className={styles.model} title={`${call.model} · ${call.connectionLabel}`}>
                {modelName(call.model)}
              </td>
              <td className={styles.conversation}>
                <Conversation call={call} onOpen={onOpenConversation} />
              </td>
              <td className={styles.number}>{tokenWords(call.cost).replace(/ tokens?$/, '')}</td>
              <td className={classNames(styles.number, styles.cost)}>
                {call.state !== 'in_flight' && <CallCost call={call} pricing={pricing} />}
              </td>
              <td className={styles.outcome}>{outcomeWords(call.state)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Conversation({ call, onOpen }: { readonly call: CallView; readonly onOpen: (id: ConversationId) => void }) {
  const { conversationId, conversationTitle, purpose, isPrivate } = call
  if (conversationId === null || conversationTitle === null) {
    return <span className={styles.gone}>{isPrivate ? PRIVATE_CALL : purposeWords(purpose)}</span>
  }
  return (
    <button type="button" className={styles.open} title={conversationTitle} onClick={() => onOpen(conversationId)}>
      <span dir="auto">{conversationTitle}</span>
    </button>
  )
}
