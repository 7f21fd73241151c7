import type { ConversationSummary } from '../../shared/ipc/views'
import type { BridgeEvent } from '../../shared/ipc/transport'
import { request, subscribe } from '../bridge/client'
import { useBudgets } from '../features/budgets/budgets-store'
import { chatStore } from '../features/chat/chat-store'
import { createFrameQueue } from '../features/chat/frame-queue'
import type { TurnEvent } from '../features/chat/turn-reducer'
import { useConversations } from '../features/conversations/conversations-store'
import { goneFrom } from '../features/conversations/deletion'
import { useDeleted } from '../features/data/deleted-store'
import { useModels } from '../features/models/models-store'
import { usePriceBook } from '../features/prices/price-book-store'
import { useLedger } from '../features/spend/ledger-store'
import { savingStore } from '../features/saving/saving-store'
import { useSpend } from '../features/spend/spend-store'
import { useVault } from '../features/vault/vault-store'
import { navigation } from './navigation-store'

/** Sends each event of the main process to the store that owns it, for as long as the window is open. */
export function routeEvents(): void {
  // Answers arrive in more pieces than a screen can show.
  const queueTurn = createFrameQueue<TurnEvent>(
    (events) => chatStore.getState().receive(events),
    (event) => event.name !== 'turn.delta',
  )
  subscribe((event) => route(event, queueTurn))
}

/** What has gone from the list is forgotten by the page as well; brought back, it is opened anew. */
function listed(conversations: readonly ConversationSummary[]): void {
  const { conversations: before, receive } = useConversations.getState()
  receive(conversations)
  chatStore.getState().drop(goneFrom(before, conversations))
  if (navigation.getState().place.name === 'deleted') void useDeleted.getState().load()
}

function route(event: BridgeEvent, queueTurn: (event: TurnEvent) => void): void {
  switch (event.name) {
    case 'turn.delta':
    case 'turn.waiting':
    case 'turn.settled':
    case 'answer.booked':
      return queueTurn(event)
    case 'budgets.changed':
      return useBudgets.getState().receive(event.payload.budgets)
    case 'conversations.changed':
      return listed(event.payload.conversations)
    case 'connections.changed':
      return useVault.getState().receive(event.payload.vault, event.payload.connections)
    case 'models.changed':
      usePriceBook.getState().changed()
      return useModels.getState().receiveOffered(event.payload.connectionModels)
    case 'ledger.progress':
      return useLedger.getState().receive(event.payload.progress)
    case 'saving.progress':
      return savingStore.getState().receive(event.payload)
    case 'spend.changed':
      // What each key has cost is told there.
      if (navigation.getState().place.name === 'keys') void useVault.getState().refresh(request, true)
      usePriceBook.getState().changed()
      return useSpend.getState().receive(event.payload.month)
  }
}
