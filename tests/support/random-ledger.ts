import fc from 'fast-check'
import { makeId, type ConversationId, type IdKind, type KeyId } from '../../src/core/ids'
import type { PricedLine } from '../../src/core/pricing'
import type { UsageReport } from '../../src/core/usage'
import type { Call, CallPurpose } from '../../src/main/storage/calls'
import type { CorrectionReason } from '../../src/main/storage/ledger'
import type { Storage } from '../../src/main/storage/storage'
import { callOf } from './ledger'

// Ledgers nobody would think of: a call of every kind that there is, in any order.

export const idOf = <Kind extends IdKind>(kind: Kind, number: number) =>
  makeId(kind, number.toString(16).padStart(32, '0'))

const HOUR = 3_600_000
/** Twelve weeks that end in the middle of 2 December, in Latchkey's time. */
const START = Date.UTC(2026, 8, 9, 12)
const PROVIDERS = ['anthropic', 'openai', 'google', 'openrouter'] as const
const ENDINGS = ['done', 'done', 'done', 'stopped', 'failed', 'cut_off', 'interrupted'] as const
const PURPOSES: readonly CallPurpose[] = ['answer', 'answer', 'answer', 'title', 'summary', 'key_check', 'estimate']
const BUCKETS = ['in_uncached', 'in_cache_read', 'in_cache_write_5m', 'out', 'out_image', 'fee:web_search'] as const
const REASONS: readonly CorrectionReason[] = ['price_override', 'generation', 'duplicate']
/** What programs for tables would run, tear apart or lose. */
const TITLES = ['=1+1, "x"', '+cmd', '-2\u2028ü🎉', '@deleted', '\ttab', 'hidden', '=hidden'] as const

const pico = fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 10n ** 13n), fc.constant(10n ** 16n))

const line = fc.record({
  bucket: fc.constantFrom(...BUCKETS),
  units: fc.oneof(fc.constant(0), fc.nat(5), fc.nat(2 ** 40)),
  kind: fc.constantFrom('computed', 'computed', 'partial', 'ranged', 'uncertain', 'unpriced', 'stated', 'beside'),
  pico,
  more: pico,
  corrections: fc.array(
    fc.record({ pico: fc.bigInt(-50n, 50n), upper: fc.boolean(), reason: fc.constantFrom(...REASONS) }),
    { maxLength: 2 },
  ),
  isCorrected: fc.constantFrom(true, false, false),
})
type LineSeed = typeof line extends fc.Arbitrary<infer Value> ? Value : never

export const callSeed = fc.record({
  hour: fc.oneof(fc.nat(24 * 84), fc.integer({ min: 24 * 50, max: 24 * 56 })),
  offset: fc.constantFrom(60, 60, 60, -720, -210, 0, 345, 840),
  provider: fc.constantFrom(...PROVIDERS),
  model: fc.constantFrom<string>('a', 'b', 'claude-sonnet-5-5'),
  connection: fc.integer({ min: 1, max: 3 }),
  key: fc.integer({ min: 0, max: 3 }),
  conversation: fc.integer({ min: 0, max: 7 }),
  purpose: fc.constantFrom(...PURPOSES),
  automatic: fc.constantFrom(false, false, false, true),
  ending: fc.constantFrom(...ENDINGS),
  isRunning: fc.constantFrom(false, false, false, false, false, false, false, true),
  saved: fc.option(fc.bigInt(-900n, 900n), { nil: null }),
  lines: fc.array(line, { maxLength: 4 }),
})
export type CallSeed = typeof callSeed extends fc.Arbitrary<infer Value> ? Value : never

/** Of these the last two are private. */
const CONVERSATIONS = [1, 2, 3, 4, 5, 6, 7]
export const isPrivate = (conversation: number): boolean => conversation >= 6
/** Deleted by their user. */
export const DELETED = [4]

