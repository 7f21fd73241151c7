import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endOf, NOTHING_RECEIVED, type Answer, type End } from '../../src/core/answer'
import { failure } from '../../src/core/failure'
import { makeId, type TurnId } from '../../src/core/ids'
import type { UsageReport } from '../../src/core/usage'
import { createCatalog } from '../../src/main/catalog/catalog'
import { settleCall } from '../../src/main/services/settlement'
import type { Call } from '../../src/main/storage/calls'
import { openStorage, type Storage } from '../../src/main/storage/storage'
import { callOf, faultOf, withFile, type CallSeed } from '../support/ledger'
import { testClock } from '../support/latchkey'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// Real storage and the real catalogue; Claude Sonnet 5.5 is 2 and 10 dollars per million tokens in and out.

const MODEL = 'claude-sonnet-5-5'
const OFFICIAL = 'https://api.anthropic.com'
const catalog = createCatalog()

let profile: TempDir
let storage: Storage

beforeEach(async () => {
  profile = await makeTempDir()
  storage = openStorage({ profile: profile.path })
  connectTo('anthropic', OFFICIAL)
})
afterEach(async () => {
  storage.close()
  await profile.remove()
})

function connectTo(provider: Call['provider'], baseUrl: string, connection = 1): void {
  const { connectionId: id } = callOf(0, { connection })
  storage.connections.remove(id)
  storage.connections.add({ id, provider, label: 'Personal', baseUrl, keyId: null, failover: false, createdMs: 0 })
}

const report = (input: number, out?: number): UsageReport => ({
  lines: [
    {
      role: 'main',
      model: MODEL,
      tokens: { in_uncached: input, ...(out === undefined ? {} : { out }) },
      reasoningTokens: null,
      fees: [],
      modifiers: [],
      maybeFree: false,
    },
  ],
  stated: [],
  severalSteps: false,
  raw: [{ input, out }],
  flags: [],
})

interface Made {
  readonly usage: UsageReport | null
  readonly ending?: End['ending']
  readonly id?: string | null
  readonly words?: number
  readonly seed?: CallSeed
  readonly turnId?: TurnId | null
  readonly end?: Partial<End>
}

let number = 0
/** Earlier calls the window was told of, with what they cost by then. */
let told: { id: string; cost: bigint | null }[] = []
/** A call that was made and has ended so, settled as the app settles it. */
function made({ usage, ending = 'done', id = 'msg_1', words = 4, seed = {}, turnId = null, end = {} }: Made): Call {
  number += 1
  const call = { ...callOf(number, { model: MODEL, ...seed }), turnId }
  const answer: Answer = {
    ...NOTHING_RECEIVED,
    parts: [{ type: 'text', text: 'word'.repeat(words) }],
    responseId: id,
    usage,
  }
  storage.calls.add(call)
  const takenBack = (earlier: Call): void => void told.push({ id: earlier.id, cost: costOf(earlier).pico })
  const needs = { storage, clock: testClock(), pricesOf: () => catalog.prices, takenBack }
  settleCall(needs, call, answer, { ending, failure: null, stopReason: null, ...end }, true)
  return call
}

const total = () => storage.spend.month('2026-11').cost
const costOf = ({ id }: Call) => storage.spend.ofCall(id)
const flagsOf = ({ id }: Call) => storage.calls.get(id)?.flags

const WHOLE = report(1000, 300)
/** 1000 x $2 and 300 x $10 per million. */
const WHOLE_PICO = 5_000_000_000n

