import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ProviderId } from '../../src/core/provider'
import type { StreamPart } from '../../src/core/stream-part'
import { inputTokens, outputTokens, type UsageReport } from '../../src/core/usage'
import { openaiCompatible } from '../../src/main/providers/openai-compatible/adapter'
import { fixtureEvents, listFixtures, listRecordings } from '../support/fixtures'
import {
  cutAfter,
  duplicateEvents,
  fixture,
  gateAfter,
  heldBack,
  httpError,
  json,
  resetAfter,
  resetBeforeHeaders,
  startProviderServer,
  stream,
  withoutTerminalEvent,
  type ProviderServer,
  type Reply,
} from '../support/provider-server'
import { jsonEvent } from '../support/sse'

// The adapter alone, over the real SDK and a real socket. Expectations are counted by hand from the fixtures.

const AT = Date.parse('2026-11-23T10:00:00Z')
const KEY = 'sk-test-key-000'

let server: ProviderServer

beforeAll(async () => {
  server = await startProviderServer()
})
afterAll(() => server.close())

interface Asked {
  readonly provider?: ProviderId
  readonly key?: string | null
  readonly signal?: AbortSignal
}

function accessFor({ key = KEY, signal = new AbortController().signal }: Asked) {
  const redact = (text: string) => text.replaceAll(KEY, '[key]')
  const within = <Value>(work: () => Value) => work()
  return { key, baseUrl: `${server.origin}/v1`, fetch, within, signal, redact, now: () => AT }
}

function ask(asked: Asked = {}): AsyncIterable<StreamPart> {
  const request = {
    provider: asked.provider ?? 'compatible',
    model: 'asked-for',
    messages: [
      { role: 'user', text: 'Hi', reasoning: [] },
      { role: 'assistant', text: 'Yes?', reasoning: [{ text: 'thought', proof: 'proof' }] },
      { role: 'user', text: 'Where?', reasoning: [] },
    ],
    maxOutputTokens: 100,
    reasons: true,
    cache: null,
  } as const
  return openaiCompatible.stream(request, accessFor(asked))
}

async function partsOf(reply: Reply, asked?: Asked): Promise<StreamPart[]> {
  server.enqueue(reply)
  const parts: StreamPart[] = []
  for await (const part of ask(asked)) parts.push(part)
  return parts
}

async function failureOf(reply: Reply) {
  const parts = await partsOf(reply)
  expect(parts).toHaveLength(1)
  const [part] = parts
  if (part?.type !== 'failure') throw new Error(`a failure was expected, not ${JSON.stringify(part)}`)
  return part.failure
}

function listFrom(reply: Reply, asked: Asked = {}) {
  server.enqueue(reply, 'GET /v1/models')
  return openaiCompatible.listModels(accessFor(asked))
}

const joined = (parts: readonly StreamPart[], type: 'text-delta' | 'reasoning-delta') =>
  parts.map((part) => (part.type === type ? part.text : '')).join('')

const lastUsage = (parts: readonly StreamPart[]): UsageReport | undefined =>
  parts.findLast((part) => part.type === 'usage')?.usage

const TERMINAL = ['finish', 'failure', 'stopped', 'cut-off']

