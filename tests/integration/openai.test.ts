import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CachePlan } from '../../src/core/caching'
import type { ContextMessage } from '../../src/core/context'
import { appendDelta, sealReasoning, type MessagePart } from '../../src/core/conversation'
import { costOf, priceUsage } from '../../src/core/pricing'
import type { StreamPart } from '../../src/core/stream-part'
import { inputTokens, outputTokens, type UsageLine, type UsageReport } from '../../src/core/usage'
import { createCatalog } from '../../src/main/catalog/catalog'
import { TransportError } from '../../src/main/ports'
import { openai } from '../../src/main/providers/openai/adapter'
import { fixtureEvents, listFixtures, listRecordings } from '../support/fixtures'
import {
  cutAfter,
  duplicateEvents,
  fixture,
  gateAfter,
  httpError,
  json,
  startProviderServer,
  stream,
  withoutTerminalEvent,
  type ProviderServer,
  type Reply,
} from '../support/provider-server'

// The adapter alone, over the real SDK and a real socket. What it makes of every fixture is held against figures
// counted by hand, never against another run of our own code.

const AT = Date.parse('2026-11-23T10:00:00Z')
const KEY = 'sk-proj-test-key-000'
const HI: readonly ContextMessage[] = [{ role: 'user', text: 'Hi', reasoning: [] }]

let server: ProviderServer

beforeAll(async () => {
  server = await startProviderServer()
})
afterAll(() => server.close())
afterEach(() => {
  vi.unstubAllEnvs()
})

function accessWith(more: { signal?: AbortSignal; fetch?: typeof fetch; key?: string | null } = {}) {
  return {
    key: KEY,
    baseUrl: `${server.origin}/v1`,
    fetch,
    within: <Value>(work: () => Value) => work(),
    signal: new AbortController().signal,
    redact: (text: string) => text.replaceAll(KEY, '[key]'),
    now: () => AT,
    ...more,
  }
}

async function partsOf(reply: Reply, access = accessWith(), messages = HI): Promise<StreamPart[]> {
  server.enqueue(reply)
  return partsWith(access, messages)
}

async function partsWith(
  access: ReturnType<typeof accessWith>,
  messages = HI,
  reasons = true,
  cache: CachePlan | null = null,
): Promise<StreamPart[]> {
  const request = { provider: 'openai', model: 'gpt-asked', messages, maxOutputTokens: 100, reasons, cache } as const
  const parts: StreamPart[] = []
  for await (const part of openai.stream(request, access)) parts.push(part)
  return parts
}

const joined = (parts: readonly StreamPart[], type: 'text-delta' | 'reasoning-delta') =>
  parts.map((part) => (part.type === type ? part.text : '')).join('')

const lastUsage = (parts: readonly StreamPart[]): UsageReport | undefined =>
  parts.findLast((part) => part.type === 'usage')?.usage

const TERMINAL = ['finish', 'failure', 'stopped', 'cut-off']
const endings = (parts: readonly StreamPart[]) => parts.filter((part) => TERMINAL.includes(part.type))

const finish = (reason: string) => ({ type: 'finish', reason })
const failed = (code: string, maybeBilled: boolean) => ({ type: 'failure', failure: { code, maybeBilled } })

interface Expected {
  readonly id: string
  readonly text: string
  readonly ending: object
  /** Null: never reported. */
  readonly tokens: UsageLine['tokens'] | null
  readonly thinking?: string
  readonly reasoningTokens?: number
  readonly fees?: UsageLine['fees']
  readonly flags?: UsageReport['flags']
}

