import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ConnectionId, ConversationId, MessageId } from '../../src/core/ids'
import anthropicPrices from '../../src/main/catalog/anthropic.prices.json' with { type: 'json' }
import type { MessageDetailsView } from '../../src/shared/ipc/detail-views'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, TEST_KEY, TEST_MODEL, type Harness } from '../support/latchkey'
import { jsonEvent } from '../support/sse'
import {
  fixture,
  gateAfter,
  httpError,
  json,
  resetAfter,
  resetBeforeHeaders,
  stream,
  type ProviderServer,
  type Reply,
} from '../support/provider-server'

// Bug: a figure of the details that is not what the rows say: an attempt left out or counted twice, a price of today
// beside a cost of then, a count nobody reported shown as zero.

const SECOND = 'sk-ant-api03-the-second-key-0123456789-bbbb'

let server: ProviderServer
let harness: Harness
let connectionId: ConnectionId

eachWithProvider(
  async (provider, app) => {
    server = provider
    harness = app
    connectionId = await connect(app, provider.origin)
  },
  () => harness,
)

const details = (messageId: MessageId) => harness.ask('message.details', { messageId })

async function answer(reply: readonly Reply[], conversationId: ConversationId | null = null, model = TEST_MODEL) {
  for (const each of reply) server.enqueue(each)
  const turn = await harness.ask('turn.start', { conversationId, connectionId, model, text: 'Hi' })
  return (await settled(harness, turn.turnId)).message
}

const error = (type: string) => ({ type: 'error', error: { type, message: 'No' } })
const busy = () => httpError(529, error('overloaded_error'), { 'retry-after': '0.02' })
const limited = () => httpError(429, error('rate_limit_error'), { 'retry-after': '60', 'request-id': 'req_limited' })

interface Row {
  readonly id: string
  readonly state: string
  readonly automatic: bigint
  readonly key_id: string | null
  readonly started_ms: bigint
  readonly first_byte_ms: bigint | null
  readonly ended_ms: bigint | null
  readonly response_id: string | null
  readonly model_answered: string | null
  readonly usage: string | null
}

interface Line {
  readonly bucket: string
  readonly units: bigint
  readonly unit_price: string | null
  readonly price_id: string | null
  readonly pico: bigint | null
  readonly pico_upper: bigint | null
}

/** The rows themselves, read past everything that makes views of them. */
function rowsOf(messageId: MessageId): { call: Row; lines: Line[] }[] {
  const database = new Sqlite(harness.profile.file('latchkey.db'), { readonly: true })
  try {
    const lines = database
      .prepare<[string], Line>('SELECT * FROM ledger_line WHERE call_id = ? ORDER BY seq')
      .safeIntegers()
    return database
      .prepare<[string], Row>('SELECT * FROM call WHERE message_id = ? ORDER BY seq')
      .safeIntegers()
      .all(messageId)
      .map((call) => ({ call, lines: lines.all(call.id) }))
  } finally {
    database.close()
  }
}

const total = (picos: readonly (bigint | string | null)[]) =>
  picos.reduce<bigint>((sum, pico) => sum + (pico === null ? 0n : BigInt(pico)), 0n)

/** What every view must be, whatever happened: the rows, and sums of the rows. */
function agrees(view: MessageDetailsView): void {
  const rows = rowsOf(view.messageId)
  expect(view.attempts.map(({ callId }) => callId)).toEqual(rows.map(({ call }) => call.id))
  view.attempts.forEach((attempt, index) => {
    const { call, lines } = rows[index] ?? { call: null, lines: [] }
    expect(attempt).toMatchObject({
      state: call?.state,
      automatic: call?.automatic === 1n,
      startedMs: Number(call?.started_ms),
      firstByteMs: call?.first_byte_ms === null ? null : Number(call?.first_byte_ms),
      endedMs: call?.ended_ms === null ? null : Number(call?.ended_ms),
      responseId: call?.response_id,
      modelAnswered: call?.model_answered,
    })
    expect(attempt.key?.id ?? null).toBe(call?.key_id)
    expect(total(attempt.lines.map(({ pico }) => pico))).toBe(total(lines.map(({ pico }) => pico)))
    expect(attempt.cost?.atLeast).toBe(total(lines.map(({ pico }) => pico)).toString())
  })
  const all = rows.flatMap(({ lines }) => lines)
  expect(view.cost?.atLeast).toBe(total(all.map(({ pico }) => pico)).toString())
}

/** `0.10` dollars a million are 100,000 pico-dollars each. */
function picoPerToken(rate: string): bigint {
  const [whole = '0', part = ''] = rate.split('.')
  return BigInt(whole + part.padEnd(6, '0'))
}

