import type { BudgetUse } from '../../core/budget'
import { cacheControlOf } from '../../core/caching'
import type { ContextMessage } from '../../core/context'
import { pathTo, type Message } from '../../core/conversation'
import { costRange, readingCost, type Foreseen } from '../../core/cost-estimate'
import type { ConnectionId, ConversationId, MessageId } from '../../core/ids'
import { DEFAULT_CACHE_CHOICE } from '../../core/caching'
import type { PriceBook } from '../../core/price-book'
import type { Result } from '../../shared/ipc/transport'
import type { CacheView, EstimateView, ModelEstimateView } from '../../shared/ipc/views'
import type { Clock } from '../ports'
import type { Conversation } from '../storage/conversations'
import type { Storage } from '../storage/storage'
import type { BudgetService } from './budget-service'
import { planCall, type Question } from './call-plan'
import { branchFor, draftOf } from './chat-service'
import type { ConversationService } from './conversation-service'
import type { ModelService } from './model-service'
import type { Measured, PromptMeter } from './prompt-meter'
import { done, refused } from './result'
import { findTarget, type Target } from './target'

interface Needs {
  readonly storage: Storage
  readonly models: ModelService
  readonly meter: PromptMeter
  readonly budgets: BudgetService
  readonly conversations: ConversationService
  readonly pricesOf: (id: ConnectionId) => PriceBook
  readonly clock: Clock
}

/** For a conversation that has none yet. Nothing is sent under it. */
const NOT_YET = 'cnv_' as ConversationId

/** A text as the window has it, and the message it would take the place of. */
interface Drafted {
  readonly conversationId: ConversationId | null
  readonly text: string
  readonly editOf?: MessageId | undefined
}

/** A prompt as it would be sent now, in no model's tokens yet. */
interface Draft {
  readonly conversation: Conversation | null
  readonly path: readonly Message[]
  readonly text: string
  readonly measured: Measured
  readonly cache: CacheView | null
}