/** Counted by hand from the figures in each file. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  text: {
    id: 'resp_lk_text',
    text: 'A latch holds a door shut – no key needed. 🗝️ „つまり“ a key is for the lock.',
    ending: finish('end'),
    tokens: { in_uncached: 26, in_cache_read: 0, out: 48 },
  },
  reasoning: {
    id: 'resp_lk_reasoning',
    text: 'Take the first lock.',
    thinking: '**Comparing both locks**\n\nThe second has fewer pins.\n\n**Deciding**\n\nThe first.',
    ending: finish('end'),
    tokens: { in_uncached: 61, in_cache_read: 0, out: 240 },
    reasoningTokens: 180,
  },
  'reasoning-hidden': {
    id: 'resp_lk_hidden',
    text: 'Forty-two pins.',
    ending: finish('end'),
    tokens: { in_uncached: 33, in_cache_read: 0, out: 150 },
    reasoningTokens: 128,
  },
  // 9,000 of which 6,400 were read and 1,800 written.
  cache: {
    id: 'resp_lk_cache',
    text: 'Still the same lock.',
    ending: finish('end'),
    tokens: { in_uncached: 800, in_cache_read: 6400, in_cache_write_30m: 1500, in_cache_write_12h: 300, out: 90 },
  },
  // 3,000 of which 1,024 were read and 1,200 written for nobody says how long.
  'cache-no-ttl': {
    id: 'resp_lk_cache_no_ttl',
    text: 'Written, for half an hour.',
    ending: finish('end'),
    tokens: { in_uncached: 776, in_cache_read: 1024, in_cache_write_30m: 1200, in_cache_write_12h: 0, out: 70 },
    flags: ['split_estimated'],
  },
  'max-tokens': {
    id: 'resp_lk_max',
    text: 'A list of every lock: one, two, thr',
    ending: finish('max_tokens'),
    tokens: { in_uncached: 19, in_cache_read: 0, out: 64 },
  },
  'content-filter': {
    id: 'resp_lk_filter',
    text: 'First, take the ',
    ending: finish('refusal'),
    tokens: { in_uncached: 40, in_cache_read: 0, out: 7 },
  },
  refusal: {
    id: 'resp_lk_refusal',
    text: 'I cannot help with that.',
    ending: finish('refusal'),
    tokens: { in_uncached: 31, in_cache_read: 0, out: 12 },
  },
  'tool-call': {
    id: 'resp_lk_tool',
    text: '',
    ending: finish('tool_call'),
    tokens: { in_uncached: 88, in_cache_read: 0, out: 17 },
  },
  'web-search': {
    id: 'resp_lk_search',
    text: 'Four thousand years old.',
    ending: finish('end'),
    tokens: { in_uncached: 4200, in_cache_read: 0, out: 110 },
    fees: [{ kind: 'web_search', units: 2 }],
  },
  'unknown-events': {
    id: 'resp_lk_unknown',
    text: 'Kept.',
    ending: finish('end'),
    tokens: { in_uncached: 14, in_cache_read: 0, out: 5 },
  },
  'quota-in-200': { id: 'resp_lk_quota', text: '', ending: failed('no_credit', false), tokens: null },
  'failed-in-200': { id: 'resp_lk_failed', text: '', ending: failed('no_credit', false), tokens: null },
  'error-event': { id: 'resp_lk_error', text: 'The third lock is', ending: failed('server', true), tokens: null },
  eof: { id: 'resp_lk_eof', text: 'The fourth lo', ending: { type: 'cut-off' }, tokens: null },
}

const ours = listFixtures('openai-responses').map(({ name }) => name.replace('openai-responses/', ''))

it('has an expectation for every fixture', () => {
  expect(ours.toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
})

describe.each(Object.entries(EXPECTED))('%s', (name, expected) => {
  const path = `openai-responses/${name}`

  it('gives the text, thinking, ending and usage that were counted by hand', async () => {
    const parts = await partsOf(fixture(path))
    expect(parts[0]).toEqual({ type: 'response-start', responseId: expected.id, model: 'gpt-6.1-sol' })
    expect(joined(parts, 'text-delta')).toBe(expected.text)
    expect(joined(parts, 'reasoning-delta')).toBe(expected.thinking ?? '')
    expect(endings(parts)).toHaveLength(1)
    expect(parts.at(-1)).toMatchObject(expected.ending)
    const line = {
      role: 'main',
      model: 'gpt-6.1-sol',
      tokens: expected.tokens,
      reasoningTokens: expected.reasoningTokens ?? 0,
      fees: expected.fees ?? [],
      modifiers: [],
      maybeFree: false,
    }
    const usage = lastUsage(parts)
    expect(usage?.lines).toEqual(expected.tokens === null ? undefined : [line])
    expect(usage?.flags).toEqual(expected.tokens === null ? undefined : (expected.flags ?? []))
  })

  it('gives the same however it is cut into packets and lines', async () => {
    const whole = await partsOf(fixture(path))
    expect(await partsOf(fixture(path, { chunk: 'byte' }))).toEqual(whole)
    expect(await partsOf(fixture(path, { chunk: [7, 1, 64], lineEnd: 'crlf', comments: true }))).toEqual(whole)
    expect(await partsOf(fixture(path, { chunk: 'all', lineEnd: 'cr' }))).toEqual(whole)
  })
})

/** Figures of published recordings, as read off their own last usage; pico-dollars of the tokens at their prices. */
const RECORDED: Readonly<
  Record<string, { in: number; cached: number; out: number; reasoning: number; pico?: string }>
> = {
  'openai-web-search-tool.1': { in: 31_073, cached: 3712, out: 4416, reasoning: 3712, pico: '15765050000' },
  'openai-code-interpreter-tool.1': { in: 6047, cached: 2944, out: 1623, reasoning: 1408, pico: '819070000' },
  'openai-compaction.1': { in: 51_097, cached: 49_792, out: 2505, reasoning: 0, pico: '46067350000' },
  'openai-file-search-tool.1': { in: 3737, cached: 2304, out: 621, reasoning: 512 },
  'openai-image-generation-tool.1': { in: 2941, cached: 1920, out: 1249, reasoning: 1024 },
  // Four responses in one file; a call is the first.
  'openai-reasoning-encrypted-content.1': { in: 134, cached: 0, out: 28, reasoning: 0 },
  'programmatic-tool-calling.1': { in: 631, cached: 0, out: 87, reasoning: 37 },
  'openai-mcp-tool.1': { in: 11_791, cached: 0, out: 963, reasoning: 512 },
  'openai-tool-search.1': { in: 640, cached: 0, out: 46, reasoning: 20 },
}