/** What a provider counts, each kind another number, so that no two can be taken for each other. */
const COUNTS = {
  in_uncached: 41,
  in_cache_read: 3_001,
  in_cache_write_5m: 203,
  in_cache_write_1h: 107,
  out: 77,
} as const
const USAGE = {
  input_tokens: COUNTS.in_uncached,
  cache_read_input_tokens: COUNTS.in_cache_read,
  cache_creation_input_tokens: COUNTS.in_cache_write_5m + COUNTS.in_cache_write_1h,
  cache_creation: {
    ephemeral_5m_input_tokens: COUNTS.in_cache_write_5m,
    ephemeral_1h_input_tokens: COUNTS.in_cache_write_1h,
  },
}

/** An answer of which every kind of token is counted. */
function counted(): Reply {
  const message = { id: 'msg_counted', model: TEST_MODEL, usage: { ...USAGE, output_tokens: 1 } }
  const events = [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Yes.' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { ...USAGE, output_tokens: COUNTS.out } },
    { type: 'message_stop' },
  ]
  return stream(events.map((event) => ({ event: event.type, data: JSON.stringify(event) })))
}

/** The rates of a row of the price file. */
function ratesOf(priceId: string | null | undefined): Readonly<Record<string, string>> {
  return anthropicPrices.find(({ id }) => id === priceId)?.rates ?? {}
}

/** What those cost by the price file alone. */
function costOf(priceId: string | null | undefined): bigint {
  const rates = ratesOf(priceId)
  return Object.entries(COUNTS).reduce(
    (sum, [bucket, units]) => sum + BigInt(units) * picoPerToken(rates[bucket] ?? ''),
    0n,
  )
}

