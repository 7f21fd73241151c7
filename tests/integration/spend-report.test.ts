import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SPEND_GROUPINGS, type SpendFilter } from '../../src/core/spend-query'
import { spendCall } from '../../src/main/storage/migrations/0014-spend-call'
import type { CallView } from '../../src/shared/ipc/spend-views'
import type { RequestAnswer, RequestInput } from '../../src/shared/ipc/transport'
import { startLatchkey, testClock, type Harness } from '../support/latchkey'
import { faultOf, withFile, withStorage } from '../support/ledger'
import { addCall, addConversations, callFrom, callSeed, idOf, type CallSeed } from '../support/random-ledger'
import { callRowOf, cellsOf, groupRowOf, readCsv, titleOf } from '../support/spend-truth/file'
import { callsMeant } from '../support/spend-truth/meant'
import { groupKeyOf, groupsOf, reportOf } from '../support/spend-truth/report'
import { costOfCalls, readTruth, type TrueCall, type TrueCost, type Truth } from '../support/spend-truth/rows'
import { makeTempDir } from '../support/temp-dir'

// Every figure through the real router, on ledgers of every kind of call, against what plain loops over the rows of
// `call` and `ledger_line` say. Bugs: a sum that forgets a correction, takes a call of the next month along, counts a retry
// as an answer, a filter that lets another through, a page that skips or repeats a call, a title that was private.

const LEDGERS = Number(process.env['LATCHKEY_LEDGERS'] ?? 8)
const QUESTIONS = 20

type Query = RequestInput<'spend.report'>['query']

const day = fc
  .integer({ min: 0, max: 95 })
  .map((after) => new Date(Date.UTC(2026, 8, 1 + after)).toISOString().slice(0, 10))
const range = fc.oneof(
  fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
  fc.constantFrom(
    { from: '2026-11-01', to: '2026-11-30' },
    { from: '2026-10-31', to: '2026-11-01' },
    { from: '2024-11-24', to: '2026-11-24' },
    { from: '2017-01-01', to: '2026-12-31' },
  ),
)
const CONDITIONS: (keyof SpendFilter)[] = [
  'provider',
  'model',
  'connectionId',
  'keyId',
  'conversationId',
  'purpose',
  'outcome',
  'costClass',
]
const filter = fc.record(
  {
    provider: fc.constantFrom('anthropic', 'openai', 'google'),
    model: fc.constantFrom('a', 'claude-sonnet-5-5', 'unheard of'),
    connectionId: fc.constantFrom(idOf('connection', 1), idOf('connection', 9)),
    keyId: fc.constantFrom<SpendFilter['keyId']>('none', idOf('key', 1), idOf('key', 2)),
    conversationId: fc.constantFrom<SpendFilter['conversationId']>(
      'none',
      'private',
      idOf('conversation', 1),
      idOf('conversation', 4),
      idOf('conversation', 6),
    ),
    purpose: fc.constantFrom('answer', 'retry', 'title', 'key_check'),
    outcome: fc.constantFrom('done', 'failed', 'stopped', 'in_flight', 'interrupted'),
    costClass: fc.constantFrom('unpriced', 'uncertain', 'partial', 'computed', 'provider_reported', 'adjustment'),
  },
  { noNullPrototype: true },
)
/** With three conditions there is mostly nothing left. */
const narrow = fc
  .tuple(filter, fc.shuffledSubarray(CONDITIONS, { minLength: 1, maxLength: 2 }))
  .map(([wide, kept]): SpendFilter => Object.fromEntries(kept.map((name) => [name, wide[name]])))
const query: fc.Arbitrary<Query> = fc.record({
  range,
  filter: fc.oneof(fc.constant({}), narrow, narrow, narrow),
  by: fc.constantFrom(...SPEND_GROUPINGS),
})