const recordings = listRecordings('openai-responses').filter(({ kind }) => kind === 'stream')

describe.runIf(recordings.length > 0).each(recordings)('recording $name', ({ name }) => {
  it('ends once, and with the figures it reports itself', async () => {
    const parts = await partsOf(fixture(`${name}.chunks.txt`))
    expect(endings(parts)).toHaveLength(1)
    expect(TERMINAL).toContain(parts.at(-1)?.type)
    const usage = lastUsage(parts)
    // What containers and pictures cost is in no report; `replay` names the recordings in which that is so.
    expect((usage?.flags ?? []).filter((flag) => flag !== 'fee_not_reported')).toEqual([])
    const known = RECORDED[name.replace('openai-responses/', '')]
    if (known === undefined) return
    const [line] = usage?.lines ?? []
    if (line === undefined) throw new Error('no usage')
    expect([inputTokens(line), outputTokens(line)]).toEqual([known.in, known.out])
    expect([line.tokens.in_cache_read, line.reasoningTokens]).toEqual([known.cached, known.reasoning])
    if (known.pico === undefined) return
    const cost = costOf(priceUsage([{ ...line, fees: [] }], createCatalog().prices, 'openai', AT))
    expect(cost.pico?.toString()).toBe(known.pico)
  })
})

it.runIf(recordings.some(({ name }) => name.endsWith('/openai-error.1')))(
  'a recorded empty balance is a failure that costs nothing',
  async () => {
    const parts = await partsOf(fixture('openai-responses/openai-error.1.chunks.txt'))
    expect(parts.at(-1)).toMatchObject(failed('no_credit', false))
    expect(lastUsage(parts)).toBeUndefined()
  },
)

