import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linesOf } from '../../src/core/booking'
import { costOf, priceUsage } from '../../src/core/pricing'
import type { StreamPart } from '../../src/core/stream-part'
import { inputTokens, outputTokens, type UsageReport } from '../../src/core/usage'
import { createCatalog } from '../../src/main/catalog/catalog'
import { anthropic } from '../../src/main/providers/anthropic/adapter'
import type { ModelRequest } from '../../src/main/providers/provider-adapter'
import { expectedAnswer, fixtureEvents, listFixtures, listRecordings } from '../support/fixtures'
import {
  anthropicErrors,
  cutAfter,
  duplicateEvents,
  fixture,
  httpError,
  resetBeforeHeaders,
  startProviderServer,
  stream,
  type ProviderServer,
  type Reply,
} from '../support/provider-server'
import { anthropicEvent } from '../support/sse'

// The adapter alone, over the real SDK and a real socket. What it makes of every fixture is held against figures
// counted by hand, never against another run of our own code.

const AT = Date.parse('2026-11-23T10:00:00Z')
const { prices } = createCatalog()

let server: ProviderServer

beforeAll(async () => {
  server = await startProviderServer()
})
afterAll(() => server.close())

async function partsOf(
  reply: Reply,
  signal = new AbortController().signal,
  more: Partial<ModelRequest> = {},
): Promise<StreamPart[]> {
  server.enqueue(reply)
  const request: ModelRequest = {
    provider: 'anthropic',
    model: 'claude-sonnet-5-5',
    messages: [{ role: 'user', text: 'Hi', reasoning: [] }],
    maxOutputTokens: 100,
    reasons: true,
    cache: null,
    ...more,
  }
  const redact = (text: string) => text
  const within = <Value>(work: () => Value) => work()
  const access = { key: 'sk-ant-test-key-000', baseUrl: server.origin, fetch, signal, redact, now: () => AT, within }
  const parts: StreamPart[] = []
  for await (const part of anthropic.stream(request, access)) parts.push(part)
  return parts
}

const joined = (parts: readonly StreamPart[], type: 'text-delta' | 'reasoning-delta') =>
  parts.map((part) => (part.type === type ? part.text : '')).join('')

const lastUsage = (parts: readonly StreamPart[]): UsageReport | undefined =>
  parts.findLast((part) => part.type === 'usage')?.usage

const TERMINAL = ['finish', 'failure', 'stopped', 'cut-off']
const ENDINGS = { message_stop: 'finish', error: 'failure', eof: 'cut-off' } as const
const STOP_REASONS: Record<string, string> = { end_turn: 'end' }

describe.each(listFixtures('anthropic').filter(({ kind }) => kind === 'stream'))('$name', ({ name }) => {
  const expected = expectedAnswer(name)

  it('gives the text, thinking, ending and usage that were counted by hand', async () => {
    const parts = await partsOf(fixture(name))
    expect(joined(parts, 'text-delta')).toBe(expected.text)
    expect(joined(parts, 'reasoning-delta')).toBe(expected.thinking)
    const proofs = parts.flatMap((part) => (part.type === 'reasoning-proof' ? [part.proof] : []))
    expect(proofs.join('')).toBe(expected.signature)
    expect(parts.at(-1)?.type).toBe(ENDINGS[expected.terminal])
    expect(parts.filter((part) => TERMINAL.includes(part.type))).toHaveLength(1)
    const stopReason = expected.stopReason ?? ''
    const reason = STOP_REASONS[stopReason] ?? stopReason
    expect(parts.at(-1)).toMatchObject(expected.stopReason === null ? {} : { reason })
    const lines = lastUsage(parts)?.lines ?? []
    expect(lines.map(({ role, model }) => ({ role, model }))).toEqual(
      expected.lines.map(({ role, model }) => ({ role, model })),
    )
    for (const [index, line] of expected.lines.entries()) {
      for (const [bucket, tokens] of Object.entries(line.tokens)) {
        expect({ [bucket]: lines[index]?.tokens[bucket as 'out'] ?? null }).toEqual({ [bucket]: tokens })
      }
    }
    const buckets = lines.map((line) => Object.keys(line.tokens).toSorted())
    const named = expected.lines.map(({ tokens }) =>
      Object.keys(tokens)
        .filter((bucket) => tokens[bucket as 'out'] !== null)
        .toSorted(),
    )
    expect(buckets).toEqual(named)
    expect(lastUsage(parts)?.lines[0]?.reasoningTokens ?? null).toBe(expected.thinkingTokens)
    const fees = Object.fromEntries(lines.flatMap((line) => line.fees.map(({ kind, units }) => [kind, units])))
    expect(fees).toEqual(expected.fees)
  })

  it('costs what was computed by hand', async () => {
    const lines = lastUsage(await partsOf(fixture(name)))?.lines ?? []
    const cost = costOf(priceUsage(lines, prices, 'anthropic', AT))
    expect(cost.atLeast.toString()).toBe(expected.atLeastPico)
    // A range says what it is at most; a figure says what it is.
    const figure = (cost.upper ?? cost.pico)?.toString()
    expect(figure).toBe(expected.costPico ?? figure)
  })
})

