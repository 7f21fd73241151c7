import type { Thought } from '../../core/conversation'
import type { ConversationId, MessageId, TurnId } from '../../core/ids'
import type {
  BudgetView,
  ConnectionModelsView,
  ConnectionView,
  ConversationSummary,
  ConversationView,
  CostView,
  DeltaView,
  LedgerProgressView,
  MessageView,
  MonthView,
  VaultView,
  WaitingView,
} from './views'

/** What the main process tells the window. */
export interface EventTable {
  /** New pieces of a running answer. `seq` counts the events of one turn from 1 without gaps. */
  'turn.delta': {
    readonly turnId: TurnId
    readonly conversationId: ConversationId
    readonly messageId: MessageId
    readonly seq: number
    readonly deltas: readonly DeltaView[]
    /** Once it has begun to think. */
    readonly thought?: Thought
  }
  /** The answer has ended, however it ended, and is booked. */
  'turn.settled': {
    readonly turnId: TurnId
    readonly conversationId: ConversationId
    readonly seq: number
    readonly message: MessageView
    readonly conversation: Pick<ConversationView, 'title' | 'updatedMs' | 'spend' | 'cache' | 'retention'>
  }
  /** A running answer waits before it is asked for again, or with null goes on. */
  'turn.waiting': {
    readonly turnId: TurnId
    readonly conversationId: ConversationId
    readonly messageId: MessageId
    readonly seq: number
    readonly waiting: WaitingView | null
  }
  /** What an ended answer has cost became known later; nothing else of it has changed. */
  'answer.booked': {
    readonly conversationId: ConversationId
    readonly message: MessageView
    readonly spend: CostView
  }
  'budgets.changed': { readonly budgets: readonly BudgetView[] }
  'conversations.changed': { readonly conversations: readonly ConversationSummary[] }
  'connections.changed': { readonly vault: VaultView; readonly connections: readonly ConnectionView[] }
  'models.changed': { readonly connectionModels: readonly ConnectionModelsView[] }
  /** How far it has come with the ledger, at most a hundred times; null at the end. */
  'ledger.progress': { readonly progress: LedgerProgressView | null }
  /** How far the file is that is being saved; `rows`: how many there will be, null where that is not known. */
  'saving.progress': { readonly rowCount: number; readonly rows: number | null }
  'spend.changed': { readonly month: MonthView }
}