describe('a request', () => {
  const sent = () => server.requests.at(-1)
  const inputSent = () => (sent()?.json as { input: { summary?: unknown[] }[] } | undefined)?.input ?? []

  it('streams, keeps nothing at the provider, and asks for the thinking in encrypted form', async () => {
    await partsOf(fixture('openai-responses/text'))
    expect(sent()).toMatchObject({ method: 'POST', path: '/v1/responses' })
    expect(sent()?.json).toEqual({
      model: 'gpt-asked',
      input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
      max_output_tokens: 100,
      stream: true,
      store: false,
      include: ['reasoning.encrypted_content'],
    })
  })

  it('asks a model that does not think for no thinking, which it refuses with a 400', async () => {
    server.enqueue(fixture('openai-responses/text'))
    await partsWith(accessWith(), HI, false)
    expect(sent()?.json).not.toHaveProperty('include')
  })

  it('carries the key in one header and nowhere else, whatever the environment says', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-other')
    vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-admin-other')
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1')
    vi.stubEnv('OPENAI_ORG_ID', 'org-other')
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-other')
    vi.stubEnv('OPENAI_LOG', 'debug')
    const parts = await partsOf(fixture('openai-responses/text'))
    expect(parts.at(-1)).toEqual(finish('end'))
    const headers = Object.entries(sent()?.headers ?? {})
    expect(headers.filter(([, value]) => String(value).includes(KEY))).toEqual([['authorization', `Bearer ${KEY}`]])
    expect(headers.filter(([, value]) => String(value).includes('other'))).toEqual([])
    expect(`${sent()?.url ?? ''}${sent()?.body ?? ''}`).not.toContain(KEY)
  })

  // Options an older model does not know are a 400 for every question; an "off" that is not said is paid for.
  it.each<[string, CachePlan | null, object]>([
    ['nothing', null, {}],
    ['a key alone', { mode: 'on', ttl: null, key: 'cnv_1', boundaries: [] }, { prompt_cache_key: 'cnv_1' }],
    [
      'a key and that it may mark by itself',
      { mode: 'on', ttl: '30m', key: 'cnv_1', boundaries: [] },
      { prompt_cache_key: 'cnv_1', prompt_cache_options: { mode: 'implicit' } },
    ],
    [
      'that it may not',
      { mode: 'off', ttl: null, key: null, boundaries: [] },
      { prompt_cache_options: { mode: 'explicit' } },
    ],
  ])('says of caching: %s', async (_, cache, expected) => {
    server.enqueue(fixture('openai-responses/text'))
    await partsWith(accessWith(), HI, true, cache)
    const said = Object.entries(sent()?.json ?? {}).filter(([name]) => name.startsWith('prompt_cache'))
    expect(Object.fromEntries(said)).toEqual(expected)
    expect(sent()?.body).not.toContain('prompt_cache_breakpoint')
  })

  it('is made once, also when it fails in a way that could be tried again', async () => {
    const before = server.requests.length
    for (const status of [408, 409, 429, 500, 503]) await partsOf(httpError(status, '', { 'x-should-retry': 'true' }))
    expect(server.requests.length - before).toBe(5)
  })

  it('is not made without a key', async () => {
    const before = server.requests.length
    expect(await partsWith(accessWith({ key: null }))).toMatchObject([failed('key_missing', false)])
    expect(await openai.listModels(accessWith({ key: null }))).toMatchObject({ failure: { code: 'key_missing' } })
    expect(server.requests.length).toBe(before)
  })

  it.each([
    ['reasoning', 'rs_lk02', 'gAAAA-lk-opaque-one==', 2],
    ['reasoning-hidden', 'rs_lk03', 'gAAAA-lk-opaque-two==', 0],
  ])('gives back the thinking of an earlier answer, shown or not (%s)', async (name, id, encrypted, summaries) => {
    const parts = await partsOf(fixture(`openai-responses/${name}`))
    const kept = keptOf(parts).flatMap((part) =>
      part.type === 'reasoning' && part.proof !== null ? [{ text: part.text, proof: part.proof }] : [],
    )
    await partsOf(fixture('openai-responses/text'), accessWith(), [
      ...HI,
      { role: 'assistant', text: 'Done.', reasoning: kept },
      ...HI,
    ])
    expect(inputSent()).toMatchObject([
      { role: 'user' },
      { type: 'reasoning', id, encrypted_content: encrypted },
      { role: 'assistant', content: 'Done.' },
      { role: 'user' },
    ])
    expect(inputSent()[1]?.summary).toHaveLength(summaries)
  })

  it('keeps the proofs of several pieces of thinking apart', async () => {
    const done = fixtureEvents('openai-responses/reasoning').filter(({ data }) => data.includes('"rs_lk02"'))
    const shown = done.filter(({ event }) => event !== 'response.completed')
    const hidden = fixtureEvents('openai-responses/reasoning-hidden')
    const kept = keptOf(await partsOf(stream([...hidden.slice(0, 3), ...shown, ...hidden.slice(3)])))
    const ids = kept.map((part) => (part.type === 'reasoning' ? /rs_lk0\d/.exec(part.proof ?? '')?.[0] : part.type))
    expect(ids).toEqual(['rs_lk02', 'rs_lk03', 'text'])
  })

  it('leaves out thinking whose proof is not one', async () => {
    const proofs = [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"id":"rs_1"}',
      '{"id":1,"encrypted_content":"e"}',
      '{"id":"","encrypted_content":"e"}',
    ]
    const reasoning = [
      ...proofs.map((proof) => ({ text: '', proof })),
      {
        text: '',
        proof: '{"id":"rs_2","encrypted_content":"e","summary":[null,{"text":1},{"text":"so"}],"more":true}',
      },
    ]
    await partsOf(fixture('openai-responses/text'), accessWith(), [{ role: 'assistant', text: 'Done.', reasoning }])
    expect(inputSent()).toEqual([
      { type: 'reasoning', id: 'rs_2', encrypted_content: 'e', summary: [{ type: 'summary_text', text: 'so' }] },
      { role: 'assistant', content: 'Done.' },
    ])
  })
})

/** The parts as a message keeps them. */
function keptOf(parts: readonly StreamPart[]): MessagePart[] {
  return parts.reduce<MessagePart[]>((kept, part) => {
    if (part.type === 'text-delta') return appendDelta(kept, { type: 'text', text: part.text })
    if (part.type === 'reasoning-delta') return appendDelta(kept, { type: 'reasoning', text: part.text })
    return part.type === 'reasoning-proof' ? sealReasoning(kept, part.proof) : kept
  }, [])
}

describe('a stream that is cut after any event', () => {
  it.each(['reasoning', 'cache', 'web-search'])('never invents an ending or a cost (%s)', async (name) => {
    const path = `openai-responses/${name}`
    for (let length = 1; length < fixtureEvents(path).length; length += 1) {
      const parts = await partsOf(stream(cutAfter(path, length)))
      expect(parts.at(-1)).toEqual({ type: 'cut-off' })
      expect(endings(parts)).toHaveLength(1)
      expect(lastUsage(parts)).toBeUndefined()
    }
  })

  it('is cut off, not a protocol failure, when text came without a start', async () => {
    const parts = await partsOf(stream(withoutTerminalEvent('openai-responses/text').slice(2)))
    expect(parts.at(-1)).toEqual({ type: 'cut-off' })
  })
})

describe('a stream that goes on or repeats itself', () => {
  it('starts once and ends once', async () => {
    const once = await partsOf(fixture('openai-responses/text'))
    const events = duplicateEvents('openai-responses/text', 'response.created', 'response.completed')
    expect(await partsOf(stream(events))).toEqual(once)
  })

  it('ignores what follows its end, whatever it is', async () => {
    const once = await partsOf(fixture('openai-responses/text'))
    const whole = fixtureEvents('openai-responses/text')
    const after = [...fixtureEvents('openai-responses/eof'), { event: 'error', data: '{"code":"late"}' }]
    expect(await partsOf(stream([...whole, ...after]))).toEqual(once)
    expect(await partsOf(stream([...whole, { data: '{"type":"resp' }]))).toEqual(once)
    expect(await partsOf(stream([...whole, { data: '[DONE]' }]))).toEqual(once)
  })
})