describe('the details of an answer', () => {
  it('have every attempt with its own figures: repeated, gone on with another key, read from the cache', async () => {
    await harness.ask('key.add', { connectionId, key: SECOND })
    await harness.ask('connection.setFailover', { connectionId, on: true })
    const message = await answer([busy(), limited(), counted()])
    const view = await details(message.id)
    agrees(view)
    expect(view).toMatchObject({ state: 'complete', model: TEST_MODEL, provider: 'anthropic', cost: message.cost })
    expect(view.cacheSaved).toBe(message.cacheSaved)
    const [first, second, third] = view.attempts
    expect(view.attempts).toHaveLength(3)
    expect(first).toMatchObject({
      automatic: false,
      failure: { code: 'overloaded', status: 529 },
      key: { last4: TEST_KEY.slice(-4), after: null, gone: false },
      responseId: null,
      cost: { pico: '0' },
      lines: [],
      report: null,
      tokensPerSecond: null,
    })
    expect(second).toMatchObject({
      automatic: true,
      failure: { code: 'rate_limited', status: 429 },
      requestId: 'req_limited',
    })
    expect(third).toMatchObject({
      failure: null,
      connectionLabel: 'Personal',
      key: { last4: 'bbbb', after: 'rate_limited' },
    })
    expect(third?.lines.map(({ bucket, units }) => [bucket, units])).toEqual(Object.entries(COUNTS))
    expect(third?.cost?.pico).toBe(costOf(third?.lines[0]?.priceId).toString())
    expect(view.cost?.pico).toBe(third?.cost?.pico)
    expect(third?.responseId).toBe('msg_counted')
    // The report is what the provider said, and the price has its source and its day.
    expect(third?.report).toContain(`"cache_read_input_tokens": ${COUNTS.in_cache_read}`)
    const [price] = third?.prices ?? []
    const shipped = anthropicPrices.find(({ id }) => id === price?.id)
    expect(price).toMatchObject({ kind: 'shipped', from: shipped?.from, sources: shipped?.sources })
    expect(third?.lines.every(({ priceId }) => priceId === price?.id)).toBe(true)
    for (const { bucket, unitPrice } of third?.lines ?? []) expect(unitPrice).toBe(ratesOf(price?.id)[bucket])
  })

  it('know what an attempt may have cost that nobody reported, and say so as a range', async () => {
    const message = await answer([resetBeforeHeaders(), fixture('anthropic/text')])
    const view = await details(message.id)
    agrees(view)
    const [lost] = view.attempts
    expect(lost).toMatchObject({ state: 'failed', firstByteMs: null, cost: { costClass: 'uncertain', pico: '0' } })
    expect(BigInt(lost?.cost?.upper ?? '0')).toBeGreaterThan(0n)
    const upper = total(
      rowsOf(message.id).flatMap(({ lines }) => lines.map(({ pico, pico_upper }) => pico_upper ?? pico)),
    )
    expect(view.cost?.upper).toBe(upper.toString())
  })

  it('time what the clock saw, and the pace of an answer that came whole', async () => {
    const gate = gateAfter(30)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' })
    const startedMs = harness.clock.now()
    await gate.reached
    await harness.event((event): event is typeof event => event.name === 'turn.delta')
    harness.clock.advance(4_000)
    // What it has reported so far is kept, and is not what it will have used.
    await expect.poll(() => rowsOf(turn.answer.id)[0]?.call.usage).toContain('input_tokens')
    const running = await details(turn.answer.id)
    expect(running).toMatchObject({ state: 'streaming', cost: null, cacheSaved: null })
    expect(running.attempts).toMatchObject([
      {
        state: 'in_flight',
        endedMs: null,
        cost: null,
        lines: [],
        report: null,
        tokensPerSecond: null,
        thinkingTokens: null,
      },
    ])
    gate.release()
    await settled(harness, turn.turnId)
    const view = await details(turn.answer.id)
    agrees(view)
    const [only] = view.attempts
    expect(only).toMatchObject({ startedMs, firstByteMs: startedMs, endedMs: startedMs + 4_000 })
    const out = only?.lines.find(({ bucket }) => bucket === 'out')?.units ?? 0
    expect(only?.tokensPerSecond).toBe(out / 4)
  })

  it('have the thinking as a part of the output, and null where nobody counts it', async () => {
    const thought = await details((await answer([fixture('anthropic/thinking')])).id)
    const plain = await details((await answer([fixture('anthropic/text')])).id)
    agrees(thought)
    expect(thought.attempts[0]?.thinkingTokens).toBe(150)
    expect(thought.attempts[0]?.lines.at(-1)).toMatchObject({ bucket: 'out', units: 212 })
    expect(plain.attempts[0]?.thinkingTokens).toBeNull()
  })

  it('name the price of the user’s own that settled it, removed or not, and nothing as long as there is none', async () => {
    const own = { provider: 'compatible', label: 'Own', baseUrl: `${server.origin}/v1` } as const
    connectionId = (await harness.ask('connection.add', own)).id
    server.enqueue(json({ data: [{ id: 'm' }] }))
    await harness.ask('connection.check', { connectionId })
    const said = [
      jsonEvent({ id: 'a', model: 'm', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] }),
      jsonEvent({
        id: 'a',
        model: 'm',
        choices: [],
        usage: { prompt_tokens: 100, completion_tokens: 40, total_tokens: 140 },
      }),
      { data: '[DONE]' },
    ]
    const { id } = await answer([stream(said)], null, 'm')
    const open = await details(id)
    agrees(open)
    expect(open).toMatchObject({ cost: { pico: null, costClass: 'unpriced' } })
    expect(open.attempts[0]).toMatchObject({ prices: [], key: null })
    expect(open.attempts[0]?.lines).toMatchObject([
      { bucket: 'in_uncached', units: 100, unitPrice: null, pico: null, corrected: null },
      { bucket: 'out', units: 40, unitPrice: null, pico: null, corrected: null },
    ])
    const price = { model: 'm', rates: { in_uncached: '2', out: '10' } }
    const set = await harness.ask('price.set', { connectionId, price })
    await harness.ask('price.remove', { priceId: set.price.id })
    const closed = await details(id)
    agrees(closed)
    expect(closed).toMatchObject({ cost: { pico: '600000000', costClass: 'adjustment' } })
    expect(closed.attempts[0]?.lines).toMatchObject([
      { bucket: 'in_uncached', units: 100, unitPrice: '2', pico: '200000000', corrected: 'price_override' },
      { bucket: 'out', units: 40, unitPrice: '10', pico: '400000000', corrected: 'price_override' },
    ])
    expect(closed.attempts[0]?.prices).toMatchObject([{ kind: 'own', sources: [] }])
  })

  it('say of an answer that broke off what was estimated', async () => {
    const message = await answer([resetAfter('anthropic/text', 12)])
    const view = await details(message.id)
    agrees(view)
    const out = view.attempts[0]?.lines.find(({ bucket }) => bucket === 'out')
    expect(out).toMatchObject({ costClass: 'partial' })
    expect(BigInt(out?.upper ?? '0')).toBeGreaterThan(BigInt(out?.pico ?? '0'))
    expect(view.attempts[0]?.tokensPerSecond).toBeNull()
  })

  it('are there of a private conversation, and of nothing but answers that can be seen', async () => {
    server.enqueue(fixture('anthropic/cache'))
    const turn = await harness.ask('turn.start', {
      conversationId: null,
      connectionId,
      model: TEST_MODEL,
      text: 'Hush',
      private: true,
    })
    await settled(harness, turn.turnId)
    agrees(await details(turn.answer.id))
    const missing = { ok: false, error: { code: 'not_found', field: 'messageId' } }
    expect(await harness.request('message.details', { messageId: turn.userMessage.id })).toEqual(missing)
    await harness.ask('conversation.delete', { conversationId: turn.conversationId })
    expect(await harness.request('message.details', { messageId: turn.answer.id })).toEqual(missing)
  })
})
