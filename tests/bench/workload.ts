import { hash } from 'node:crypto'
import type { EndedCall } from '../../src/core/booking'
import { makeId, type IdKind } from '../../src/core/ids'
import { localDay, utcDay } from '../../src/core/period'
import { createPriceBook, type PriceRow, type Rates } from '../../src/core/price-book'
import type { ProviderId } from '../../src/core/provider'
import type { Bucket } from '../../src/core/usage'
import type { Call } from '../../src/main/storage/calls'

// Invented work, the same in every run: three providers, six models, calls that were stopped, a model without a price.

interface Model {
  readonly provider: ProviderId
  readonly model: string
  readonly buckets: readonly Bucket[]
  /** Null: no price is known. */
  readonly rates: Rates | null
}

const CACHED: Rates = { in_uncached: '3', in_cache_read: '0.3', in_cache_write_5m: '3.75', out: '15' }
const LARGE: Rates = { in_uncached: '2.5', in_cache_read: '0.25', out: '10' }
const SMALL: Rates = { in_uncached: '0.4', out: '1.6' }

const MODELS: readonly Model[] = [
  { provider: 'anthropic', model: 'anthropic-large', rates: CACHED },
  { provider: 'anthropic', model: 'anthropic-small', rates: CACHED },
  { provider: 'openai', model: 'openai-large', rates: LARGE },
  { provider: 'openai', model: 'openai-small', rates: SMALL },
  { provider: 'google', model: 'google-large', rates: LARGE },
].map((known) => ({ ...known, buckets: Object.keys(known.rates) }) as Model)
const UNPRICED: Model = { provider: 'google', model: 'google-new', buckets: ['in_uncached', 'out'], rates: null }

/** What the invented models cost. */
export const PRICES = createPriceBook(MODELS.map(priceRow))

function priceRow({ provider, model, rates }: Model): PriceRow {
  const row = { id: `${provider}/${model}`, provider, model, aliases: [], from: '2020-01-01T00:00:00Z', to: null }
  const nothing = { tiers: [], peaks: [], multipliers: {}, fees: {}, sources: [] }
  return { ...row, currency: 'USD', rates: rates ?? {}, ...nothing, confidence: 'high', note: 'invented' }
}

/** The call of this number as it ends: one in thirty was stopped, one in fifty has no price. */
export function endedCall(number: number, startedMs: number): EndedCall {
  const { provider, model, buckets } = (number % 50 === 49 ? undefined : MODELS[number % MODELS.length]) ?? UNPRICED
  const tokens = Object.fromEntries(buckets.map((bucket, at) => [bucket, 20 + ((number * 7_919 + at * 4_001) % 9_000)]))
  const plain = { role: 'main', reasoningTokens: null, fees: [], modifiers: [], maybeFree: false } as const
  const line = { ...plain, model, tokens }
  return {
    provider,
    model,
    startedMs,
    complete: number % 30 !== 7,
    usage: { lines: [line], stated: [], severalSteps: false, raw: null, flags: [] },
    modifiers: [],
    received: 'So far, so good.',
    prompt: { about: 1_000, most: 4_000 },
    maxOutputTokens: 8_000,
    maybeBilled: true,
  }
}

const ZONE_MINUTES = -300

/** The row of a call before it leaves. Ids are spread as random ones are: that is what indexes have to bear. */
export function callRow(number: number, { provider, model, prompt, maxOutputTokens, startedMs }: EndedCall): Call {
  return {
    id: idOf('call', number),
    attemptOf: null,
    turnId: idOf('turn', number),
    messageId: idOf('message', number),
    conversationId: idOf('conversation', Math.floor(number / 8)),
    connectionId: idOf('connection', provider.length),
    connectionLabel: provider,
    keyId: idOf('key', provider.length),
    provider,
    modelRequested: model,
    purpose: number % 9 === 4 ? 'title' : 'answer',
    startedMs,
    utcDay: utcDay(startedMs),
    localDay: localDay(startedMs, ZONE_MINUTES),
    utcOffsetMinutes: ZONE_MINUTES,
    promptTokensAbout: prompt.about,
    promptTokensMost: prompt.most,
    maxOutputTokens,
    hostModifier: null,
    promptTokensCounted: null,
    reserved: null,
    shortenedBy: null,
    automatic: false,
    cacheTtl: null,
  }
}

/** The id of this number, spread as random ones are. */
export function idOf<Kind extends IdKind>(kind: Kind, number: number) {
  return makeId(kind, hash('md5', `${kind} ${number}`))
}
