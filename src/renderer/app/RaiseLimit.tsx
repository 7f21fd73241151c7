import { useRef, type RefObject } from 'react'
import type { BudgetId, ConversationId } from '../../core/ids'
import { BudgetDialog } from '../features/budgets/BudgetDialog'
import { useBudgets } from '../features/budgets/budgets-store'
import { chatStore } from '../features/chat/chat-store'
import { useVault } from '../features/vault/vault-store'
import { useBudgetNames } from './use-budget-names'

interface RaiseLimitProps {
  /** The budget that is in the way; null keeps the dialog closed. */
  readonly budgetId: BudgetId | null
  readonly onClose: () => void
  readonly composer: RefObject<HTMLTextAreaElement | null>
}

/** Asks for more room in a budget. The message that waits for it does not leave by itself. */
export function RaiseLimit({ budgetId, onClose, composer }: RaiseLimitProps) {
  const budget = useBudgets(({ budgets }) => budgets.find(({ id }) => id === budgetId) ?? null)
  const connections = useVault((state) => state.connections)
  const { conversationTitle } = useBudgetNames()
  const saved = useRef(false)
  const ofConversation: ConversationId | null =
    budget?.scope.kind === 'conversation' ? budget.scope.conversationId : null
  return (
    <BudgetDialog
      budget={budget}
      connections={connections}
      conversationTitle={ofConversation === null ? null : conversationTitle(ofConversation)}
      open={budget !== null}
      onClose={onClose}
      onSaved={() => {
        saved.current = true
        // It spoke of a limit that is another one now.
        chatStore.getState().dismissRefusal()
      }}
      // The button that opened it is gone by then.
      focusAfter={() => {
        const gone = saved.current
        saved.current = false
        return gone ? (composer.current ?? true) : true
      }}
    />
  )
}
