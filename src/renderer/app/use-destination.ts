import { useEffect, useMemo } from 'react'
import type { ConnectionView, ConversationView } from '../../shared/ipc/views'
import { chatStore } from '../features/chat/chat-store'
import { chooseDestination, offeredModels } from '../features/models/model-choice'
import { nameOf, useModels } from '../features/models/models-store'
import { optionsOf, type ModelOption } from '../features/models/options'
import { useVault } from '../features/vault/vault-store'
import { isUsable } from '../lib/connections'
import { useToday } from '../lib/use-today'

export interface Destination {
  /** Null while there is none that can be used, or when the conversation's own is gone. */
  readonly connection: ConnectionView | null
  readonly model: string | null
  /** What people call the model. */
  readonly modelName: string
  /** Everything that can be chosen, and what is chosen while it is among it. */
  readonly options: readonly ModelOption[]
  readonly option: ModelOption | null
  choose(option: ModelOption): void
}

/** Where the next message of a conversation goes. */
export function useDestination(conversation: ConversationView | undefined): Destination {
  const connections = useVault((state) => state.connections)
  const models = useModels((state) => state.models)
  const offered = useModels((state) => state.offered)
  const lastUsed = useModels((state) => state.lastUsed)
  const recents = useModels((state) => state.recents)
  const remember = useModels((state) => state.remember)
  const { day } = useToday()
  const ownConnection = conversation?.connectionId ?? null
  const ownModel = conversation?.model ?? null
  const begun = conversation !== undefined

  // The conversation's own connection stays in the list without a key: it is the one that is chosen.
  const options = useMemo(() => {
    const shown = connections.filter((connection) => isUsable(connection) || connection.id === ownConnection)
    return optionsOf(
      shown,
      offered.map((offer) => ({ ...offer, models: offeredModels(offer.models, day) })),
    )
  }, [connections, offered, ownConnection, day])
  const own = begun ? { connectionId: ownConnection, model: ownModel } : null
  const { connectionId, model } = chooseDestination({ own, lastUsed, recents, options })
  const connection = connections.find(({ id }) => id === connectionId) ?? null
  const option = options.find((other) => other.connection.id === connectionId && other.model.id === model) ?? null

  useEffect(() => {
    if (begun) remember({ connectionId: ownConnection, model: ownModel })
  }, [begun, ownConnection, ownModel, remember])

  return {
    connection,
    model,
    modelName: option?.model.name ?? (connection === null ? 'Choose a model' : nameOf(models, model)),
    options,
    option,
    choose(next) {
      remember({ connectionId: next.connection.id, model: next.model.id })
      if (begun) void chatStore.getState().setModel(conversation.id, next.connection.id, next.model.id)
    },
  }
}
