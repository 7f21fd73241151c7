import type { Allowance, Verdict, WorstCase } from '../../core/budget'
import { planCache, type CacheChoice, type CachePlan } from '../../core/caching'
import { outputLimit, type ContextMessage, type PromptSize } from '../../core/context'
import type { BudgetId, ConnectionId, ConversationId } from '../../core/ids'
import { localDay, utcDay } from '../../core/period'
import type { PriceBook } from '../../core/price-book'
import { factorFor, ratesFor } from '../../core/pricing'
import type { Bucket } from '../../core/usage'
import { worstCase } from '../../core/worst-case'
import type { Clock, NewId } from '../ports'
import type { ModelRequest } from '../providers/provider-adapter'
import type { AnswerCall, Call } from '../storage/calls'
import type { BudgetService } from './budget-service'
import { hostModifier } from './host-price'
import { sendsThinking } from './prompt-meter'
import type { Target } from './target'

interface Needs {
  readonly pricesOf: (id: ConnectionId) => PriceBook
  readonly budgets: BudgetService
  readonly clock: Clock
  readonly newId: NewId
}

/** What is to be asked, before it is known whether it may be. */
export interface Question {
  readonly to: Target
  readonly messages: readonly ContextMessage[]
  readonly size: PromptSize
  readonly caching: CacheChoice
  readonly conversationId: ConversationId
}

/** One request at an answer: the row that is written before it leaves, and what leaves. */
export interface Attempt {
  readonly call: AnswerCall
  readonly request: ModelRequest
}

/** What a question comes to at the prices of this moment. */
export interface CallPlan {
  readonly cache: CachePlan | null
  readonly hostModifier: string | null
  readonly worstCase: WorstCase
  /** Tokens of the longest answer, before any budget has been asked. */
  readonly wanted: number
}

/** The bucket a cached prompt is written to; without a plan some providers write all the same, at their usual rate. */
const WRITES: Readonly<Record<NonNullable<CachePlan['ttl']>, Bucket>> = {
  '5m': 'in_cache_write_5m',
  '30m': 'in_cache_write_30m',
  '1h': 'in_cache_write_1h',
}

/** Prices a question: how it is cached, and what it may cost at most. */
export function planCall({ pricesOf, clock }: Pick<Needs, 'pricesOf' | 'clock'>, question: Question): CallPlan {
  const { to, messages, size, caching, conversationId } = question
  const { connection, model, modelId } = to
  const { provider } = connection
  const startedMs = clock.now()
  const row = pricesOf(connection.id).find(provider, modelId, startedMs)
  const modifier = hostModifier(provider, connection.baseUrl)
  const modifiers = modifier === null ? [] : [modifier]
  // At a host whose price nobody knows nothing is known of its cache either.
  const known = row !== undefined && factorFor(row, modifiers) !== undefined
  const rates = known ? ratesFor(row, size.about, startedMs) : null
  const cache = planCache({
    choice: caching,
    provider,
    model: modelId,
    rates,
    promptTokensAbout: size.about,
    messages,
    conversationKey: conversationId,
  })
  const writes = cache?.mode === 'on' && cache.ttl !== null ? [WRITES[cache.ttl]] : []
  const bounds = { promptMost: size.most, startedMs, modifiers, writes }
  return {
    cache,
    hostModifier: modifier,
    worstCase: (tokens) => worstCase(row, bounds, tokens),
    wanted: outputLimit(model, size),
  }
}

/** The verdict of the budgets on a planned call. Within the transaction that will create it. */
export function verdictOn(
  { budgets }: Pick<Needs, 'budgets'>,
  { to, conversationId }: Question,
  plan: CallPlan,
  allowed: readonly Allowance[],
): Verdict {
  const { provider, id: connectionId } = to.connection
  return budgets.decide({ provider, connectionId, conversationId }, plan.worstCase, plan.wanted, allowed)
}

/** What leaves, with an answer of this length. */
export function requestOf({ to, messages }: Question, { cache }: CallPlan, maxOutputTokens: number): ModelRequest {
  return {
    provider: to.connection.provider,
    model: to.modelId,
    messages,
    maxOutputTokens,
    reasons: to.model.capabilities.includes('reasoning'),
    cache,
  }
}

type Subject = Pick<Call, 'attemptOf' | 'purpose' | 'automatic'> & Pick<AnswerCall, 'conversationId'>

/** The row of a call that may go. Everything it needs to be settled is in it. */
export function callRow<For extends Subject & Pick<Call, 'turnId' | 'messageId'>>(
  { clock, newId }: Pick<Needs, 'clock' | 'newId'>,
  { to, size, messages }: Question,
  plan: CallPlan,
  verdict: Extract<Verdict, { go: true }>,
  subject: For,
): Call & For {
  const startedMs = clock.now()
  const utcOffsetMinutes = clock.offsetMinutes(startedMs)
  const shortenedBy: BudgetId | null = verdict.shortenedBy
  return {
    ...subject,
    id: newId('call'),
    connectionId: to.connection.id,
    connectionLabel: to.connection.label,
    keyId: to.connection.keyId,
    provider: to.connection.provider,
    modelRequested: to.modelId,
    startedMs,
    utcDay: utcDay(startedMs),
    localDay: localDay(startedMs, utcOffsetMinutes),
    utcOffsetMinutes,
    promptTokensAbout: size.about,
    promptTokensMost: size.most,
    // Thinking that is sent back was not counted, and would teach a wrong factor.
    promptTokensCounted: sendsThinking(to.connection.provider, messages) ? null : size.counted,
    maxOutputTokens: verdict.outputTokens,
    hostModifier: plan.hostModifier,
    reserved: verdict.reserve,
    shortenedBy,
    cacheTtl: plan.cache?.mode === 'on' ? plan.cache.ttl : null,
  }
}
