import { useState, type ReactNode } from 'react'
import type { ConversationId } from '../../core/ids'
import { BudgetDialog } from '../features/budgets/BudgetDialog'
import { levelWords, limitWords, stepsWords, usedWords } from '../features/budgets/budget-words'
import { useBudgets } from '../features/budgets/budgets-store'
import { useVault } from '../features/vault/vault-store'
import { useToday } from '../lib/use-today'
import type { OtherChoice } from '../ui/ChoiceMenu'

interface ConversationLimit {
  /** As it stands in the menu of the conversation. */
  readonly choice: OtherChoice
  readonly dialog: ReactNode
}

/** What one conversation may cost in all, set from its own menu. */
export function useConversationLimit(conversationId: ConversationId | null, title: string): ConversationLimit {
  const [asking, setAsking] = useState(false)
  const connections = useVault((state) => state.connections)
  const { atMs } = useToday()
  const budget = useBudgets(
    ({ budgets }) =>
      budgets.find(
        ({ scope, period }) =>
          scope.kind === 'conversation' && scope.conversationId === conversationId && period === 'total',
      ) ?? null,
  )
  const own = conversationId === null ? null : budget
  const state = own === null ? '' : levelWords(own, atMs)
  return {
    choice: {
      heading: 'Spending limit',
      label: own === null ? 'None …' : `${limitWords(own)} …`,
      act: () => setAsking(true),
      note:
        own === null
          ? 'What this conversation may cost in all.'
          : `${usedWords(own)} used. ${state === '' ? '' : `${state}. `}${stepsWords(own)}.`,
    },
    dialog: (
      <BudgetDialog
        budget={own}
        initial={{ scope: { kind: 'conversation', conversationId }, period: 'total' }}
        connections={connections}
        conversationTitle={title}
        open={asking && conversationId !== null}
        onClose={() => setAsking(false)}
      />
    ),
  }
}
