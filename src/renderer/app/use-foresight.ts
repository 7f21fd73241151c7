import { useCallback } from 'react'
import type { ConversationId } from '../../core/ids'
import type { BudgetMetView } from '../../shared/ipc/budget-views'
import type { BudgetView, CacheView, ConversationView, EstimateView } from '../../shared/ipc/views'
import { useBudgets } from '../features/budgets/budgets-store'
import { draftOf, useHasDraft, type DraftKey } from '../features/chat/drafts-store'
import { useEstimate } from '../features/chat/use-estimate'
import { useLiveCache } from '../features/chat/use-live-cache'
import { shortName, type CachedFor } from '../features/models/model-words'
import { nameOf, useModels } from '../features/models/models-store'
import { optionKey } from '../features/models/options'
import { useModelEstimates, type Estimated, type ModelEstimates } from '../features/models/use-model-estimates'
import { budgetsOf } from './budget-choice'
import type { Destination } from './use-destination'

export interface Foresight {
  /** Of the draft; null while there is nothing to say. */
  readonly estimate: EstimateView | null
  /** Of the draft on each model, while the picker is open. */
  readonly estimates: ModelEstimates
  /** What the next message counts towards. */
  readonly budgets: readonly BudgetView[]
  /** What the draft would run into of them; null for nothing, and while there is none. */
  readonly meets: BudgetMetView | null
  /** What the next message may read from a cache. */
  readonly cache: CacheView | null
  /** Whose cache it is, wherever the next message goes. */
  readonly cachedFor: CachedFor | null
}

/** What is known of a message before it leaves. */
export function useForesight(
  conversationId: ConversationId | null,
  draftKey: DraftKey,
  conversation: ConversationView | undefined,
  { connection, model, option }: Pick<Destination, 'connection' | 'model' | 'option'>,
  picking: boolean,
  /** What the picker is open for, where it is not the next message. */
  other: Estimated | null,
): Foresight {
  const connectionId = connection?.id ?? null
  const known = useBudgets((state) => state.budgets)
  const models = useModels((state) => state.models)
  const hasDraft = useHasDraft(draftKey)
  const cache = useLiveCache(conversation?.cache ?? null)
  const runningTurnId = conversation?.runningTurn?.turnId
  const estimate = useEstimate({
    conversationId,
    draftKey,
    connectionId,
    model,
    // A cache that ran out, a limit, a price of one's own: each makes it another amount.
    occasions: [runningTurnId, conversation?.spend, conversation?.caching, cache, known, option],
  })
  const estimates = useModelEstimates(
    picking,
    conversationId,
    useCallback(() => other ?? { text: draftOf(draftKey) }, [draftKey, other]),
  )
  const spending = { provider: connection?.provider ?? null, connectionId, conversationId }
  const reads = cache?.connectionId === connectionId && cache?.model === model && conversation?.caching !== 'off'
  return {
    // While an answer runs, the next message is another one only once it is being written.
    estimate: runningTurnId !== undefined && !hasDraft ? null : estimate,
    estimates,
    budgets: estimate?.budgets ?? budgetsOf(known, spending),
    meets: hasDraft ? (estimate?.meets ?? null) : null,
    cache: reads ? cache : null,
    cachedFor: cache === null ? null : cachedFor(cache, nameOf(models, cache.model)),
  }
}

function cachedFor({ connectionId, model, tokens }: CacheView, name: string): CachedFor {
  return { option: optionKey(connectionId, model), name: shortName(name), tokens }
}