/** The text fixture with another end. */
function endingWith(more: object, type = 'response.completed'): Reply {
  return stream(
    fixtureEvents('openai-responses/text').map((event) => {
      if (event.event !== 'response.completed') return event
      const data = JSON.parse(event.data) as { response: object }
      return { event: type, data: JSON.stringify({ ...data, type, response: { ...data.response, ...more } }) }
    }),
  )
}

describe('usage that is not what the documentation says', () => {
  const sound = { input_tokens: 100, output_tokens: 9 }

  it.each([
    ['a field nobody knows', { ...sound, moon_tokens: 4 }, 'unknown_usage_field'],
    ['a kind of input nobody knows', { ...sound, input_tokens_details: { moon_tokens: 4 } }, 'unknown_usage_field'],
    ['a kind of output nobody knows', { ...sound, output_tokens_details: { moon: 4 } }, 'unknown_usage_field'],
    ['a negative count', { ...sound, output_tokens: -9 }, 'malformed_usage'],
    ['a fraction', { ...sound, input_tokens: 1.5 }, 'malformed_usage'],
    ['a text', { ...sound, output_tokens: '9' }, 'malformed_usage'],
    ['a number past what is exact', { ...sound, input_tokens: 2 ** 60 }, 'malformed_usage'],
    ['details that are none', { ...sound, input_tokens_details: [1] }, 'malformed_usage'],
    ['more read than there was', { ...sound, input_tokens_details: { cached_tokens: 101 } }, 'usage_inconsistent'],
    [
      'more read and written than there was',
      { ...sound, input_tokens_details: { cached_tokens: 60, cache_write_tokens: 60 } },
      'usage_inconsistent',
    ],
    ['more thinking than output', { ...sound, output_tokens_details: { reasoning_tokens: 10 } }, 'usage_inconsistent'],
    ['a total with something else in it', { ...sound, total_tokens: 200 }, 'usage_inconsistent'],
    ['no object at all', 'lots', 'malformed_usage'],
  ])('is flagged and never negative: %s', async (_, usage, flag) => {
    const parts = await partsOf(endingWith({ usage }))
    expect(lastUsage(parts)?.flags).toContain(flag)
    expect(parts.at(-1)).toEqual(finish('end'))
    const [line] = lastUsage(parts)?.lines ?? []
    expect(Object.values(line?.tokens ?? {}).every((tokens) => tokens >= 0)).toBe(true)
    expect(line === undefined ? 0 : inputTokens(line)).toBeLessThanOrEqual(100)
  })

  it('is not zero when it is missing', async () => {
    expect(lastUsage(await partsOf(endingWith({ usage: null })))).toBeUndefined()
    const parts = await partsOf(endingWith({ usage: { input_tokens: 7 } }))
    expect(lastUsage(parts)?.lines[0]?.tokens).toEqual({ in_uncached: 7 })
  })

  it('takes the lifetimes of a cache write as its total when there is no other', async () => {
    const details = { cached_tokens: 10, cache_write_tokens_details: { ttl_30m_tokens: 20, ttl_12h_tokens: 30 } }
    const parts = await partsOf(endingWith({ usage: { ...sound, input_tokens_details: details } }))
    expect(lastUsage(parts)).toMatchObject({ flags: [] })
    expect(lastUsage(parts)?.lines[0]?.tokens).toEqual({
      in_uncached: 40,
      in_cache_read: 10,
      in_cache_write_30m: 20,
      in_cache_write_12h: 30,
      out: 9,
    })
  })
})