export function addConversations(storage: Storage): void {
  for (const number of CONVERSATIONS) {
    const id = idOf('conversation', number)
    const title = TITLES[number - 1] ?? ''
    const plain = { connectionId: null, model: null, headId: null, createdMs: START, updatedMs: START }
    storage.conversations.add({ id, title, ...plain, caching: '5m', titledBy: null, isPrivate: isPrivate(number) })
  }
  for (const number of DELETED) storage.conversations.delete(idOf('conversation', number), Date.UTC(2026, 10, 23))
}

/** A call as it leaves; where it runs, it does so when the file is looked at. */
export function callFrom(seed: CallSeed, number: number): Call {
  const conversationId: ConversationId | null =
    seed.conversation === 0 || seed.purpose === 'key_check' ? null : idOf('conversation', seed.conversation)
  const keyId: KeyId | null = seed.key === 0 ? null : idOf('key', seed.key)
  const { provider, model, connection, offset } = seed
  const call = callOf(number, {
    startedMs: START + seed.hour * HOUR,
    offsetMinutes: offset,
    provider,
    model,
    connection,
  })
  const { purpose, automatic } = seed
  return { ...call, connectionLabel: `Label ${connection}`, keyId, conversationId, purpose, automatic }
}

const UNKNOWN = { modelAnswered: null, responseId: null, firstByteMs: null, usage: null }

/**
 * Books a call as the app does: before it leaves, when it has ended, and again when more is known. `usage`: what its
 * provider reported of it.
 */
export function addCall(storage: Storage, seed: CallSeed, number: number, usage: UsageReport | null = null): void {
  const call = callFrom(seed, number)
  storage.calls.add(call)
  storage.calls.settle(call.id, seed.ending, call.startedMs + 9, { ...UNKNOWN, usage }, null, [], seed.saved)
  storage.ledger.append(call, seed.lines.map(lineFrom), call.startedMs + 9)
  for (const [index, { corrections, isCorrected }] of seed.lines.entries()) {
    let corrected = storage.ledger.ofCall(call.id).filter(({ corrects }) => corrects === null)[index]?.seq ?? 0
    if (!isCorrected) continue
    for (const { pico: added, upper, reason } of corrections) {
      const { bucket, units } = storage.ledger.ofCall(call.id).find(({ seq }) => seq === corrected) ?? {
        bucket: 'out',
        units: 0,
      }
      const plain = { role: 'main', model: 'test', unitPrice: null, multiplier: '1', priceId: null } as const
      const its = { ...plain, bucket, units, pico: added, picoUpper: upper ? added + 9n : null }
      storage.ledger.correct(call, [{ corrects: corrected, line: its, reason }], call.startedMs + 99)
      corrected = storage.ledger.ofCall(call.id).at(-1)?.seq ?? 0
    }
  }
}

function lineFrom({ kind, bucket, units, pico: amount, more }: LineSeed): PricedLine {
  const plain = {
    role: 'main',
    model: 'test',
    bucket,
    units,
    unitPrice: '1',
    multiplier: '1',
    priceId: 'test',
  } as const
  const bounded = amount + more > 10n ** 16n ? 10n ** 16n : amount + more
  switch (kind) {
    case 'computed':
      return { ...plain, pico: amount, picoUpper: null, costClass: 'computed' }
    case 'partial':
      return { ...plain, pico: amount, picoUpper: null, costClass: 'partial' }
    case 'ranged':
      return { ...plain, pico: amount, picoUpper: bounded, costClass: 'partial' }
    case 'uncertain':
      return { ...plain, pico: 0n, picoUpper: more, costClass: 'uncertain' }
    case 'unpriced':
      return { ...plain, unitPrice: null, priceId: null, pico: null, picoUpper: null, costClass: 'unpriced' }
    case 'stated':
      return {
        ...plain,
        bucket: 'provider_cost',
        units: 1,
        pico: amount,
        picoUpper: null,
        costClass: 'provider_reported',
      }
    default:
      return { ...plain, unitPrice: null, pico: null, picoUpper: null, costClass: 'provider_reported' }
  }
}
