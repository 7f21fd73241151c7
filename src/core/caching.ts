import type { ContextMessage } from './context'
import { minimumPrefix } from './caching-minimums'
import { paysFromFirstHit, savesAtAll, surcharged } from './caching-rates'
import type { Rates } from './price-book'
import { PROVIDERS, type ProviderId } from './provider'

/** Whether the prompts of a conversation are cached, and for how long where the provider lets one choose. */
export const CACHE_CHOICES = ['off', '5m', '1h'] as const

export type CacheChoice = (typeof CACHE_CHOICES)[number]

/** What a conversation has until its user says otherwise. */
export const DEFAULT_CACHE_CHOICE: CacheChoice = '5m'

/** How long what a request writes is kept, by the names the providers use. */
export type CacheTtl = '5m' | '30m' | '1h'

/** What one request says about caching, in no provider's dialect. */
export interface CachePlan {
  /** `off`: the provider writes, and charges for it, unless it is told not to. */
  readonly mode: 'on' | 'off'
  /** How long what it writes is kept; null where nothing is written for a charge, and where no life is documented. */
  readonly ttl: CacheTtl | null
  /** Keeps the requests of a conversation where its cache is; null where nobody asks for one. */
  readonly key: string | null
  /** Indices of messages at whose end a reusable prefix ends, ascending; at most four. */
  readonly boundaries: readonly number[]
}

/** What `planCache` decides on. */
export interface CacheSubject {
  readonly choice: CacheChoice
  readonly provider: ProviderId
  /** As it is sent, an alias perhaps. */
  readonly model: string
  /** Those in force for this prompt now (`ratesFor`); null where no price is known, as at a host of another's. */
  readonly rates: Rates | null
  readonly promptTokensAbout: number
  readonly messages: readonly Pick<ContextMessage, 'role'>[]
  /** Random, of this conversation alone, and always the same for it. */
  readonly conversationKey: string
}

/** Decides whether caching pays and what the request says of it; null where it says nothing. */
export function planCache(subject: CacheSubject): CachePlan | null {
  switch (cacheControlOf(subject.provider, subject.rates)) {
    case 'lifetime':
      return markedPlan(subject)
    case 'switch':
      return switchedPlan(subject)
    case 'provider':
      // OpenAI keeps an unmarked prefix by itself and free of charge; the key alone helps it to be found again.
      return subject.provider === 'openai' && subject.choice !== 'off' ? keyed(subject, null) : null
    case 'none':
      return null
  }
}

/**
 * What a conversation's choice can do. `lifetime`: off, five minutes or an hour. `switch`: on or off; the lifetime is the
 * provider's. `provider`: it caches by its own rules and "off" cannot be honoured. `none`: there is nothing to save.
 */
export type CacheControl = 'lifetime' | 'switch' | 'provider' | 'none'

/** Who decides whether a prompt is cached. `rates` tell the OpenAI models that charge for writing, and take options. */
export function cacheControlOf(provider: ProviderId, rates: Rates | null): CacheControl {
  if (PROVIDERS[provider].local) return 'none'
  if (provider === 'anthropic') return 'lifetime'
  return provider === 'openai' && rates !== null && surcharged(rates, 'in_cache_write_30m') ? 'switch' : 'provider'
}

/** Anthropic: nothing is cached but what is marked, and a mark on too short a prompt is passed over in silence. */
function markedPlan({ choice, model, rates, promptTokensAbout, messages }: CacheSubject): CachePlan | null {
  if (choice === 'off' || messages.length === 0 || promptTokensAbout < minimumPrefix(model)) return null
  // An hour costs twice the input and pays only from the second hit, so it is for those who chose it.
  const pays =
    rates === null ||
    (choice === '1h' ? savesAtAll(rates, 'in_cache_write_1h') : paysFromFirstHit(rates, 'in_cache_write_5m'))
  if (!pays) return null
  return { mode: 'on', ttl: choice, key: null, boundaries: boundariesOf(messages) }
}

const OFF: CachePlan = { mode: 'off', ttl: null, key: null, boundaries: [] }

/** OpenAI from GPT-5.6 on: it marks by itself and charges for it, unless it is told to take marks of ours alone. */
function switchedPlan(subject: CacheSubject): CachePlan {
  const { choice, rates } = subject
  const pays = rates !== null && paysFromFirstHit(rates, 'in_cache_write_30m')
  return choice !== 'off' && pays ? keyed(subject, '30m') : OFF
}

function keyed({ conversationKey }: CacheSubject, ttl: CacheTtl | null): CachePlan {
  return { mode: 'on', ttl, key: conversationKey, boundaries: [] }
}

/**
 * The end of the turn before, which another wording of the last question still shares, and of the last question, from
 * which the next turn reads. A provider looks back only some twenty blocks from a mark, so the first is needed as well
 * when a question has many.
 */
function boundariesOf(messages: readonly Pick<ContextMessage, 'role'>[]): readonly number[] {
  const last = messages.length - 1
  const before = messages.findLastIndex(({ role }, index) => index < last && role === 'assistant')
  return before < 0 ? [last] : [before, last]
}