describe('what changes the price', () => {
  const lineOf = async (more: object) => lastUsage(await partsOf(endingWith(more)))?.lines[0]

  it.each([
    ['default', []],
    ['auto', []],
    [null, []],
    ['flex', ['flex']],
    ['priority', ['priority']],
    ['fast', ['fast']],
    ['ultrafast', ['ultrafast']],
    ['constructor', ['constructor']],
  ])('is the tier the response names (%s)', async (service_tier, modifiers) => {
    expect((await lineOf({ service_tier }))?.modifiers).toEqual(modifiers)
  })

  it('is the model that answered, or the one asked for where none is named', async () => {
    expect((await lineOf({ model: 'gpt-other' }))?.model).toBe('gpt-other')
    expect((await lineOf({ model: null }))?.model).toBe('gpt-asked')
  })

  it('counts the searches themselves where no tool usage is reported, and not the pages opened', async () => {
    const call = (type: string) => ({ type: 'web_search_call', action: { type } })
    const output = [call('search'), call('open_page'), call('search'), null, { type: 'web_search_call' }]
    expect((await lineOf({ output }))?.fees).toEqual([{ kind: 'web_search', units: 2 }])
    const tool_usage = { web_search: { num_requests: 0 } }
    expect((await lineOf({ output, tool_usage }))?.fees).toEqual([])
  })

  it('prices drawn pictures on the model that drew them, as a line of their own', async () => {
    const counts = {
      input_tokens: 50,
      input_tokens_details: { image_tokens: 20, text_tokens: 30 },
      output_tokens: 1_056,
    }
    const ended = { tool_usage: { image_gen: counts }, tools: [{ type: 'image_generation', model: 'gpt-image-2' }] }
    const report = lastUsage(await partsOf(endingWith({ usage: { input_tokens: 5, output_tokens: 7 }, ...ended })))
    expect(report?.lines).toMatchObject([
      { role: 'main', tokens: { in_uncached: 5, out: 7 } },
      { role: 'image_gen', model: 'gpt-image-2', tokens: { in_uncached: 30, in_image: 20, out: 0, out_image: 1_056 } },
    ])
  })

  it.each([['image_generation_call'], ['code_interpreter_call']])(
    'says that a %s is charged for beside what is reported',
    async (type) => {
      const usage = { input_tokens: 5, output_tokens: 7 }
      const report = lastUsage(await partsOf(endingWith({ usage, output: [{ type, status: 'completed' }] })))
      expect(report?.flags).toEqual(['fee_not_reported'])
      expect(report?.lines).toHaveLength(1)
    },
  )

  it('counts searches through files by their calls', async () => {
    const output = [{ type: 'file_search_call' }, { type: 'file_search_call' }, { type: 'message' }]
    expect((await lineOf({ output }))?.fees).toEqual([{ kind: 'file_search', units: 2 }])
  })

  it('takes the amount xAI states for this dialect as the bill', async () => {
    const usage = { input_tokens: 5, output_tokens: 7, cost_in_usd_ticks: 1_721_250, num_sources_used: 0 }
    const report = lastUsage(await partsOf(endingWith({ usage })))
    expect(report).toMatchObject({ stated: [{ kind: 'total', usd: '0.000172125' }], flags: [] })
  })
})

describe('an incomplete or failed answer', () => {
  it.each([['max_messages'], ['steered'], ['constructor'], [null]])('could go on when it says %s', async (reason) => {
    const parts = await partsOf(endingWith({ incomplete_details: { reason } }, 'response.incomplete'))
    expect(parts.at(-1)).toEqual(finish('pause'))
  })

  it('is paid for as far as it got', async () => {
    const error = { code: 'server_error', message: `Broken, ${KEY}` }
    const parts = await partsOf(endingWith({ error }, 'response.failed'))
    expect(lastUsage(parts)?.lines[0]?.tokens.out).toBe(48)
    expect(parts.at(-1)).toMatchObject({
      type: 'failure',
      failure: {
        code: 'server',
        providerCode: 'server_error',
        detail: 'Broken, [key]',
        maybeBilled: true,
        status: null,
      },
      // The bug: an exact figure is booked as an estimate with the answer's limit as its bound.
      reportIsFinal: true,
    })
  })

  it('says nothing final where it reports nothing', async () => {
    const parts = await partsOf(endingWith({ error: { code: 'server_error' }, usage: null }, 'response.failed'))
    expect(parts.at(-1)).not.toHaveProperty('reportIsFinal')
    expect((await partsOf(fixture('openai-responses/error-event'))).at(-1)).not.toHaveProperty('reportIsFinal')
  })

  it.each([
    [{ code: 'rate_limit_exceeded' }, 'rate_limited'],
    [{ code: 'bio_policy' }, 'content_blocked'],
    [{ code: 'invalid_prompt' }, 'content_blocked'],
    [{ code: 'project_spend_limit_exceeded', type: 'insufficient_quota' }, 'spend_limit'],
    [{ type: 'invalid_request_error' }, 'bad_request'],
    ['no', 'server'],
    [null, 'server'],
  ])('says why (%j)', async (error, code) => {
    const parts = await partsOf(endingWith({ error }, 'response.failed'))
    expect(parts.at(-1)).toMatchObject({ failure: { code } })
  })

  it.each([{ error: { code: 'insufficient_quota' } }, { code: 'insufficient_quota', type: 'error' }])(
    'in an error event costs nothing before a word, and perhaps something after (%j)',
    async (data) => {
      const error = { event: 'error', data: JSON.stringify(data) }
      const begun = cutAfter('openai-responses/text', 6)
      expect((await partsOf(stream([...begun.slice(0, 2), error]))).at(-1)).toMatchObject(failed('no_credit', false))
      expect((await partsOf(stream([...begun, error]))).at(-1)).toMatchObject(failed('no_credit', true))
      // An item that has begun may hold thinking nobody is shown.
      expect((await partsOf(stream([...begun.slice(0, 3), error]))).at(-1)).toMatchObject(failed('no_credit', true))
    },
  )
})