/** Figures of published recordings, as read off their own last usage (input, output), with the price rows of the day. */
const RECORDED: Readonly<Record<string, { in: number; out: number; pico?: string; at?: string }>> = {
  'anthropic/anthropic-text': { in: 12, out: 30, pico: '486000000' },
  'anthropic/anthropic-code-execution-20260120-prompt-cache.1': { in: 6 + 3337 + 6289, out: 198, pico: '11592300000' },
  'anthropic/anthropic-compaction.1': { in: 60_385 + 612, out: 522 + 2819, pico: '388510000000' },
  'anthropic/anthropic-web-search-tool.1': { in: 15_665, out: 795, pico: '68920000000', at: '2026-01-01T00:00:00Z' },
  'anthropic/anthropic-advisor-20250301.1': { in: 1051 + 2728 + 3676, out: 35 + 3880 + 3356 },
  'anthropic/anthropic-fallback': { in: 408 + 412, out: 264, pico: '8660000000' },
  'anthropic/anthropic-message-delta-input-tokens': { in: 61, out: 2 },
  'anthropic/duplicate-message-start': { in: 17, out: 227 },
  'anthropic/spliced-message-start': { in: 17, out: 65 },
  'anthropic/anthropic-mcp.1': { in: 1250, out: 83 },
}

const recordings = listRecordings('anthropic').filter(({ kind }) => kind === 'stream')

describe.runIf(recordings.length > 0).each(recordings)('recording $name', ({ name }) => {
  it('ends once, and with the figures it reports itself', async () => {
    const parts = await partsOf(fixture(`${name}.chunks.txt`))
    expect(parts.filter((part) => TERMINAL.includes(part.type))).toHaveLength(1)
    expect(['finish', 'cut-off']).toContain(parts.at(-1)?.type)
    const usage = lastUsage(parts)
    expect(usage?.flags).not.toContain('malformed_usage')
    const known = RECORDED[name]
    if (known === undefined || usage === undefined) return
    expect(usage.lines.reduce((sum, line) => sum + inputTokens(line), 0)).toBe(known.in)
    expect(usage.lines.reduce((sum, line) => sum + outputTokens(line), 0)).toBe(known.out)
    if (known.pico === undefined) return
    const at = known.at === undefined ? AT : Date.parse(known.at)
    expect(costOf(priceUsage(usage.lines, prices, 'anthropic', at)).atLeast.toString()).toBe(known.pico)
  })
})

describe('what an answer costs, cut after any event', () => {
  const names = [...listFixtures('anthropic'), ...listRecordings('anthropic')].filter(({ kind }) => kind === 'stream')

  it.each(names)('is a range that holds what the whole of it costs ($name)', async ({ name }) => {
    const events = fixtureEvents(`${name}.chunks.txt`)
    const whole = ended(await partsOf(stream(events)))
    // A compaction ends with fewer tokens in than it began with, so a cut before its last figures knows too little.
    const known = events.findLastIndex(({ data }) => data.includes('"message_delta"'))
    for (const length of [1, 2, Math.floor(events.length / 2), known, known + 1]) {
      if (length < 1 || length > events.length) continue
      const cost = ended(await partsOf(stream(cutAfter(events, length))))
      expect(cost.atLeast >= 0n).toBe(true)
      expect((cost.upper ?? cost.atLeast) >= cost.atLeast).toBe(true)
      // Once the last figures are in, a missing last event changes nothing that is certain.
      expect(length <= known || (cost.upper ?? cost.atLeast) >= whole.atLeast).toBe(true)
    }
  })
})

/** The cost of these parts as it is booked. */
function ended(parts: readonly StreamPart[]) {
  const received = joined(parts, 'text-delta') + joined(parts, 'reasoning-delta')
  const call = {
    provider: 'anthropic',
    model: 'claude-sonnet-5-5',
    startedMs: AT,
    complete: parts.at(-1)?.type === 'finish',
    usage: lastUsage(parts) ?? null,
    modifiers: [],
    received,
    prompt: { about: 10, most: 1_000 },
    maxOutputTokens: 128_000,
    maybeBilled: true,
  } as const
  return costOf(linesOf(call, prices))
}