/** A profile with these calls, running ones included, and Latchkey on it. */
async function start(seeds: readonly CallSeed[]): Promise<Harness> {
  const profile = await makeTempDir()
  withStorage(profile, (storage) => {
    addConversations(storage)
    storage.connections.add({
      id: idOf('connection', 1),
      provider: 'anthropic',
      label: 'Renamed',
      baseUrl: 'https://api.anthropic.com',
      keyId: null,
      failover: false,
      createdMs: 1,
    })
    storage.transaction(() => {
      for (const [index, seed] of seeds.entries()) if (!seed.isRunning) addCall(storage, seed, index + 1)
    })
  })
  const harness = await startLatchkey({ profile, clock: testClock() })
  // What runs when the file is opened is ended by that; these begin afterwards.
  withFile(profile, (file) => {
    file.exec(`INSERT INTO connection_key (key_id, connection_id, label, position)
      VALUES ('${idOf('key', 2)}', '${idOf('connection', 1)}', '=Laptop', 5)`)
    const insert = file.prepare(
      `INSERT INTO call (id, conversation_id, connection_id, connection_label, key_id, provider, model_requested, purpose,
         state, started_ms, utc_day, local_day, utc_offset_minutes, prompt_tokens_about, prompt_tokens_most,
         max_output_tokens, automatic, private)
       VALUES (@id, @conversationId, @connectionId, @connectionLabel, @keyId, @provider, @modelRequested, @purpose,
         'in_flight', @startedMs, @utcDay, @localDay, @utcOffsetMinutes, 1, 1, 1, @retry, @hidden)`,
    )
    for (const [index, seed] of seeds.entries()) {
      if (!seed.isRunning) continue
      const { automatic, ...call } = callFrom(seed, index + 1)
      insert.run({
        ...call,
        retry: Number(automatic),
        hidden: Number(seed.conversation >= 6 && call.conversationId !== null),
      })
    }
  })
  return harness
}

/** All calls page by page. */
async function allCalls(harness: Harness, { range: days, filter: wanted }: Query): Promise<CallView[]> {
  const shown: CallView[] = []
  for (let before: string | null = null; ;) {
    const page: RequestAnswer<'spend.calls'> = await harness.ask('spend.calls', { range: days, filter: wanted, before })
    shown.push(...page.calls)
    if (page.next === null) return shown
    before = page.next
  }
}

const callShown = ({ id, cost, state, isPrivate, automatic, purpose, startedMs, ...call }: CallView) => {
  const { conversationTitle, cacheSaved } = call
  return { id, cost, state, isPrivate, automatic, purpose, startedMs, conversationTitle, cacheSaved }
}

const callTrue = (truth: Truth, call: TrueCall) => ({
  id: call.row['id'],
  cost: call.cost,
  state: call.row['state'],
  isPrivate: call.row['private'] === 1n,
  automatic: call.row['automatic'] === 1n,
  purpose: call.row['purpose'],
  startedMs: Number(call.row['started_ms']),
  conversationTitle: titleOf(truth, call),
  cacheSaved: call.saved === null ? null : call.saved.toString(),
})

const LINE = {
  seq: 'seq',
  bucket: 'bucket',
  units: 'units',
  pico: 'pico',
  upper: 'pico_upper',
  costClass: 'cost_class',
  corrects: 'corrects',
  reason: 'reason',
} as const

async function checkCall(harness: Harness, truth: Truth, { row, cost, lines }: TrueCall): Promise<void> {
  const detail = await harness.ask('spend.call', { callId: String(row['id']) })
  expect(detail).toMatchObject({
    cost,
    localDay: row['local_day'],
    utcDay: row['utc_day'],
    endedMs: row['ended_ms'] === null ? null : Number(row['ended_ms']),
    keyId: row['key_id'],
    keyLabel: truth.keyLabels.get(String(row['key_id'])) ?? null,
  })
  const names = Object.keys(LINE) as (keyof typeof LINE)[]
  // As text: SQLite's numbers are BigInts here.
  expect(detail.lines.map((line) => names.map((name) => `${line[name]}`))).toEqual(
    lines.map((line) => names.map((name) => `${line.row[LINE[name]]}`)),
  )
}

/** A file of all its pieces. */
async function exported(harness: Harness, asked: Query, what: 'groups' | 'calls', format: 'csv' | 'json') {
  let text = ''
  for (let after: string | null = null; ;) {
    const piece: RequestAnswer<'spend.export'> = await harness.ask('spend.export', {
      query: asked,
      what,
      format,
      after,
    })
    text += piece.text
    if (piece.next === null) return text
    after = piece.next
  }
}

async function checkExport(harness: Harness, truth: Truth, asked: Query): Promise<void> {
  const calls = callsMeant(truth, asked)
  const rows = calls.map((call) => callRowOf(truth, call))
  expect(JSON.parse(await exported(harness, asked, 'calls', 'json'))).toEqual(rows)
  const csv = await exported(harness, asked, 'calls', 'csv')
  expect(csv.startsWith('\uFEFFtime,local_day,')).toBe(true)
  expect(readCsv(csv).slice(1)).toEqual(rows.map(cellsOf))

  const groups = groupsOf(asked.by, calls).map((group) => groupRowOf(asked.by, group))
  const groupRows = JSON.parse(await exported(harness, asked, 'groups', 'json')) as Record<string, unknown>[]
  expect(groupRows.map(({ name: _name, ...row }) => row)).toEqual(groups)
  const groupCells = readCsv(await exported(harness, asked, 'groups', 'csv')).slice(1)
  expect(groupCells).toEqual(groupRows.map(cellsOf))
}