/** What each fixture of ours comes to. */
const EXPECTED = {
  // 120 in, of which 64 read from and 16 written to a cache: 40 are left.
  'openai-compatible/openrouter-text': {
    model: 'lockworks/pin-tumbler-2',
    text: 'Turn it twice — „klick“ 🗝️.',
    thinking: 'A lock. ',
    ending: { type: 'finish', reason: 'end' },
    tokens: { in_uncached: 40, in_cache_read: 64, in_cache_write_5m: 16, out: 31 },
    reasoningTokens: 9,
    flags: ['split_estimated'],
  },
  // 640 of 700 from the cache; thinking is inside the 45.
  'openai-compatible/deepseek-reasoning': {
    model: 'deepseek-reasoner',
    text: 'The small one.',
    thinking: 'Which key fits?',
    ending: { type: 'finish', reason: 'end' },
    tokens: { in_uncached: 60, in_cache_read: 640, out: 45 },
    reasoningTokens: 38,
    flags: [],
  },
  // The total is 123: 20 in, 3 out and 100 that nobody counted as output.
  'openai-compatible/xai-hidden-reasoning': {
    model: 'grok-4-fast',
    text: 'Yes.',
    thinking: 'Hm',
    ending: { type: 'finish', reason: 'end' },
    tokens: { in_uncached: 15, in_cache_read: 5, out: 103 },
    reasoningTokens: 100,
    flags: ['hidden_reasoning'],
  },
  'openai-compatible/groq-twice': {
    model: 'llama-3.3-70b-versatile',
    text: 'Click, open.',
    thinking: 'Quick. ',
    ending: { type: 'finish', reason: 'end' },
    tokens: { in_uncached: 44, out: 12 },
    reasoningTokens: null,
    flags: [],
  },
  'openai-compatible/mistral-pieces': {
    model: 'magistral-medium-latest',
    text: 'Graphite, dry. Always.',
    thinking: 'Oil or graphite?',
    ending: { type: 'finish', reason: 'max_tokens' },
    tokens: { in_uncached: 26, out: 60 },
    reasoningTokens: null,
    flags: [],
  },
  'openai-compatible/ollama-no-usage': {
    model: 'llama3.2:3b',
    text: 'Under the mat.',
    thinking: '',
    ending: { type: 'finish', reason: 'end' },
    tokens: {},
    reasoningTokens: null,
    flags: [],
  },
  // Reported four times, 1, 4, 7 and 7: cumulative, so 7.
  'openai-compatible/cumulative': {
    model: 'sonar',
    text: 'One, two, three.',
    thinking: '',
    ending: { type: 'finish', reason: 'end' },
    tokens: { in_uncached: 15, out: 7 },
    reasoningTokens: null,
    flags: [],
  },
  'openai-compatible/moonshot-usage-in-choice': {
    model: 'kimi-k2',
    text: 'Spare key.',
    thinking: '',
    ending: { type: 'finish', reason: 'end' },
    tokens: { in_uncached: 40, in_cache_read: 50, out: 11 },
    reasoningTokens: null,
    flags: [],
  },
  'openai-compatible/error-in-stream': {
    model: 'lockworks/pin-tumbler-2',
    text: 'Turn',
    thinking: '',
    ending: {
      type: 'failure',
      failure: {
        code: 'server',
        status: null,
        providerCode: '502',
        detail: 'Provider disconnected unexpectedly',
        maybeBilled: true,
      },
    },
    tokens: {},
    reasoningTokens: null,
    flags: [],
  },
  'openai-compatible/no-finish': {
    model: 'pin-tumbler-2',
    text: 'Half a sen',
    thinking: '',
    ending: { type: 'cut-off' },
    tokens: {},
    reasoningTokens: null,
    flags: [],
  },
  'openai-chat/azure-first-chunk': {
    model: 'gpt-5-nano-2025-08-07',
    text: 'Vaduz.',
    thinking: '',
    ending: { type: 'finish', reason: 'end' },
    tokens: { in_uncached: 18, in_cache_read: 0, out: 72 },
    reasoningTokens: 64,
    flags: [],
  },
  'openai-chat/refusal': {
    model: 'gpt-4.1-mini',
    text: 'I cannot open that.',
    thinking: '',
    ending: { type: 'finish', reason: 'refusal' },
    tokens: { in_uncached: 14, in_cache_read: 0, out: 6 },
    reasoningTokens: 0,
    flags: [],
  },
} as const

const names = Object.keys(EXPECTED) as (keyof typeof EXPECTED)[]