describe('a stream that is cut after any event', () => {
  it.each(['anthropic/thinking', 'anthropic/web-search-fee'])(
    'never invents an ending or a cost (%s)',
    async (name) => {
      const events = fixtureEvents(name)
      const whole = costOf(priceUsage(lastUsage(await partsOf(stream(events)))?.lines ?? [], prices, 'anthropic', AT))
      for (let length = 1; length < events.length; length += 1) {
        const parts = await partsOf(stream(cutAfter(name, length)))
        expect(parts.at(-1)?.type).toBe('cut-off')
        const cost = costOf(priceUsage(lastUsage(parts)?.lines ?? [], prices, 'anthropic', AT))
        expect(cost.atLeast >= 0n && cost.atLeast <= whole.atLeast).toBe(true)
      }
    },
  )
})

describe('a stream that repeats itself', () => {
  it('counts a repeated start and repeated totals once', async () => {
    const once = await partsOf(fixture('anthropic/cache'))
    const twice = await partsOf(stream(duplicateEvents('anthropic/cache', 'message_start', 'message_delta')))
    expect(lastUsage(twice)?.lines).toEqual(lastUsage(once)?.lines)
  })
})

describe('usage that is not what the documentation says', () => {
  const withUsage = (usage: unknown) =>
    stream(
      fixtureEvents('anthropic/text').map((event) => {
        const data = JSON.parse(event.data) as { type: string; usage?: unknown }
        return data.type === 'message_delta' ? { ...event, data: JSON.stringify({ ...data, usage }) } : event
      }),
    )

  it.each([
    ['a field nobody knows', { output_tokens: 9, moon_tokens: 4 }, 'unknown_usage_field'],
    ['a negative count', { output_tokens: -9 }, 'malformed_usage'],
    ['a fraction', { output_tokens: 1.5 }, 'malformed_usage'],
    ['a text', { output_tokens: '9' }, 'malformed_usage'],
    ['a number past what is exact', { output_tokens: 2 ** 60 }, 'malformed_usage'],
    ['more than any model writes', { output_tokens: 1e12 }, 'malformed_usage'],
    ['no object at all', 'lots', 'malformed_usage'],
    [
      'more thinking than output',
      { output_tokens: 9, output_tokens_details: { thinking_tokens: 10 } },
      'usage_inconsistent',
    ],
  ])('is flagged: %s', async (_, usage, flag) => {
    const parts = await partsOf(withUsage(usage))
    expect(lastUsage(parts)?.flags).toContain(flag)
    expect(parts.at(-1)?.type).toBe('finish')
  })

  it('gives an iteration without lifetimes of its own those of the response', async () => {
    const iterations = [{ type: 'message', input_tokens: 5, cache_creation_input_tokens: 1000, output_tokens: 9 }]
    const split = { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 900 }
    const parts = await partsOf(withUsage({ output_tokens: 9, cache_creation: split, iterations }))
    const tokens = { in_uncached: 5, in_cache_write_5m: 0, in_cache_write_1h: 1000, out: 9 }
    expect(lastUsage(parts)).toMatchObject({ lines: [{ tokens }], flags: [] })
  })

  it('says that a container it ran is charged for beside the report', async () => {
    const ran = anthropicEvent({
      type: 'content_block_start',
      index: 9,
      content_block: { type: 'server_tool_use', id: 'srvtoolu_1', name: 'bash_code_execution', input: {} },
    })
    const [start, ...rest] = fixtureEvents('anthropic/text')
    const parts = await partsOf(stream(start === undefined ? [] : [start, ran, ...rest]))
    expect(lastUsage(parts)).toMatchObject({ flags: ['fee_not_reported'], severalSteps: true })
  })

  it.each(['constructor', '__proto__', 'priority'])(
    'leaves a service tier without a price unpriced (%s)',
    async (tier) => {
      const parts = await partsOf(withUsage({ output_tokens: 9, service_tier: tier }))
      expect(costOf(priceUsage(lastUsage(parts)?.lines ?? [], prices, 'anthropic', AT)).pico).toBeNull()
    },
  )
})