describe('a response that arrives twice', () => {
  // The bug: a resumed stream repeats its usage, and the user seems to have paid twice.
  it('is booked with the first complete report, and the second call has no lines', () => {
    const first = made({ usage: WHOLE })
    const second = made({ usage: WHOLE })
    expect(costOf(first).pico).toBe(WHOLE_PICO)
    expect(storage.ledger.ofCall(second.id)).toEqual([])
    expect(flagsOf(first)).toEqual([])
    expect(flagsOf(second)).toEqual(['duplicate_response'])
    expect(total()).toMatchObject({ pico: WHOLE_PICO, upper: null, costClass: 'computed' })
    expect(storage.spend.month('2026-11').callCount).toBe(2)
    expect(faultOf(storage)).toBeNull()
  })

  it('tells of the earlier call, once its money has gone', async () => {
    told = []
    const first = made({ usage: report(1000), ending: 'cut_off', words: 9000 })
    made({ usage: WHOLE })
    await Promise.resolve()
    expect(told).toEqual([{ id: first.id, cost: 0n }])
  })

  it('is booked with the complete report where the first was cut short, whatever the estimate was', () => {
    const first = made({ usage: report(1000), ending: 'cut_off', words: 9000 })
    expect(costOf(first).costClass).toBe('partial')
    const second = made({ usage: WHOLE })
    expect(costOf(first)).toMatchObject({ pico: 0n, upper: null, costClass: 'adjustment' })
    expect(costOf(second).pico).toBe(WHOLE_PICO)
    expect(total()).toMatchObject({ pico: WHOLE_PICO, upper: null, costClass: 'computed' })
    expect(faultOf(storage)).toBeNull()
    storage.close()
    const reasons = withFile(profile, (database) =>
      database.prepare('SELECT DISTINCT reason FROM ledger_line WHERE corrects IS NOT NULL').pluck().all(),
    )
    expect(reasons).toEqual(['duplicate'])
    storage = openStorage({ profile: profile.path })
  })

  it('is corrected on the day of the call it was booked for', () => {
    const yesterday = { startedMs: Date.UTC(2026, 9, 31, 10) }
    made({ usage: report(1000), ending: 'stopped', seed: yesterday })
    made({ usage: WHOLE })
    expect(storage.spend.month('2026-10').cost).toMatchObject({ pico: 0n, upper: null })
    expect(total()).toMatchObject({ pico: WHOLE_PICO, upper: null })
    expect(faultOf(storage)).toBeNull()
  })

  it('of which no report is complete is the larger estimate, never their sum', () => {
    const small = made({ usage: report(1000), ending: 'stopped', words: 100 })
    const { pico: less } = costOf(small)
    const large = made({ usage: report(1000), ending: 'stopped', words: 4000 })
    const { pico: more, upper } = costOf(large)
    expect(more ?? 0n).toBeGreaterThan(less ?? 0n)
    const third = made({ usage: report(1000), ending: 'stopped', words: 200 })
    expect(storage.ledger.ofCall(third.id)).toEqual([])
    expect(costOf(small).pico).toBe(0n)
    expect(total()).toMatchObject({ pico: more, upper })
    expect(faultOf(storage)).toBeNull()
  })

  it('stays two where the id or the connection is another, or there is no id', () => {
    connectTo('anthropic', OFFICIAL, 2)
    made({ usage: WHOLE })
    made({ usage: WHOLE, id: 'msg_2' })
    made({ usage: WHOLE, seed: { connection: 2 } })
    made({ usage: WHOLE, id: null })
    made({ usage: WHOLE, id: null })
    expect(total().pico).toBe(5n * WHOLE_PICO)
  })

  it('counts the call that cost nothing as nothing', () => {
    const refused = { failure: failure('overloaded', { maybeBilled: false }) }
    made({ usage: null, ending: 'failed', end: refused })
    made({ usage: WHOLE })
    expect(total().pico).toBe(WHOLE_PICO)
  })

  it.each(['cut_off', 'stopped', 'interrupted'] as const)(
    'comes to the complete report once in any order (%s)',
    (ending) => {
      const kinds: readonly Made[] = [
        { usage: WHOLE },
        { usage: report(1000), ending, words: 5 },
        { usage: report(1000), ending, words: 40_000 },
        { usage: null, ending, words: 300 },
      ]
      const others = fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: 0, maxLength: 2 })
      let round = 0
      fc.assert(
        fc.property(others, fc.nat(2), (rest, place) => {
          round += 1
          const before = total().pico ?? 0n
          const order = [...rest.slice(0, place), 0, ...rest.slice(place)]
          for (const kind of order) made({ ...(kinds[kind] ?? { usage: WHOLE }), id: `msg_${ending}_${round}` })
          expect((total().pico ?? 0n) - before).toBe(WHOLE_PICO)
          expect(total().upper).toBeNull()
        }),
        { numRuns: 60 },
      )
      expect(faultOf(storage)).toBeNull()
    },
  )
})

describe('where ids tell nothing', () => {
  it.each([
    ['compatible', 'https://llm.example.com/v1'],
    ['anthropic', 'https://proxy.example.com'],
    ['anthropic', 'http://127.0.0.1:8080'],
  ] as const)('two answers of one id are two answers (%s at %s)', (provider, baseUrl) => {
    connectTo(provider, baseUrl)
    made({ usage: WHOLE, seed: { provider } })
    made({ usage: report(1000, 301), seed: { provider } })
    made({ usage: null, seed: { provider } })
    made({ usage: null, seed: { provider } })
    const lines = storage.calls.ofResponse(callOf(0).connectionId, 'msg_1').map(({ id }) => storage.ledger.ofCall(id))
    expect(lines).toHaveLength(4)
    expect(lines.every((each) => each.length > 0)).toBe(true)
  })

  // The bug: a server of this kind is asked the same thing twice, and the second answer, paid for, is not booked.
  it('two answers to two questions are two, whatever they have in common', () => {
    connectTo('compatible', 'https://llm.example.com/v1')
    const turns = [1, 2].map((turn) => makeId('turn', String(turn).padStart(32, '0')))
    const calls = turns.map((turnId) => made({ usage: WHOLE, turnId }))
    expect(calls.map(({ id }) => storage.ledger.ofCall(id).length)).toEqual([2, 2])
    expect(calls.map(flagsOf)).toEqual([[], []])
  })

  it('one answer with one report is one, even so', () => {
    connectTo('anthropic', 'https://proxy.example.com')
    made({ usage: WHOLE })
    made({ usage: structuredClone(WHOLE) })
    expect(total().pico).toBe(WHOLE_PICO)
  })
})

describe('a failed answer whose report is final', () => {
  it('is booked as reported, and without the mark as a range', () => {
    const part = { type: 'failure', failure: failure('server', { maybeBilled: true }) } as const
    const failed = endOf(part)
    const final = made({ usage: WHOLE, id: null, end: endOf({ ...part, reportIsFinal: true }) })
    expect(costOf(final)).toMatchObject({ pico: WHOLE_PICO, upper: null, costClass: 'computed' })
    expect(storage.calls.get(final.id)?.state).toBe('failed')
    expect(costOf(made({ usage: WHOLE, id: null, end: failed })).costClass).toBe('partial')
  })

  it('stands against a later repetition of it', () => {
    made({ usage: WHOLE, ending: 'failed', end: { reportIsFinal: true } })
    const again = made({ usage: WHOLE })
    expect(storage.ledger.ofCall(again.id)).toEqual([])
    expect(total().pico).toBe(WHOLE_PICO)
  })
})