/** What the Spend page shows of a range is what it could ask one by one. */
async function checkPage(harness: Harness, truth: Truth, asked: Query): Promise<void> {
  const page = await harness.ask('spend.page', { query: asked })
  const { report, providers, conversations, forecast, calls, next } = page
  expect(report).toEqual(reportOf(truth, asked, report))
  for (const [by, groups] of [
    ['provider', providers],
    ['conversation', conversations],
  ] as const) {
    const apart = await harness.ask('spend.report', { query: { ...asked, by } })
    expect(groups).toEqual(apart.groups)
    expect(apart).toEqual(reportOf(truth, { ...asked, by }, apart))
  }
  const { range: days, filter: wanted } = asked
  expect({ calls, next }).toEqual(await harness.ask('spend.calls', { range: days, filter: wanted, before: null }))
  expect(forecast).toEqual(await harness.ask('spend.forecast', {}))
}

/** The page as it was, and the forecast, of the month the clock is in. */
async function checkMonth(harness: Harness, truth: Truth): Promise<void> {
  const month = { range: { from: '2026-11-01', to: '2026-11-30' }, filter: {} }
  const calls = callsMeant(truth, month)
  const money = ({ pico, atLeast, upper, costClass }: TrueCost) => ({
    pico,
    atLeast,
    upper,
    costClass,
  })
  const page = await harness.ask('spend.month', {})
  expect(page).toMatchObject({ callCount: calls.length, spend: money(costOfCalls(calls)) })
  for (const [by, parts] of [
    ['day', page.byDay],
    ['model', page.byModel],
    ['provider', page.byProvider],
  ] as const) {
    const cells = new Map<string, TrueCall[]>()
    for (const call of calls) {
      const at = `${groupKeyOf(by, call)} ${String(call.row['provider'])}`
      cells.set(at, [...(cells.get(at) ?? []), call])
    }
    expect(parts).toHaveLength(cells.size)
    for (const { key, provider, callCount, spend } of parts) {
      const its = cells.get(`${key} ${provider}`) ?? []
      expect(callCount).toBe(its.length)
      expect(spend).toMatchObject(money(costOfCalls(its)))
    }
  }
  const soFar = callsMeant(truth, { range: { from: '2026-11-01', to: '2026-11-23' }, filter: {} })
  expect(await harness.ask('spend.forecast', {})).toMatchObject({
    month: '2026-11',
    today: '2026-11-23',
    lastDay: '2026-11-30',
    daysLeft: 7,
    spent: costOfCalls(soFar),
    unpricedCalls: soFar.filter(({ cost }) => cost.costClass === 'unpriced').length,
    inFlight: soFar.filter(({ row }) => row['state'] === 'in_flight').length,
  })
}

describe('every figure of spend is what the rows come to', () => {
  it('for any ledger, range, filter and grouping', async () => {
    const seeds = fc.array(callSeed, { minLength: 1, maxLength: 120, size: 'max' })
    const questions = fc.array(query, { minLength: QUESTIONS, maxLength: QUESTIONS })
    await fc.assert(
      fc.asyncProperty(seeds, questions, async (calls, asked) => {
        const harness = await start(calls)
        try {
          const truth = readTruth(harness.profile.file('latchkey.db'))
          expect(truth.calls).toHaveLength(calls.length)
          for (const each of asked) {
            const report = await harness.ask('spend.report', { query: each })
            expect(report).toEqual(reportOf(truth, each, report))
            const its = callsMeant(truth, each).map((call) => callTrue(truth, call))
            expect((await allCalls(harness, each)).map(callShown)).toEqual(its)
            await checkPage(harness, truth, each)
          }
          for (const each of asked.slice(0, 3)) await checkExport(harness, truth, each)
          for (const call of truth.calls.slice(0, 15)) await checkCall(harness, truth, call)
          await checkMonth(harness, truth)
          expect(await harness.ask('ledger.verify', {})).toMatchObject({ ok: true })
        } finally {
          await harness.close()
        }
      }),
      { numRuns: LEDGERS, endOnFailure: true },
    )
  }, 600_000)
})

