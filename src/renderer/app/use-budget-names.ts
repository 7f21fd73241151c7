import { useMemo } from 'react'
import type { BudgetNames } from '../features/budgets/budget-words'
import { useBudgetMonth } from '../features/budgets/use-budget-month'
import { useConversations } from '../features/conversations/conversations-store'
import { useVault } from '../features/vault/vault-store'

/** The names budgets are told with. */
export function useBudgetNames(): BudgetNames {
  const month = useBudgetMonth()
  const connections = useVault((state) => state.connections)
  const conversations = useConversations((state) => state.conversations)
  return useMemo(
    () => ({
      month,
      connections,
      conversationTitle: (id) => conversations.find((each) => each.id === id)?.title ?? null,
    }),
    [month, connections, conversations],
  )
}