/** What sending would cost. Asks nobody: everything is counted and priced here. */
export function createEstimateService(needs: Needs) {
  const { storage, models, meter, budgets, conversations, pricesOf, clock } = needs

  const draft = async ({ conversationId, text, editOf }: Drafted): Promise<Draft | null> => {
    const conversation = conversationId === null ? null : branchFor(storage, conversationId, editOf)
    if (conversation === undefined) return null
    const path = conversation === null ? [] : pathTo(conversation.headId, storage.messages.of(conversation.id))
    const measured = await meter.measure([...path, draftOf(text)])
    if (!storage.isOpen()) return null
    return { conversation, path, text, measured, cache: conversation && conversations.cacheOf(conversation) }
  }

  const questionFor = ({ conversation, path, text, measured }: Draft, to: Target): Question => {
    const { provider, id: connectionId } = to.connection
    const messages: ContextMessage[] = meter.contextOf([...path, draftOf(text)], { connectionId, model: to.modelId })
    return {
      to,
      messages,
      size: meter.sizeFor(measured, messages, provider, to.modelId),
      caching: conversation?.caching ?? DEFAULT_CACHE_CHOICE,
      conversationId: conversation?.id ?? NOT_YET,
    }
  }

  const foresee = (drafted: Draft, question: Question) => {
    const { connection, model, modelId } = question.to
    const plan = planCall(needs, question)
    const own = drafted.cache?.connectionId === connection.id && drafted.cache.model === modelId
    const book = pricesOf(connection.id)
    const row = book.find(connection.provider, modelId, clock.now())
    // Whoever caches by rules of its own may have all that was sent before, or nothing.
    const implicit = cacheControlOf(connection.provider, row?.rates ?? null) === 'provider'
    const before = drafted.path.findLast(({ role }) => role === 'assistant')
    const again = before?.connectionId === connection.id && before.model === modelId
    const foreseen: Foreseen = {
      provider: connection.provider,
      model: modelId,
      modifiers: plan.hostModifier === null ? [] : [plan.hostModifier],
      atMs: clock.now(),
      prompt: question.size.about,
      // A request without a mark reads nothing, whatever lies there.
      cached: own && plan.cache?.mode === 'on' ? (drafted.cache?.tokens ?? 0) : 0,
      maybeCached: implicit && again ? (drafted.measured.reported?.tokens ?? 0) : 0,
      cache: plan.cache,
      answer: meter.answerOf(connection.provider, modelId, model.capabilities.includes('reasoning')),
    }
    return { plan, foreseen, book, own, range: costRange(foreseen, book) }
  }

  return {
    async send(input: Drafted & { connectionId: ConnectionId; model: string }): Promise<Result<EstimateView>> {
      const drafted = await draft(input)
      if (drafted === null) return refused('not_found', 'conversationId')
      const to = findTarget(needs, input.connectionId, input.model)
      if (!to.ok) return to
      const question = questionFor(drafted, to.value)
      const { plan, foreseen, range } = foresee(drafted, question)
      const { provider } = to.value.connection
      const spender = { provider, connectionId: input.connectionId, conversationId: input.conversationId }
      const uses = budgets.usesFor(spender)
      return done({
        promptTokens: question.size.about,
        counted: question.size.counted !== null,
        low: textOrNull(range.low),
        high: textOrNull(range.high),
        most: textOrNull(plan.worstCase(plan.wanted)),
        cachedTokens: Math.min(foreseen.cached, foreseen.prompt),
        budgets: budgets.viewsFor(uses),
        meets: budgets.foresee(uses, plan.worstCase, plan.wanted, range.high),
      })
    },

    async models(input: Drafted): Promise<Result<readonly ModelEstimateView[]>> {
      const drafted = await draft(input)
      if (drafted === null) return refused('not_found', 'conversationId')
      const estimates = models.byConnection().flatMap(({ connectionId, models: offered }) => {
        const provider = storage.connections.get(connectionId)?.provider
        const { conversationId } = input
        // The same for every model of a connection.
        const uses = provider === undefined ? [] : budgets.usesFor({ provider, connectionId, conversationId })
        return offered.flatMap(({ id }): ModelEstimateView[] => {
          const to = findTarget(needs, connectionId, id)
          return to.ok ? [estimateOf(drafted, to.value, uses)] : []
        })
      })
      return done(estimates)
    },
  }

  function estimateOf(drafted: Draft, to: Target, uses: readonly BudgetUse[]): ModelEstimateView {
    const question = questionFor(drafted, to)
    const { plan, foreseen, book, own, range } = foresee(drafted, question)
    const { contextTokens } = to.model
    const lost = own ? 0 : rereadTokens(drafted, foreseen)
    return {
      connectionId: to.connection.id,
      model: to.modelId,
      low: textOrNull(range.low),
      high: textOrNull(range.high),
      rereadTokens: lost,
      reread: lost === 0 ? null : textOrNull(readingCost(foreseen, lost, book)),
      fits: contextTokens === null || question.size.about < contextTokens,
      meets: uses.length === 0 ? null : budgets.foresee(uses, plan.worstCase, plan.wanted, range.high),
    }
  }
}

/** What can be asked of it. */
export type EstimateService = ReturnType<typeof createEstimateService>

/** What is cached for another model, in tokens of the one that would read it anew. */
function rereadTokens({ cache, measured }: Draft, { prompt }: Foreseen): number {
  if (cache === null) return 0
  const whole = measured.reported === null ? 0 : measured.reported.tokens + measured.reported.rest
  // The same text is more or fewer tokens to another tokenizer; the share that is cached stays.
  return whole === 0 ? Math.min(cache.tokens, prompt) : Math.min(prompt, Math.round((cache.tokens / whole) * prompt))
}

function textOrNull(pico: bigint | null): string | null {
  return pico === null ? null : pico.toString()
}
