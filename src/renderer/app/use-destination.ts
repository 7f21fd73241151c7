import { useEffect } from 'react'
import type { ConnectionView, ConversationView } from '../../shared/ipc/views'
import { chatStore } from '../features/chat/chat-store'
import { chooseModel } from '../features/models/model-choice'
import { useModels } from '../features/models/models-store'
import { chooseConnection } from '../features/vault/connection-choice'
import { useVault } from '../features/vault/vault-store'
import { useToday } from '../lib/use-today'

export interface Destination {
  /** Null while there is none with a key. */
  readonly connection: ConnectionView | null
  readonly model: string | null
  chooseModel(model: string): void
}

/** Where the next message of a conversation goes. */
export function useDestination(conversation: ConversationView | undefined): Destination {
  const connections = useVault((state) => state.connections)
  const models = useModels((state) => state.models)
  const lastUsed = useModels((state) => state.lastUsed)
  const remember = useModels((state) => state.remember)
  const today = useToday()
  const connection = chooseConnection(conversation?.connectionId ?? null, connections)
  const own = conversation?.model ?? null

  useEffect(() => {
    remember(own)
  }, [own, remember])

  return {
    connection,
    model: chooseModel(own, lastUsed, models, today.day),
    chooseModel(model) {
      remember(model)
      if (conversation !== undefined) {
        void chatStore.getState().setModel(conversation.id, connection?.id ?? null, model)
      }
    },
  }
}