const refusal = (code: string | null, type = 'invalid_request_error') => ({
  error: { message: `No, ${KEY}.`, type, param: null, code },
})

describe('a refusal by status', () => {
  it.each([
    [401, 'invalid_api_key', undefined, 'key_invalid'],
    [401, null, undefined, 'key_invalid'],
    [401, 'missing_scope', undefined, 'key_no_scope'],
    [403, null, undefined, 'key_no_scope'],
    [403, 'unsupported_country_region_territory', 'request_forbidden', 'key_no_scope'],
    [404, 'model_not_found', undefined, 'model_not_found'],
    [404, null, undefined, 'model_not_found'],
    [400, 'model_not_found', undefined, 'model_not_found'],
    [400, 'context_length_exceeded', undefined, 'context_too_long'],
    [400, 'content_policy_violation', undefined, 'content_blocked'],
    [400, 'invalid_prompt', undefined, 'content_blocked'],
    [400, 'unsupported_parameter', undefined, 'bad_request'],
    [400, 'constructor', 'constructor', 'bad_request'],
    [422, null, undefined, 'bad_request'],
    [429, 'insufficient_quota', 'insufficient_quota', 'no_credit'],
    [429, null, 'insufficient_quota', 'no_credit'],
    [429, 'credit_balance_exhausted', 'insufficient_quota', 'no_credit'],
    [429, 'organization_spend_limit_exceeded', 'insufficient_quota', 'spend_limit'],
    [429, 'project_spend_limit_exceeded', 'insufficient_quota', 'spend_limit'],
    [429, 'organization_usage_limit_exceeded', 'insufficient_quota', 'spend_limit'],
    [429, 'rate_limit_exceeded', 'tokens', 'rate_limited'],
    [429, 'slow_down', undefined, 'rate_limited'],
    [409, null, undefined, 'bad_request'],
    [503, 'server_is_overloaded', 'server_error', 'overloaded'],
  ] as const)('%i %s (%s) means %s and costs nothing', async (status, said, type, code) => {
    const parts = await partsOf(httpError(status, refusal(said, type), { 'x-request-id': 'req_lk' }))
    const known = { code, status, maybeBilled: false, requestId: 'req_lk', detail: 'No, [key].' }
    expect(parts).toMatchObject([{ type: 'failure', failure: known }])
    expect(parts).toMatchObject([{ failure: { providerCode: said ?? type ?? 'invalid_request_error' } }])
  })

  it('by a server that gave up may have cost something; one that did not begin has not', async () => {
    const billed: unknown[] = []
    for (const status of [500, 502, 504, 408, 503]) {
      const [part] = await partsOf(httpError(status, ''))
      billed.push([
        status,
        part?.type === 'failure' && part.failure.code,
        part?.type === 'failure' && part.failure.maybeBilled,
      ])
    }
    expect(billed).toEqual([
      [500, 'server', true],
      [502, 'server', true],
      [504, 'timeout', true],
      [408, 'timeout', true],
      [503, 'overloaded', false],
    ])
  })

  it('says when to come back, within reason', async () => {
    const at = async (headers: Record<string, string>) => {
      const [part] = await partsOf(httpError(429, refusal('rate_limit_exceeded'), headers))
      return part?.type === 'failure' ? part.failure.retryAtMs : part
    }
    expect(await at({ 'retry-after': '34' })).toBe(AT + 34_000)
    expect(await at({ 'retry-after': '34', 'retry-after-ms': '33250' })).toBe(AT + 33_250)
    expect(await at({ 'retry-after': '2', 'retry-after-ms': 'soon' })).toBe(AT + 2_000)
    expect(await at({ 'retry-after': new Date(AT + 60_000).toUTCString() })).toBe(AT + 60_000)
    expect([await at({}), await at({ 'retry-after': '-5' }), await at({ 'retry-after': '99999999' })]).toEqual([
      null,
      null,
      null,
    ])
  })

  it.each([
    { error: { message: { a: 1 }, code: 'invalid_api_key' } },
    { error: { message: 'x'.repeat(3_000_000), code: { deep: [] } } },
    { error: 'no' },
    { message: 'no' },
    [],
  ])('is understood whatever its body is (%#)', async (body) => {
    const parts = await partsOf(httpError(401, body))
    expect(parts).toMatchObject([{ type: 'failure', failure: { code: 'key_invalid' } }])
    expect(JSON.stringify(parts).length).toBeLessThan(1_000)
  })
})