describe('a refusal by status', () => {
  it.each([
    ['invalidKey', 'key_invalid', 401],
    ['permission', 'key_no_scope', 403],
    ['notFound', 'model_not_found', 404],
    ['rateLimit', 'rate_limited', 429],
    ['spendLimit', 'spend_limit', 429],
    ['creditTooLow', 'no_credit', 400],
    ['billing', 'no_credit', 402],
    ['promptTooLong', 'context_too_long', 400],
    ['tooLarge', 'context_too_long', 413],
    ['badRequest', 'bad_request', 400],
    ['overloaded', 'overloaded', 529],
    ['conflict', 'server', 409],
  ] as const)('%s means %s and costs nothing', async (name, code, status) => {
    const parts = await partsOf(anthropicErrors[name]())
    expect(parts).toHaveLength(1)
    expect(parts[0]).toMatchObject({ type: 'failure', failure: { code, status, maybeBilled: false } })
    expect(parts[0]).toMatchObject({ failure: { requestId: server.requests.at(-1)?.requestId } })
  })

  it('by a server that gave up may have cost something; one that did not begin has not', async () => {
    const billed: unknown[] = []
    for (const status of [500, 502, 504, 524, 408, 503, 529]) {
      const [part] = await partsOf(httpError(status, ''))
      billed.push([status, part?.type === 'failure' && part.failure.maybeBilled])
    }
    expect(billed).toEqual(
      [500, 502, 504, 524, 408]
        .map((status) => [status, true])
        .concat([
          [503, false],
          [529, false],
        ]),
    )
  })

  it('says when to come back, within reason', async () => {
    const at = async (retryAfter: string, status = 429) => {
      const [part] = await partsOf(httpError(status, '', { 'retry-after': retryAfter }))
      return part?.type === 'failure' ? part.failure.retryAtMs : part
    }
    expect(await at('34')).toBe(AT + 34_000)
    expect(await at(new Date(AT + 60_000).toUTCString())).toBe(AT + 60_000)
    expect([await at('soon'), await at('-5'), await at('99999999'), await at('')]).toEqual([null, null, null, null])
  })

  it.each([
    { message: { a: 1 }, type: 'authentication_error' },
    { message: 'x'.repeat(3_000_000), type: 'authentication_error' },
    { message: null, type: 'authentication_error', details: { error_code: { deep: [] } } },
  ])('is understood whatever its text is (%#)', async (error) => {
    const parts = await partsOf(httpError(401, { type: 'error', error }))
    expect(parts).toMatchObject([{ type: 'failure', failure: { code: 'key_invalid' } }])
    expect(JSON.stringify(parts).length).toBeLessThan(1_000)
  })

  it.each([
    ['a page of HTML', httpError(502, '<html>Bad gateway</html>'), 'server'],
    ['nothing', httpError(503, ''), 'overloaded'],
    ['JSON of another shape', httpError(400, { message: 'no' }), 'bad_request'],
    ['a type named like a method', httpError(418, { type: 'error', error: { type: 'constructor' } }), 'server'],
  ])('is understood when the body is %s', async (_, reply, code) => {
    expect(await partsOf(reply)).toMatchObject([{ type: 'failure', failure: { code } }])
  })
})

describe('an answer that is no event stream', () => {
  it('is a protocol failure, not an empty answer', async () => {
    const parts = await partsOf(stream([]))
    expect(parts).toMatchObject([{ type: 'failure', failure: { code: 'protocol' } }])
  })

  it('is a protocol failure when its data is not JSON', async () => {
    const parts = await partsOf(stream([{ event: 'message_start', data: '{"type":"message_sta' }]))
    expect(parts).toMatchObject([{ type: 'failure', failure: { code: 'protocol' } }])
  })
})

it('says "stopped" when it was stopped before an answer', async () => {
  const abort = new AbortController()
  abort.abort()
  expect(await partsOf(resetBeforeHeaders(), abort.signal)).toEqual([{ type: 'stopped' }])
})

describe('what is said of caching', () => {
  const messages = ['One?', 'Said.', 'Two?'].map(
    (text, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', text, reasoning: [] }) as const,
  )
  const plain = messages.map(({ role, text }) => ({ role, content: [{ type: 'text', text }] }))
  const sentWith = async (cache: ModelRequest['cache']) => {
    await partsOf(fixture('anthropic/text'), undefined, { messages, cache })
    return server.requests.at(-1)?.json
  }
  const plan = { mode: 'on', key: null, boundaries: [1, 2] } as const

  // A marked message that were a plain text before it was marked would never be found in the cache.
  it('is a mark at the end of a message and changes nothing else', async () => {
    const mark = { cache_control: { type: 'ephemeral' } }
    const unmarked = await sentWith(null)
    expect(unmarked).toMatchObject({ messages: plain })
    expect(await sentWith({ ...plan, ttl: '5m' })).toEqual({
      ...(unmarked as object),
      messages: plain.map(({ role, content }, index) => ({
        role,
        content: content.map((block) => (index === 0 ? block : { ...block, ...mark })),
      })),
    })
  })

  // Twice the price for a life nobody asked for.
  it('names an hour only where it was chosen', async () => {
    const lives = async (ttl: '5m' | '1h') =>
      (JSON.stringify(await sentWith({ ...plan, ttl })).match(/"1h"/g) ?? []).length
    expect([await lives('5m'), await lives('1h')]).toEqual([0, 2])
  })

  it('is nothing when it is off', async () => {
    expect(await sentWith({ ...plan, mode: 'off', ttl: null })).toEqual(await sentWith(null))
  })
})
