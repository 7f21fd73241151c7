import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOTHING_RECEIVED, type Answer, type End } from '../../src/core/answer'
import type { WorstCase } from '../../src/core/budget'
import { makeId, type ConnectionId } from '../../src/core/ids'
import { periodDays } from '../../src/core/period'
import { createPriceBook, type PriceRow } from '../../src/core/price-book'
import { createBudgetService, type BudgetService } from '../../src/main/services/budget-service'
import { createEventHub } from '../../src/main/services/event-hub'
import { settleCall } from '../../src/main/services/settlement'
import { recoverTurns } from '../../src/main/services/turn-recovery'
import { createLog, createRedactor } from '../../src/main/log'
import type { Call } from '../../src/main/storage/calls'
import { openStorage, type Storage } from '../../src/main/storage/storage'
import { countingIds, testClock } from '../support/latchkey'
import { callOf, faultOf } from '../support/ledger'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// Bug: two calls that both saw the same room, a reservation that outlives its call, one that is released twice. On a
// real file with the production schema; every run has a day, and so a budget, of its own.

const RUNS = Number(process.env['LATCHKEY_RUNS'] ?? 4_000)
/** One dollar per million tokens, in and out: a token is a million pico-dollars. */
const TOKEN = 1_000_000n
const MODEL = 'test'
const row: PriceRow = {
  id: 'test/price',
  provider: 'anthropic',
  model: MODEL,
  aliases: [],
  from: '2026-01-01T00:00:00Z',
  to: null,
  currency: 'USD',
  rates: { in_uncached: '1', out: '1' },
  tiers: [],
  peaks: [],
  multipliers: {},
  fees: {},
  sources: [],
  confidence: 'high',
  note: '',
}
const book = createPriceBook([row])
const STOPPED: End = { ending: 'stopped', failure: null, stopReason: null }
const DONE: End = { ending: 'done', failure: null, stopReason: 'end' }

type Act =
  | { readonly kind: 'reserve'; readonly prompt: number; readonly wanted: number }
  | { readonly kind: 'settle'; readonly which: number; readonly used: number }
  | { readonly kind: 'stop'; readonly which: number; readonly received: number }
  | { readonly kind: 'release'; readonly which: number }
  | { readonly kind: 'crash' }

const tokens = fc.integer({ min: 1, max: 6_000 })
const which = fc.nat(20)
const share = fc.integer({ min: 0, max: 100 })
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('reserve' as const), prompt: tokens, wanted: tokens }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('settle' as const), which, used: share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop' as const), which, received: share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), which }) },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'crash' }) },
)

let profile: TempDir
let storage: Storage
let budgets: BudgetService
const clock = testClock()
const newId = countingIds()
const lines: string[] = []
const log = createLog(createRedactor(), (line) => void lines.push(line))
const needs = () => ({ storage, pricesOf: () => book, clock, log })
const connectionId: ConnectionId = makeId('connection', '1'.padStart(32, '0'))

function today() {
  const [first, last] = periodDays('day', 'local', clock.now(), clock.offsetMinutes(clock.now()))
  return { calendar: 'local', first, last } as const
}

beforeAll(async () => {
  profile = await makeTempDir()
  storage = openStorage({ profile: profile.path })
  budgets = createBudgetService({ storage, clock, newId, hub: createEventHub(log), calendar: () => 'local' })
})
afterAll(async () => {
  storage.close()
  await profile.remove()
})

/** What the world should be, kept without SQL: what each open call holds, and what has been booked. */
interface Model {
  readonly open: { readonly call: Call; readonly reserved: bigint }[]
  settled: bigint
  refused: number
  gone: number
}

function reserve(model: Model, limit: bigint, prompt: number, wanted: number): void {
  const worstCase: WorstCase = (output) => BigInt(prompt + output) * TOKEN
  const spender = { provider: 'anthropic', connectionId, conversationId: null } as const
  storage.transaction(() => {
    const verdict = budgets.decide(spender, worstCase, wanted, [])
    const held = model.open.reduce((sum, { reserved }) => sum + reserved, 0n)
    const least = worstCase(Math.min(wanted, 1_024))
    // Refused exactly when it must be: neither too strict nor too lax.
    expect(verdict.go).toBe(least !== null && model.settled + held + least <= limit)
    if (!verdict.go) return void (model.refused += 1)
    if (verdict.reserve === null) throw new Error('a priced call holds an amount')
    const call: Call = {
      ...callOf(0, { startedMs: clock.now() }),
      id: newId('call'),
      connectionId,
      modelRequested: MODEL,
      promptTokensAbout: prompt,
      promptTokensMost: prompt,
      maxOutputTokens: verdict.outputTokens,
      reserved: verdict.reserve,
    }
    storage.calls.add(call)
    model.open.push({ call, reserved: verdict.reserve })
    model.gone += 1
  })
}