describe.each(names)('%s', (name) => {
  const expected = EXPECTED[name]

  it('gives the text, thinking, ending and usage that were counted by hand', async () => {
    const parts = await partsOf(fixture(name))
    expect(joined(parts, 'text-delta')).toBe(expected.text)
    expect(joined(parts, 'reasoning-delta')).toBe(expected.thinking)
    expect(parts.at(-1)).toMatchObject(expected.ending)
    expect(parts.filter(({ type }) => TERMINAL.includes(type))).toHaveLength(1)
    expect(parts.filter(({ type }) => type === 'response-start')).toMatchObject([{ model: expected.model }])
    const { model, tokens, reasoningTokens, flags } = expected
    expect(lastUsage(parts)).toMatchObject({
      lines: [{ role: 'main', model, reasoningTokens, fees: [], modifiers: [], maybeFree: false }],
      flags,
    })
    expect(lastUsage(parts)?.lines[0]?.tokens).toEqual(tokens)
  })

  it('is the same however its bytes arrive, and with comments in between', async () => {
    const whole = await partsOf(fixture(name))
    expect(await partsOf(fixture(name, { chunk: 'byte' }))).toEqual(whole)
    expect(await partsOf(fixture(name, { chunk: [7, 1, 300], lineEnd: 'crlf', comments: true }))).toEqual(whole)
    expect(await partsOf(fixture(name, { chunk: 'all', bom: true }))).toEqual(whole)
  })

  it('never invents an ending, and forgets no words, when it is cut after any event', async () => {
    const events = withoutTerminalEvent(fixtureEvents(name))
    const finish = events.findIndex(({ data }) => /"finish_reason":"/.test(data))
    for (let length = 0; length < events.length; length += 1) {
      const parts = await partsOf(stream(cutAfter(events, length)))
      const said = joined(parts, 'text-delta') + joined(parts, 'reasoning-delta')
      const cut = finish >= 0 && length > finish ? expected.ending.type : said === '' ? 'failure' : 'cut-off'
      expect([length, parts.at(-1)?.type]).toEqual([length, cut])
      expect(expected.text.startsWith(joined(parts, 'text-delta'))).toBe(true)
      // What has begun is billed: a call without a line would be booked as perhaps nothing.
      expect([length, said !== '' && lastUsage(parts) === undefined]).toEqual([length, false])
    }
  })
})

it('has an expectation for every fixture of the dialect', () => {
  const ours = [...listFixtures('openai-compatible'), ...listFixtures('openai-chat')].map(({ name }) => name)
  expect(ours.toSorted()).toEqual(names.toSorted())
})

/** Figures of published recordings as read off their own last usage: input, output with all thinking. */
const RECORDED: Readonly<Record<string, readonly [input: number, output: number]>> = {
  'openai-chat/azure-model-router.1': [15, 78],
  'openai-chat/openai-text': [16, 300],
  'openai-compatible/deepseek-reasoning': [18, 219],
  'openai-compatible/deepseek-tool-call': [339, 83],
  'openai-compatible/groq-tool-call': [210, 15],
  'openai-compatible/mistral-text': [13, 8],
  'openai-compatible/perplexity-text': [11, 434],
  'openai-compatible/xai-chat-ticks': [12, 291],
  'openai-compatible/xai-text': [12, 342],
}

const recordings = [...listRecordings('openai-compatible'), ...listRecordings('openai-chat')].filter(
  ({ kind }) => kind === 'stream',
)

describe.runIf(recordings.length > 0).each(recordings)('recording $name', (file) => {
  it('ends once, and with the figures it reports itself', async () => {
    // By its file: one of ours may have the same name.
    const parts = await partsOf(stream(fixtureEvents(file)))
    expect(parts.filter(({ type }) => TERMINAL.includes(type))).toHaveLength(1)
    expect(parts.at(-1)?.type).toBe('finish')
    const usage = lastUsage(parts)
    // xAI's thinking; `replay` names the recordings in which that is so.
    expect(usage?.flags.filter((flag) => flag !== 'hidden_reasoning')).toEqual([])
    const figures = usage?.lines.map((line) => [inputTokens(line), outputTokens(line)])
    expect(figures).toEqual([RECORDED[file.name] ?? figures?.[0]])
  })
})

describe('what is sent', () => {
  const sent = async (asked: Asked) => {
    await partsOf(fixture('openai-compatible/ollama-no-usage'), asked)
    const request = server.requests.at(-1)
    if (request === undefined) throw new Error('nothing was sent')
    return request
  }
  const headersNamed = (raw: readonly string[], name: string) =>
    raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name)

  it('is role and text, with the limit and the wish for usage, and no thinking', async () => {
    const request = await sent({ provider: 'openrouter' })
    expect(request.path).toBe('/v1/chat/completions')
    expect(request.json).toEqual({
      model: 'asked-for',
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Yes?' },
        { role: 'user', content: 'Where?' },
      ],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 100,
      provider: { data_collection: 'deny' },
    })
    for (const provider of ['mistral', 'deepseek', 'groq', 'xai', 'ollama', 'compatible'] as const) {
      expect((await sent({ provider })).json).not.toHaveProperty('provider')
    }
  })

  it.each(['ollama', 'lmstudio', 'llamacpp'] as const)('sets a local server no limit (%s)', async (provider) => {
    const { json: body } = await sent({ provider })
    expect(body).not.toHaveProperty('max_tokens')
    expect(body).toHaveProperty('stream_options', { include_usage: true })
  })

  it('leaves out what Mistral refuses, and names the limit as OpenAI wants it', async () => {
    expect((await sent({ provider: 'mistral' })).json).not.toHaveProperty('stream_options')
    const { json: body } = await sent({ provider: 'openai' })
    expect(body).toHaveProperty('max_completion_tokens', 100)
    expect(body).not.toHaveProperty('max_tokens')
  })

  it('carries the key in exactly one header, and none without a key', async () => {
    const withKey = await sent({ key: KEY })
    expect(headersNamed(withKey.rawHeaders, 'authorization')).toEqual([`Bearer ${KEY}`])
    expect(JSON.stringify(withKey.rawHeaders).split(KEY)).toHaveLength(2)
    const without = await sent({ key: null })
    expect(headersNamed(without.rawHeaders, 'authorization')).toEqual([])
    await listFrom(json({ data: [] }), { key: null })
    expect(headersNamed(server.requests.at(-1)?.rawHeaders ?? [], 'authorization')).toEqual([])
  })

  it('owes nothing to the environment', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-env')
    vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-env-admin')
    vi.stubEnv('OPENAI_ORG_ID', 'org-env')
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-env')
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1')
    try {
      const request = await sent({ key: null })
      expect(JSON.stringify(request.rawHeaders)).not.toContain('env')
      expect(headersNamed(request.rawHeaders, 'authorization')).toEqual([])
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('is sent once, whatever the answer', async () => {
    const before = server.requests.length
    await partsOf(httpError(503, ''))
    await partsOf(httpError(429, '', { 'retry-after': '0' }))
    await partsOf(resetBeforeHeaders())
    expect(server.requests.length - before).toBe(3)
  })
})

const chunk = (more: object, delta: object = { content: 'Hi' }, finish: string | null = 'stop') =>
  jsonEvent({ id: 'ours-1', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }], ...more })