it('is the same for calls that were booked before they had a row of their own', async () => {
  const profile = await makeTempDir()
  try {
    withStorage(profile, (storage) => {
      for (const [index, seed] of fc.sample(callSeed, 60).entries()) addCall(storage, seed, index + 1)
      expect(faultOf(storage)).toBeNull()
    })
    withFile(profile, (file) => {
      const kept = file.prepare(`SELECT * FROM spend_call`).all()
      const made = file
        .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%UPDATE spend_call%'
          OR type = 'trigger' AND sql LIKE '%INSERT INTO spend_call%'`)
        .pluck()
        .all()
      for (const name of made) file.exec(`DROP TRIGGER ${name}`)
      file.exec(
        `DROP TABLE spend_call; CREATE INDEX call_automatic ON call(seq); CREATE INDEX call_cached ON call(seq)`,
      )
      file.exec(spendCall)
      expect(file.prepare(`SELECT * FROM spend_call`).all()).toEqual(kept)
      expect(kept).toHaveLength(60)
    })
    withStorage(profile, (storage) => expect(faultOf(storage)).toBeNull())
  } finally {
    await profile.remove()
  }
})

describe('a ledger longer than a page', () => {
  let harness: Harness
  let truth: Truth

  beforeAll(async () => {
    const [seed] = fc.sample(callSeed, 1)
    if (seed === undefined) throw new Error('no sample')
    const plain = {
      ...seed,
      isRunning: false,
      ending: 'done',
      automatic: false,
      purpose: 'answer',
      offset: 60,
    } as const
    // Each model is a group of its own.
    const seeds = Array.from({ length: 2_050 }, (_, at): CallSeed => ({ ...plain, hour: at, model: `m${at % 700}` }))
    harness = await start(seeds)
    truth = readTruth(harness.profile.file('latchkey.db'))
  })
  afterAll(() => harness.close())

  const all: Query = { range: { from: '2026-09-01', to: '2026-12-31' }, filter: {}, by: 'model' }

  it('is read page by page, none left out and none twice', async () => {
    const calls = callsMeant(truth, all).map((call) => callTrue(truth, call))
    expect((await allCalls(harness, all)).map(callShown)).toEqual(calls)
  })

  it('says how many groups it leaves out, and what they come to', async () => {
    const report = await harness.ask('spend.report', { query: all })
    expect(report.more?.groupCount).toBe(200)
    expect(report).toEqual(reportOf(truth, all, report))
  })

  it('is exported piece by piece, as one file', async () => {
    await checkExport(harness, truth, all)
    const first = await harness.ask('spend.export', { query: all, what: 'calls', format: 'csv', after: null })
    expect(first.rowCount).toBe(2_000)
  })
})

describe('a question that cannot be answered', () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await startLatchkey()
  })
  afterAll(() => harness.close())

  it.each([
    ['ends before it begins', { from: '2026-11-02', to: '2026-11-01' }],
    ['has a day that does not exist', { from: '2026-02-01', to: '2026-02-31' }],
    ['is longer than ten years', { from: '2016-01-01', to: '2026-12-31' }],
  ])('is refused when its range %s', async (_, wrong) => {
    const asked = { range: wrong, filter: {}, by: 'day' } as const
    const refusal = (field: string) => ({ ok: false, error: { code: 'bad_request', field } })
    expect(await harness.request('spend.report', { query: asked })).toEqual(refusal('query'))
    expect(await harness.request('spend.calls', { range: wrong, filter: {}, before: null })).toEqual(refusal('range'))
    const piece = { query: asked, what: 'groups', format: 'csv', after: null } as const
    expect(await harness.request('spend.export', piece)).toEqual(refusal('query'))
  })

  it('is refused when it names a call that there is not', async () => {
    const november = { from: '2026-11-01', to: '2026-11-30' }
    const before = idOf('call', 77)
    const gone = { ok: false, error: { code: 'not_found' } }
    expect(await harness.request('spend.call', { callId: before })).toMatchObject(gone)
    expect(await harness.request('spend.calls', { range: november, filter: {}, before })).toMatchObject(gone)
    const asked = { range: november, filter: {}, by: 'day' } as const
    const piece = { query: asked, what: 'calls', format: 'csv', after: before } as const
    expect(await harness.request('spend.export', piece)).toMatchObject(gone)
  })
})