/** A report that says how much of what was held has been used, in percent. */
function reported({ call }: Model['open'][number], used: number): Answer {
  const part = (most: number): number => Math.floor((most * used) / 100)
  const tokensUsed = { in_uncached: part(call.promptTokensMost), out: part(call.maxOutputTokens) }
  const line = {
    role: 'main',
    model: MODEL,
    tokens: tokensUsed,
    reasoningTokens: null,
    fees: [],
    modifiers: [],
  } as const
  const usage = { lines: [{ ...line, maybeFree: false }], stated: [], severalSteps: false, raw: {}, flags: [] }
  return { ...NOTHING_RECEIVED, firstByteMs: 1, usage }
}

function act(model: Model, limit: bigint, step: Act): void {
  if (step.kind === 'reserve') return reserve(model, limit, step.prompt, step.wanted)
  if (step.kind === 'crash') {
    recoverTurns(needs())
    model.open.length = 0
  } else {
    const at = model.open.length === 0 ? -1 : step.which % model.open.length
    const held = model.open[at]
    if (held === undefined) return
    model.open.splice(at, 1)
    if (step.kind === 'settle') settleCall(needs(), held.call, reported(held, step.used), DONE, true)
    else if (step.kind === 'release') settleCall(needs(), held.call, NOTHING_RECEIVED, STOPPED, false)
    else {
      const length = Math.floor((held.call.maxOutputTokens * 4 * step.received) / 100)
      const answer: Answer = {
        ...NOTHING_RECEIVED,
        firstByteMs: 1,
        parts: [{ type: 'text', text: 'x'.repeat(length) }],
      }
      settleCall(needs(), held.call, answer, STOPPED, true)
    }
    const booked = storage.spend.ofCall(held.call.id)
    if (booked.pico === null || booked.pico > held.reserved) throw new Error('a call cost more than it held')
  }
  model.settled = storage.budgets.settled({ days: today() })
}

describe('settled and reserved together', () => {
  it(`never pass a limit over any order of reserving, settling, stopping, releasing and crashing (${RUNS} runs)`, () => {
    const totals = { gone: 0, refused: 0 }
    fc.assert(
      fc.property(
        fc.array(anyAct, { minLength: 4, maxLength: 14 }),
        fc.integer({ min: 1_000, max: 25_000 }),
        (acts, limitTokens) => {
          clock.advance(86_400_000)
          const limit = BigInt(limitTokens) * TOKEN
          const id = newId('budget')
          const scope = { kind: 'connection', connectionId } as const
          storage.budgets.put({ id, scope, period: 'day', limit, steps: [{ percent: 100, action: 'block' }] }, 0)
          const model: Model = { open: [], settled: 0n, refused: 0, gone: 0 }
          for (const step of acts) {
            act(model, limit, step)
            const counted = { connectionId, days: today() }
            const settled = storage.budgets.settled(counted)
            const reserved = storage.budgets.reserved(counted)
            expect(reserved).toBe(model.open.reduce((sum, each) => sum + each.reserved, 0n))
            expect(settled + reserved).toBeLessThanOrEqual(limit)
          }
          recoverTurns(needs())
          expect(storage.budgets.reserved({ connectionId })).toBe(0n)
          storage.budgets.remove(id)
          totals.gone += model.gone
          totals.refused += model.refused
        },
      ),
      { numRuns: RUNS },
    )
    // Both have happened often enough to mean something.
    expect(totals.gone).toBeGreaterThan(RUNS)
    expect(totals.refused).toBeGreaterThan(RUNS / 10)
    expect(lines).toEqual([])
    expect(faultOf(storage, 5_000)).toBeNull()
  }, 600_000)
})