const DONE = { data: '[DONE]' }

describe('usage that is not what the documentation says', () => {
  const usageFrom = async (usage: unknown, more: object = {}) =>
    lastUsage(await partsOf(stream([chunk({ usage, ...more }), DONE])))
  const good = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }

  it.each<[string, object, readonly (readonly [kind: string, usd: string | null])[]]>([
    ['ticks', { cost_in_usd_ticks: 1_721_250 }, [['total', '0.000172125']]],
    ['a number with an exponent', { cost: 4.1400000000000003e-5 }, [['total', '0.000041400000000000003']]],
    ['a total among its parts', { cost: { input_tokens_cost: 0.1, total_cost: 0.25 } }, [['total', '0.25']]],
    [
      "a router's fee and what the provider behind it bills",
      { cost: 0, is_byok: true, cost_details: { upstream_inference_cost: 1.13e-5 } },
      [
        ['total', '0'],
        ['upstream', '0.0000113'],
      ],
    ],
    [
      "a router's fee, and silence about the rest",
      { cost: 0.001, is_byok: true },
      [
        ['total', '0.001'],
        ['upstream', null],
      ],
    ],
    [
      'what the provider behind a router took is inside the total',
      { cost: 1, cost_details: { upstream_inference_cost: 9 } },
      [['total', '1']],
    ],
    ['nothing', {}, []],
  ])('states its cost: %s', async (_, more, stated) => {
    const report = await usageFrom({ ...good, ...more })
    expect(report?.stated.map(({ kind, usd }) => [kind, usd])).toEqual(stated)
    expect(report?.flags).toEqual([])
  })

  it.each([
    [{ cost: -1 }],
    [{ cost: 'much' }],
    [{ cost: 1e9 }],
    [{ cost_in_usd_ticks: 0.5 }],
    [{ cost_in_usd_ticks: -1 }],
  ])('states no cost that is none: %j', async (more) => {
    expect(await usageFrom({ ...good, ...more })).toMatchObject({ stated: [], flags: ['malformed_usage'] })
  })

  it('finds thinking where it is more than the completion, though no total tells', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 2, completion_tokens_details: { reasoning_tokens: 340 } }
    const report = await usageFrom(usage)
    expect(report).toMatchObject({ lines: [{ tokens: { out: 342 } }], flags: ['hidden_reasoning'] })
  })

  it('keeps sound apart, and what is written to a cache by how long it lives', async () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 20,
      prompt_tokens_details: {
        audio_tokens: 30,
        cached_tokens: 10,
        cache_write_tokens: 15,
        cache_write_tokens_details: { ttl_30m_tokens: 5, ttl_12h_tokens: 10 },
      },
      completion_tokens_details: { audio_tokens: 8 },
    }
    const tokens = {
      in_uncached: 45,
      in_cache_read: 10,
      in_cache_write_30m: 5,
      in_cache_write_12h: 10,
      in_audio: 30,
      out: 12,
      out_audio: 8,
    }
    expect((await usageFrom(usage))?.lines[0]?.tokens).toEqual(tokens)
  })

  it.each([
    ['a field nobody knows', { ...good, moon_tokens: 4 }, 'unknown_usage_field'],
    ['a detail nobody knows', { ...good, prompt_tokens_details: { moon_tokens: 4 } }, 'unknown_usage_field'],
    ['a negative count', { ...good, completion_tokens: -5 }, 'malformed_usage'],
    ['a fraction', { ...good, completion_tokens: 1.5 }, 'malformed_usage'],
    ['a text', { ...good, prompt_tokens: '10' }, 'malformed_usage'],
    ['more than any model writes', { ...good, completion_tokens: 1e12 }, 'malformed_usage'],
    [
      'more from the cache than there was',
      { ...good, prompt_tokens_details: { cached_tokens: 11 } },
      'usage_inconsistent',
    ],
    ['a total below its parts', { ...good, total_tokens: 14 }, 'usage_inconsistent'],
    ['details that are none', { ...good, prompt_tokens_details: 3 }, 'malformed_usage'],
    [
      'more thinking than there was output',
      { ...good, completion_tokens_details: { reasoning_tokens: 300 } },
      'usage_inconsistent',
    ],
    [
      'halves that are no whole',
      { ...good, prompt_cache_hit_tokens: 8, prompt_cache_miss_tokens: 5 },
      'usage_inconsistent',
    ],
    ['no object at all', 'lots', 'malformed_usage'],
  ])('is flagged: %s', async (_, usage, flag) => {
    expect((await usageFrom(usage))?.flags).toEqual([flag])
  })

  it('reports no uncached input rather than a negative one', async () => {
    const usage = await usageFrom({ ...good, prompt_tokens_details: { cached_tokens: 11 } })
    expect(usage?.lines[0]?.tokens).toEqual({ in_cache_read: 11, out: 5 })
  })

  it('takes a count of nothing at all for no count', async () => {
    const usage = await usageFrom({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })
    expect(usage).toMatchObject({ lines: [{ tokens: {} }], flags: [] })
  })

  it('keeps a sound count when a later one is none', async () => {
    const events = [chunk({ usage: good }, {}, null), chunk({ usage: { completion_tokens: 'five' } }), DONE]
    const usage = lastUsage(await partsOf(stream(events)))
    expect(usage?.lines[0]?.tokens).toEqual({ in_uncached: 10, out: 5 })
    expect(usage?.flags).toEqual(['malformed_usage'])
  })

  it('keeps every figure as it came, and of an endless row the last', async () => {
    const events = Array.from({ length: 50 }, (_, index) => chunk({ usage: { ...good, total_tokens: 15 + index } }))
    const raw = lastUsage(await partsOf(stream([...events, DONE])))?.raw
    expect(raw).toHaveLength(20)
    expect(raw).toMatchObject({ 0: { total_tokens: 15 }, 19: { total_tokens: 64 } })
  })

  it('names the tier that answered when it is not the usual one', async () => {
    expect((await usageFrom(good, { service_tier: 'priority' }))?.lines[0]?.modifiers).toEqual(['priority'])
    expect((await usageFrom(good, { service_tier: 'default' }))?.lines[0]?.modifiers).toEqual([])
  })

  it('counts searches as fees', async () => {
    const usage = await usageFrom({ ...good, server_tool_use: { web_search_requests: 2 } })
    expect(usage).toMatchObject({ lines: [{ fees: [{ kind: 'web_search', units: 2 }] }], flags: [] })
  })

  it('names the model that was asked for where the answer names none', async () => {
    expect((await usageFrom(good, { model: '' }))?.lines[0]?.model).toBe('asked-for')
  })

  it('counts repeated reports once', async () => {
    for (const name of names) {
      const twice = await partsOf(stream(duplicateEvents(withoutTerminalEvent(fixtureEvents(name)))))
      expect([name, lastUsage(twice)?.lines[0]?.tokens]).toEqual([name, EXPECTED[name].tokens])
    }
  })
})

