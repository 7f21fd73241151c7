import { createContext, use, type RefObject } from 'react'
import type { BudgetId, ConversationId } from '../../core/ids'
import type { ConversationView } from '../../shared/ipc/views'
import type { Destination } from './use-destination'

/** The page around a message that is edited. */
export interface Page {
  readonly conversation: ConversationView
  readonly conversationId: ConversationId
  readonly destination: Pick<Destination, 'connection' | 'model' | 'option'>
  readonly composer: RefObject<HTMLTextAreaElement | null>
  readonly onSent: () => void
  readonly onRaise: (budgetId: BudgetId) => void
  readonly onChooseModel: () => void
  readonly onAddKey: () => void
}

export const PageContext = createContext<Page | null>(null)

export function usePage(): Page {
  const page = use(PageContext)
  if (page === null) throw new Error('a message is edited on its page')
  return page
}