describe('an answer that is no event stream', () => {
  const page = '<!doctype html><title>Sign in</title>\ndata: <p>'

  it.each([
    ['nothing', stream([])],
    ['half an event', stream([{ event: 'response.created', data: '{"type":"response.cre' }])],
    ['a page', httpError(200, page.split('\n')[0] ?? '', { 'content-type': 'text/html' })],
    ['a page that looks like events', httpError(200, `${page}\n\n`, { 'content-type': 'text/html' })],
    ['a JSON answer', json({ id: 'resp_1', output: [] })],
    ['JSON that is no event', stream([{ data: 'null' }, { data: '7' }, { data: '[]' }, { data: '{"type":7}' }])],
  ])('is a protocol failure, not an empty answer: %s', async (_, reply) => {
    expect(await partsOf(reply)).toMatchObject([failed('protocol', true)])
  })

  it('keeps what was answered before it became one', async () => {
    const begun = cutAfter('openai-responses/text', 6)
    for (const data of ['{"type":"response.output_te', 'garbage']) {
      const parts = await partsOf(stream([...begun, { data }]))
      expect(joined(parts, 'text-delta')).toBe('A latch holds a door shut')
      expect(parts.at(-1)).toMatchObject(failed('protocol', true))
    }
  })

  it('passes over events whose fields are of another kind', async () => {
    const odd = ['response.created', 'response.output_text.delta', 'response.output_item.done', 'response.completed']
    const parts = await partsOf(stream(odd.map((type) => ({ data: JSON.stringify({ type, delta: 7, response: [] }) }))))
    expect(parts).toEqual([{ type: 'response-start', responseId: null, model: null }, finish('end')])
  })
})

describe('a connection', () => {
  it('says "stopped" when it was stopped before an answer', async () => {
    const abort = new AbortController()
    abort.abort()
    expect(await partsWith(accessWith({ signal: abort.signal }))).toEqual([{ type: 'stopped' }])
  })

  it('says "stopped" when it was stopped in the middle, and keeps what came', async () => {
    const abort = new AbortController()
    const gate = gateAfter(6)
    server.enqueue(fixture('openai-responses/text', { gates: [gate] }))
    const parts: StreamPart[] = []
    const request = {
      provider: 'openai',
      model: 'm',
      messages: HI,
      maxOutputTokens: 100,
      reasons: true,
      cache: null,
    } as const
    for await (const part of openai.stream(request, accessWith({ signal: abort.signal }))) {
      parts.push(part)
      if (joined(parts, 'text-delta').endsWith('shut')) abort.abort()
    }
    expect(joined(parts, 'text-delta')).toBe('A latch holds a door shut')
    expect(endings(parts)).toEqual([{ type: 'stopped' }])
  })

  it('may have cost something when it broke and nobody knows when', async () => {
    const broken = accessWith({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
    expect(await partsWith(broken)).toMatchObject([failed('network', true)])
  })

  it.each([
    ['network', true, 'network'],
    ['timeout', true, 'timeout'],
    ['redirected', false, 'redirected'],
    ['refused', false, 'internal'],
  ] as const)('fails as our own transport says it did (%s)', async (said, maybeSent, code) => {
    const refusing = accessWith({ fetch: () => Promise.reject(new TransportError(said, maybeSent)) })
    expect(await partsWith(refusing)).toMatchObject([failed(code, maybeSent)])
  })
})

describe('the list of models', () => {
  const listing = (ids: readonly unknown[]) =>
    json({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) })
  const chat = ['gpt-6.1-sol', 'o3', 'chatgpt-4o-latest', 'ft:gpt-4.1:tts-and-audio:image-sorter:x1']
  const others =
    `text-embedding-3-large tts-1-hd whisper-1 gpt-4o-audio-preview gpt-realtime gpt-image-2 dall-e-3 sora-2
    omni-moderation-latest gpt-4o-transcribe babbage-002 davinci-002 gpt-3.5-turbo-instruct gpt-4o-search-preview`.split(
      /\s+/,
    )

  it('is one request, without what does not chat', async () => {
    const before = server.requests.length
    server.enqueue(listing([...chat, ...others, 7, null, '']))
    const list = await openai.listModels(accessWith())
    expect(list.ok && list.models.map(({ id }) => id)).toEqual(chat)
    expect(list.ok && list.models[0]).toEqual({
      id: 'gpt-6.1-sol',
      name: null,
      contextTokens: null,
      maxOutputTokens: null,
    })
    expect(server.requests.length - before).toBe(1)
    expect(server.requests.at(-1)).toMatchObject({ method: 'GET', url: '/v1/models' })
    expect(server.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${KEY}`)
  })

  it.each([
    ['a wrong key', httpError(401, refusal('invalid_api_key')), 'key_invalid'],
    ['a key that may not ask', httpError(403, refusal('missing_scope')), 'key_no_scope'],
    ['a page', httpError(200, '<html>', { 'content-type': 'text/html' }), 'protocol'],
    ['half JSON', httpError(200, '{"data":[', { 'content-type': 'application/json' }), 'protocol'],
    ['JSON of another shape', json({ models: [] }), 'protocol'],
  ])('is a failure, as a value, with %s', async (_, reply, code) => {
    server.enqueue(reply)
    expect(await openai.listModels(accessWith())).toMatchObject({ ok: false, failure: { code } })
  })
})