describe('what the model says', () => {
  it('is thought once when it comes under both names', async () => {
    const delta = { reasoning_content: 'Hm', reasoning: 'Hm', content: 'Yes' }
    const parts = await partsOf(stream([chunk({}, delta), DONE]))
    expect([joined(parts, 'reasoning-delta'), joined(parts, 'text-delta')]).toEqual(['Hm', 'Yes'])
  })

  it.each([
    ['stop', { type: 'finish', reason: 'end' }],
    ['length', { type: 'finish', reason: 'max_tokens' }],
    ['content_filter', { type: 'finish', reason: 'refusal' }],
    ['tool_calls', { type: 'finish', reason: 'tool_call' }],
    ['model_length', { type: 'finish', reason: 'context_full' }],
    ['constructor', { type: 'finish', reason: 'end' }],
    ['error', { type: 'failure', failure: { code: 'server', maybeBilled: true } }],
    ['insufficient_system_resource', { type: 'failure', failure: { code: 'overloaded', maybeBilled: true } }],
  ])('ends as "%s" says', async (finish, ending) => {
    expect((await partsOf(stream([chunk({}, { content: 'Hi' }, finish), DONE]))).at(-1)).toMatchObject(ending)
  })

  it.each([
    ['no choices', { choices: null }],
    ['a choice without a delta', { choices: [{}] }],
    ['content that is a number', { choices: [{ delta: { content: 5, reasoning: {} } }] }],
    ['pieces of no kind', { choices: [{ delta: { content: [null, 'x', { type: 'thinking', thinking: [3] }] } }] }],
  ])('is read past %s', async (_, odd) => {
    const parts = await partsOf(stream([jsonEvent({ id: 'ours-1', ...odd }), chunk({}), DONE]))
    expect(joined(parts, 'text-delta')).toBe('Hi')
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'end' })
  })

  it('is complete although the connection breaks after the last word', async () => {
    const parts = await partsOf(resetAfter([chunk({}), DONE], 1))
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'end' })
  })

  it('is kept when the connection breaks in the middle', async () => {
    const parts = await partsOf(resetAfter('openai-compatible/no-finish', 3))
    expect(joined(parts, 'text-delta')).toBe('Half a sen')
    expect(parts.at(-1)).toMatchObject({ type: 'failure', failure: { maybeBilled: true } })
  })

  it('may be five megabytes on one line', async () => {
    const content = 'x'.repeat(5_000_000)
    const parts = await partsOf(stream([chunk({}, { content }), DONE], { chunk: 65_536 }))
    expect(joined(parts, 'text-delta')).toHaveLength(5_000_000)
    expect(parts.at(-1)?.type).toBe('finish')
  })
})

describe('an answer that is no event stream', () => {
  it.each([
    ['nothing', stream([])],
    ['only an end', stream([DONE])],
    ['half of a JSON', stream([{ data: '{"id":"ours-1","choices":[{"del' }])],
    ['garbage', stream([{ data: '\u0000\uFFFD!!' }])],
    ['JSON of no kind', stream([{ data: '"hello"' }, { data: 'null' }, { data: '[1]' }, { data: '7' }])],
    ['one JSON body', json({ id: 'ours-1', choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] })],
    ['a web page', httpError(200, '<html><body>Welcome</body></html>', { 'content-type': 'text/html' })],
  ])('is a protocol failure: %s', async (_, reply) => {
    expect(await failureOf(reply)).toMatchObject({ code: 'protocol', maybeBilled: true })
  })

  it('keeps the words before the garbage', async () => {
    const parts = await partsOf(stream([chunk({}, { content: 'Hi' }, null), { data: '{"id":' }]))
    expect(joined(parts, 'text-delta')).toBe('Hi')
    expect(parts.at(-1)).toMatchObject({ type: 'failure', failure: { code: 'protocol', maybeBilled: true } })
  })
})

const openai = (code: string | null, type: string, message = 'No.') => ({ error: { message, type, param: null, code } })
const openrouter = (code: number, message: string, metadata?: object) => ({ error: { code, message, metadata } })
const mistral = (message: unknown, type: string) => ({ object: 'error', message, type, param: null, code: '3000' })

describe('a refusal by status', () => {
  it.each([
    ['OpenAI: wrong key', 401, openai('invalid_api_key', 'invalid_request_error'), 'key_invalid'],
    ['OpenAI: restricted key', 403, openai(null, 'invalid_request_error'), 'key_no_scope'],
    ['OpenAI: long prompt', 400, openai('context_length_exceeded', 'invalid_request_error'), 'context_too_long'],
    ['OpenAI: content', 400, openai('content_policy_violation', 'invalid_request_error'), 'content_blocked'],
    ['OpenAI: bad request', 400, openai(null, 'invalid_request_error'), 'bad_request'],
    ['OpenAI: no such model', 404, openai('model_not_found', 'invalid_request_error'), 'model_not_found'],
    ['OpenAI: rate', 429, openai('rate_limit_exceeded', 'requests'), 'rate_limited'],
    ['OpenAI: slow down', 429, openai('slow_down', 'requests'), 'rate_limited'],
    ['OpenAI: quota', 429, openai('insufficient_quota', 'insufficient_quota'), 'no_credit'],
    ['OpenAI: balance', 429, openai('credit_balance_exhausted', 'insufficient_quota'), 'no_credit'],
    [
      'OpenAI: organisation limit',
      429,
      openai('organization_spend_limit_exceeded', 'insufficient_quota'),
      'spend_limit',
    ],
    ['OpenAI: project limit', 429, openai('project_spend_limit_exceeded', 'insufficient_quota'), 'spend_limit'],
    ['OpenAI: usage limit', 429, openai('organization_usage_limit_exceeded', 'insufficient_quota'), 'spend_limit'],
    ['OpenAI: overloaded', 503, openai('server_is_overloaded', 'server_error'), 'overloaded'],
    ['OpenRouter: wrong key', 401, openrouter(401, 'User not found.'), 'key_invalid'],
    ['OpenRouter: credits', 402, openrouter(402, 'This request requires more credits'), 'no_credit'],
    [
      'OpenRouter: credits, by source',
      402,
      openrouter(402, 'No.', { limit_source: 'openrouter_credits' }),
      'no_credit',
    ],
    ['OpenRouter: key limit', 402, openrouter(402, 'No.', { limit_source: 'openrouter_key_limit' }), 'spend_limit'],
    ['OpenRouter: budget', 403, openrouter(403, 'No.', { limit_source: 'workspace', resets_at: 'x' }), 'spend_limit'],
    ['OpenRouter: key total', 403, openrouter(403, 'Key limit exceeded (total limit)'), 'spend_limit'],
    [
      'OpenRouter: data policy',
      404,
      openrouter(404, 'No endpoints found matching your data policy (Free model publication).'),
      'data_policy',
    ],
    ['OpenRouter: no such model', 404, openrouter(404, 'No endpoints found for lock/pin.'), 'model_not_found'],
    ['OpenRouter: moderation', 403, openrouter(403, 'No.', { reasons: ['violence'] }), 'content_blocked'],
    [
      'OpenRouter: in flight',
      402,
      openrouter(402, 'No.', { error_type: 'in_flight_budget_exhausted' }),
      'rate_limited',
    ],
    [
      'OpenRouter: long prompt',
      400,
      openrouter(400, "This endpoint's maximum context length is 8192 tokens."),
      'context_too_long',
    ],
    ['OpenRouter: rate', 429, openrouter(429, 'Provider returned error', { raw: 'slow down' }), 'rate_limited'],
    ['DeepSeek: balance', 402, openai('invalid_request_error', 'unknown_error', 'Insufficient Balance'), 'no_credit'],
    [
      'DeepSeek: model',
      400,
      openai('invalid_request_error', 'invalid_request_error', 'Model Not Exist'),
      'model_not_found',
    ],
    ['DeepSeek: parameters', 422, openai(null, 'invalid_request_error'), 'bad_request'],
    ['DeepSeek: overloaded', 503, openai(null, 'server_error', 'Server overloaded'), 'overloaded'],
    ['Mistral: wrong key', 401, { message: 'Unauthorized', request_id: 'x' }, 'key_invalid'],
    ['Mistral: model', 400, mistral('Invalid model: nope', 'invalid_model'), 'model_not_found'],
    ['Mistral: field', 422, mistral({ detail: [{ msg: 'Extra inputs' }] }, 'invalid_request_error'), 'bad_request'],
    ['Mistral: payment', 402, mistral('Payment required', 'payment_required'), 'no_credit'],
    ['Groq: too large', 413, openai('rate_limit_exceeded', 'tokens', 'Request too large'), 'context_too_long'],
    ['Groq: model', 404, openai('model_not_found', 'invalid_request_error'), 'model_not_found'],
    ['Groq: capacity', 498, openai('capacity_exceeded', 'flex'), 'overloaded'],
    ['Groq: capacity, unsaid', 498, '', 'overloaded'],
    ['Groq: dependency', 424, openai(null, 'invalid_request_error'), 'bad_request'],
    ['xAI: wrong key', 400, { code: 'Client error', error: 'Incorrect API key provided: xa***00.' }, 'key_invalid'],
    ['xAI: blocked', 403, { code: 'Forbidden', error: 'The API key is blocked.' }, 'key_no_scope'],
    [
      'xAI: no credits',
      403,
      { code: 'Forbidden', error: "Your newly created team doesn't have any credits yet." },
      'no_credit',
    ],
    ['Ollama: model', 404, { error: 'model "nope" not found' }, 'model_not_found'],
    ['LM Studio: model', 400, { error: 'Model "nope" not found' }, 'model_not_found'],
    [
      'llama.cpp: window',
      400,
      { error: { code: 400, message: 'too long', type: 'exceed_context_size_error' } },
      'context_too_long',
    ],
    [
      'llama.cpp: loading',
      503,
      { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
      'overloaded',
    ],
    ['Python: detail', 422, { detail: [{ loc: ['body'], msg: 'Field required' }] }, 'bad_request'],
    ['Google: a list', 429, [{ error: { code: 429, message: 'No.', status: 'RESOURCE_EXHAUSTED' } }], 'rate_limited'],
    ['a proxy: plain text', 404, '404 page not found', 'model_not_found'],
    ['a name like a method', 418, openai('constructor', '__proto__'), 'server'],
    ['stream_options refused', 400, openai(null, 'invalid_request_error', 'Unknown: stream_options'), 'bad_request'],
  ] as const)('is understood and costs nothing: %s', async (_, status, body, code) => {
    expect(await failureOf(httpError(status, body))).toMatchObject({ code, status, maybeBilled: false })
  })

  it('says what the provider said, without the key', async () => {
    const xai = await failureOf(httpError(400, { code: 'bad', error: `Incorrect API key provided: ${KEY}` }))
    expect(xai).toMatchObject({ providerCode: 'bad', detail: 'Incorrect API key provided: [key]' })
    const flat = await failureOf(httpError(400, mistral('Invalid model: nope', 'invalid_model')))
    expect(flat).toMatchObject({ providerCode: '3000', detail: 'Invalid model: nope' })
    const raw = await failureOf(httpError(429, openrouter(429, 'Provider returned error', { raw: 'upstream is full' })))
    expect(raw).toMatchObject({ providerCode: '429', detail: 'Provider returned error: upstream is full' })
    const named = await failureOf(httpError(500, '', { 'x-request-id': 'req_1' }))
    expect(named).toMatchObject({ detail: null, requestId: 'req_1' })
  })

  it('is short and sound whatever the body is', async () => {
    for (const body of [
      openai(null, 'x', 'y'.repeat(3_000_000)),
      { error: { message: { a: [1] } } },
      { error: null },
    ]) {
      expect(JSON.stringify(await failureOf(httpError(401, body))).length).toBeLessThan(1_000)
    }
  })

  it('says when to come back, within reason', async () => {
    const at = async (status: number, retryAfter: string) =>
      (await failureOf(httpError(status, openrouter(status, 'No.'), { 'retry-after': retryAfter }))).retryAtMs
    expect([await at(429, '34'), await at(503, '5'), await at(429, 'soon')]).toEqual([AT + 34_000, AT + 5_000, null])
  })

  it('that frees itself is a rate limit although it is about money', async () => {
    const reply = httpError(402, openrouter(402, 'Too much in flight'), { 'retry-after': '3' })
    expect(await failureOf(reply)).toMatchObject({ code: 'rate_limited', retryAtMs: AT + 3_000 })
  })

  it('by a server that gave up may have cost something; one that did not begin has not', async () => {
    const billed: unknown[] = []
    for (const status of [500, 502, 504, 524, 408, 499, 503, 529]) {
      billed.push((await failureOf(httpError(status, ''))).maybeBilled)
    }
    expect(billed).toEqual([true, true, true, true, true, true, false, false])
    const written = openai('tool_use_failed', 'invalid_request_error')
    expect(await failureOf(httpError(400, written))).toMatchObject({ code: 'bad_request', maybeBilled: true })
  })
})

describe('an error inside a 200 stream', () => {
  it.each([
    ['a spent quota', openai('insufficient_quota', 'insufficient_quota'), 'no_credit', false],
    ['a rate, by number', openrouter(429, 'Rate limited'), 'rate_limited', false],
    ['a server that broke', openai('server_error', 'server_error'), 'server', true],
    ['a plain text', { error: 'context length exceeded' }, 'context_too_long', false],
    ['a nameless one', { error: {} }, 'server', true],
  ])('before any word: %s', async (_, body, code, maybeBilled) => {
    expect(await failureOf(stream([jsonEvent(body)]))).toMatchObject({ code, maybeBilled, status: null })
  })

  it('that is named as an event is one too', async () => {
    const parts = await partsOf(stream([chunk({}, { content: 'Hi' }, null), jsonEvent({ message: 'gone' }, 'error')]))
    expect(joined(parts, 'text-delta')).toBe('Hi')
    expect(parts.at(-1)).toMatchObject({ type: 'failure', failure: { detail: 'gone', maybeBilled: true } })
  })
})

describe('stopping', () => {
  it('before an answer says "stopped"', async () => {
    const abort = new AbortController()
    const gate = gateAfter(0)
    const parts = partsOf(heldBack(gate, fixture('openai-compatible/no-finish')), { signal: abort.signal })
    await gate.reached
    abort.abort()
    expect(await parts).toEqual([{ type: 'stopped' }])
    await expect(server.requests.at(-1)?.closed).resolves.toBe('disconnected')
    gate.release()
  })

  it('in the middle keeps the words, says "stopped" and hangs up', async () => {
    const abort = new AbortController()
    const gate = gateAfter(2)
    server.enqueue(fixture('openai-compatible/no-finish', { gates: [gate] }))
    const parts: StreamPart[] = []
    for await (const part of ask({ signal: abort.signal })) {
      parts.push(part)
      if (part.type === 'text-delta') abort.abort()
    }
    expect(joined(parts, 'text-delta')).toBe('Half a')
    expect(parts.at(-1)).toEqual({ type: 'stopped' })
    await expect(server.requests.at(-1)?.closed).resolves.toBe('disconnected')
    gate.release()
  })
})

it('says "network" when there was no answer', async () => {
  expect(await failureOf(resetBeforeHeaders())).toMatchObject({ code: 'network', maybeBilled: true })
})

describe('the list of models', () => {
  it.each([
    [
      'OpenRouter',
      { data: [{ id: 'a/b', name: 'B', context_length: 8192, top_provider: { max_completion_tokens: 1024 } }] },
      { id: 'a/b', name: 'B', contextTokens: 8192, maxOutputTokens: 1024 },
    ],
    [
      'Groq',
      { data: [{ id: 'g', context_window: 131_072, max_completion_tokens: 32_768 }] },
      { id: 'g', name: null, contextTokens: 131_072, maxOutputTokens: 32_768 },
    ],
    [
      'Mistral, which repeats it',
      {
        data: [
          { id: 'm', name: 'M', max_context_length: 32_000 },
          { id: 'm', name: 'M' },
        ],
      },
      { id: 'm', name: 'M', contextTokens: 32_000, maxOutputTokens: null },
    ],
    [
      'a bare list',
      [{ id: 't', display_name: 'T', context_length: 0 }, 'x', null, { id: 7 }],
      { id: 't', name: 'T', contextTokens: null, maxOutputTokens: null },
    ],
    [
      'a list under another name',
      { models: [{ model: 'l', name: 'L' }] },
      { id: 'l', name: 'L', contextTokens: null, maxOutputTokens: null },
    ],
  ])('is read as %s gives it, in one request', async (_, body, model) => {
    const before = server.requests.length
    expect(await listFrom(json(body))).toEqual({ ok: true, models: [model] })
    expect(server.requests.length - before).toBe(1)
  })

  it('ends at two thousand', async () => {
    const data = Array.from({ length: 3000 }, (_, index) => ({ id: `m-${index}` }))
    const list = await listFrom(json({ data }))
    expect(list.ok && list.models.length).toBe(2000)
  })

  it.each([
    ['a refusal', httpError(401, openai('invalid_api_key', 'invalid_request_error')), 'key_invalid'],
    ['a web page', httpError(200, '<html></html>'), 'protocol'],
    ['JSON of no kind', json({ data: 7 }), 'protocol'],
    ['no answer', resetBeforeHeaders(), 'network'],
  ])('fails as a value: %s', async (_, reply, code) => {
    expect(await listFrom(reply)).toMatchObject({ ok: false, failure: { code } })
  })
})
