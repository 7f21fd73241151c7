import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '../../src/core/ids'
import type { StreamPart } from '../../src/core/stream-part'
import { inputTokens, outputTokens, type UsageLine, type UsageReport } from '../../src/core/usage'
import { createDial } from '../../src/main/egress/dial'
import { createEgress } from '../../src/main/egress/egress'
import type { EgressLog } from '../../src/main/ports'
import { google } from '../../src/main/providers/google/adapter'
import { readAhead } from '../../src/main/providers/google/read-ahead'
import type { CallAccess, ModelRequest } from '../../src/main/providers/provider-adapter'
import { fixtureEvents, listFixtures, listRecordings } from '../support/fixtures'
import { countingIds, testClock } from '../support/latchkey'
import {
  cutAfter,
  fixture,
  gateAfter,
  httpError,
  json,
  resetAfter,
  resetBeforeHeaders,
  stallBeforeHeaders,
  startProviderServer,
  stream,
  type ProviderServer,
  type Reply,
} from '../support/provider-server'
import { jsonEvent } from '../support/sse'

// The adapter alone, over the real SDK and a real socket. What it makes of every fixture is held against figures
// counted by hand, never against another run of our own code.

const AT = Date.parse('2026-11-23T10:00:00Z')
const KEY = 'AIza-test-key-000'

let server: ProviderServer
const unhandled: unknown[] = []
const note = (reason: unknown) => void unhandled.push(reason)

beforeAll(async () => {
  process.on('unhandledRejection', note)
  server = await startProviderServer()
})
afterAll(async () => {
  process.off('unhandledRejection', note)
  await server.close()
})
afterEach(async () => {
  // One turn of the loop: that is when a promise nobody listened to is reported.
  await new Promise((resolve) => setTimeout(resolve, 5))
  if (unhandled.length > 0) throw new Error('a rejection nobody handled', { cause: unhandled.splice(0)[0] })
})

const accessWith = (more: Partial<CallAccess> = {}): CallAccess => ({
  key: KEY,
  baseUrl: server.origin,
  fetch,
  within: (work) => work(),
  signal: new AbortController().signal,
  redact: (text) => text.replaceAll(KEY, '[key]'),
  now: () => AT,
  ...more,
})

const REQUEST: ModelRequest = {
  provider: 'google',
  model: 'gemini-asked-1',
  messages: [{ role: 'user', text: 'Hi', reasoning: [] }],
  maxOutputTokens: 100,
  reasons: true,
  cache: null,
}

async function partsOf(reply: Reply, more: Partial<CallAccess> = {}): Promise<StreamPart[]> {
  server.enqueue(reply)
  return collect(more)
}

async function collect(more: Partial<CallAccess> = {}): Promise<StreamPart[]> {
  const parts: StreamPart[] = []
  for await (const part of google.stream(REQUEST, accessWith(more))) parts.push(part)
  return parts
}

const joined = (parts: readonly StreamPart[], type: 'text-delta' | 'reasoning-delta') =>
  parts.map((part) => (part.type === type ? part.text : '')).join('')

const lastUsage = (parts: readonly StreamPart[]): UsageReport | undefined =>
  parts.findLast((part) => part.type === 'usage')?.usage

const TERMINAL = ['finish', 'failure', 'stopped', 'cut-off']

interface Expected {
  readonly text: string
  readonly thinking?: string
  readonly proofs?: readonly string[]
  readonly last: object
  readonly tokens: UsageLine['tokens']
  readonly reasoningTokens?: number
  readonly fees?: UsageLine['fees']
  readonly maybeFree?: boolean
}

const finish = (reason: string) => ({ type: 'finish', reason })

/** Counted by hand from the figures in each fixture. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'google/text': {
    text: 'A latchkey opens a **front door** — eine Haustür 🗝️.\n\nThat is all.',
    last: finish('end'),
    tokens: { in_uncached: 14, out: 21 },
  },
  'google/thinking': {
    text: 'One in **three**. Try them all.',
    thinking: 'Nine keys, three fit.',
    proofs: ['c2VhbGVkLXRob3VnaHQ='],
    last: finish('end'),
    // 12 of the answer and 96 of the thinking beside it.
    tokens: { in_uncached: 22, out: 108 },
    reasoningTokens: 96,
  },
  'google/cached': {
    text: 'The chapter ends badly.',
    last: finish('end'),
    // 5200 asked, 4096 of them cached.
    tokens: { in_uncached: 1104, in_cache_read: 4096, out: 6 },
  },
  'google/tool-use': {
    text: 'Searched and found it.',
    last: finish('end'),
    tokens: { in_uncached: 18, in_tool_use: 250, out: 41 },
    reasoningTokens: 30,
    fees: [{ kind: 'grounding_query', units: 2 }],
  },
  'google/max-tokens': {
    text: 'It goes on and',
    last: finish('max_tokens'),
    tokens: { in_uncached: 10, out: 64 },
  },
  'google/safety': {
    text: 'First you take ',
    last: finish('refusal'),
    tokens: { in_uncached: 31, out: 5 },
  },
  'google/prompt-block': {
    text: '',
    last: {
      type: 'failure',
      failure: { code: 'content_blocked', status: null, providerCode: 'PROHIBITED_CONTENT', maybeBilled: true },
    },
    // The total is the prompt alone, so there was no output.
    tokens: { in_uncached: 37, out: 0 },
    maybeFree: true,
  },
  'google/error-in-stream': {
    text: 'Half of an answer',
    last: {
      type: 'failure',
      failure: {
        code: 'overloaded',
        status: null,
        providerCode: 'UNAVAILABLE',
        detail: 'The model is overloaded. Please try again later.',
        maybeBilled: true,
      },
    },
    tokens: { in_uncached: 12, out: 6 },
  },
  'google/eof': { text: 'Half of an answer', last: { type: 'cut-off' }, tokens: { in_uncached: 12, out: 6 } },
  'google/traffic-type-first': {
    text: 'Slow figures.',
    last: finish('end'),
    tokens: { in_uncached: 8, out: 20 },
    reasoningTokens: 16,
  },
  'google/odd-characters': {
    text: 'a\u0085b — data: \\n\\n {"x":"\\"}"} 👩🏽‍🚀',
    last: finish('end'),
    tokens: { in_uncached: 6, out: 13 },
  },
}

describe.each(listFixtures('google'))('$name', ({ name }) => {
  it('gives the text, thinking, ending and usage that were counted by hand', async () => {
    const expected = EXPECTED[name]
    if (expected === undefined) throw new Error(`nothing was counted for ${name}`)
    const parts = await partsOf(fixture(name))
    expect(parts[0]).toEqual({ type: 'response-start', responseId: 'ours-0001', model: 'gemini-3.8-flash' })
    expect(joined(parts, 'text-delta')).toBe(expected.text)
    expect(joined(parts, 'reasoning-delta')).toBe(expected.thinking ?? '')
    expect(parts.flatMap((part) => (part.type === 'reasoning-proof' ? [part.proof] : []))).toEqual(
      expected.proofs ?? [],
    )
    expect(parts.at(-1)).toMatchObject(expected.last)
    expect(parts.filter(({ type }) => TERMINAL.includes(type))).toHaveLength(1)
    expect(lastUsage(parts)).toMatchObject({ flags: [] })
    expect(lastUsage(parts)?.lines).toEqual([
      {
        role: 'main',
        model: 'gemini-3.8-flash',
        tokens: expected.tokens,
        reasoningTokens: expected.reasoningTokens ?? null,
        fees: expected.fees ?? [],
        modifiers: [],
        maybeFree: expected.maybeFree ?? false,
      },
    ])
  })

  it.each([
    ['single bytes', { chunk: 'byte' }],
    ['pieces of odd sizes', { chunk: [7, 1, 64] }],
    ['pieces ended by CR LF', { chunk: [5, 3], lineEnd: 'crlf' }],
    ['single bytes ended by CR', { chunk: 'byte', lineEnd: 'cr' }],
    ['one piece', { chunk: 'all' }],
    ['one piece after a byte order mark', { chunk: 'all', bom: true }],
  ] as const)('is the same in %s', async (_, options) => {
    expect(await partsOf(fixture(name, options))).toEqual(await partsOf(fixture(name)))
  })
})

/** Figures of published recordings, as read off their own last usage: everything in, everything out. */
const RECORDED: Readonly<Record<string, { in: number; out: number }>> = {
  'google/google-reasoning': { in: 9, out: 29 + 256 },
  'google/google-reasoning-gemini3': { in: 9, out: 23 + 302 },
  'google/google-text': { in: 9, out: 23 + 185 },
  'google/google-stream-tool-call-arguments': { in: 26, out: 23 + 132 },
  'google/google-tool-call': { in: 29, out: 15 + 45 },
  'google/google-tool-call-gemini3': { in: 29, out: 15 + 804 },
}

const recordings = listRecordings('google').filter(({ kind }) => kind === 'stream')

describe.runIf(recordings.length > 0).each(recordings)('recording $name', ({ name }) => {
  it('ends once, and with the figures it reports itself', async () => {
    const parts = await partsOf(fixture(`${name}.chunks.txt`))
    expect(parts.filter(({ type }) => TERMINAL.includes(type))).toHaveLength(1)
    expect(['finish', 'cut-off']).toContain(parts.at(-1)?.type)
    const usage = lastUsage(parts)
    expect(usage?.flags).toEqual([])
    const known = RECORDED[name]
    if (known === undefined || usage === undefined) return
    expect(usage.lines.reduce((sum, line) => sum + inputTokens(line), 0)).toBe(known.in)
    expect(usage.lines.reduce((sum, line) => sum + outputTokens(line), 0)).toBe(known.out)
  })
})

describe('the request', () => {
  it('is one, with the key in one header, nothing in the URL, and one row of it written down', async () => {
    const systemFetch = globalThis.fetch
    const opened: Parameters<EgressLog['opened']>[0][] = []
    const closed: Parameters<EgressLog['closed']>[0][] = []
    const egress = createEgress({
      dial: createDial(),
      fetch: systemFetch,
      clock: testClock(),
      newId: countingIds(),
      idleMs: 2_000,
      log: { opened: (row) => void opened.push(row), closed: (row) => void closed.push(row) },
    })
    const route = {
      origin: server.origin,
      connectionId: makeId('connection', '0'.repeat(32)),
      purpose: 'answer',
      callId: null,
      secret: KEY,
    } as const
    const restore = egress.guardGlobalFetch()
    try {
      const before = server.requests.length
      const parts = await partsOf(fixture('google/text'), {
        fetch: egress.fetchFor(route),
        within: (work) => egress.within(route, work),
      })
      expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'end' })
      expect(server.requests.length - before).toBe(1)
      const request = server.requests.at(-1)
      expect(request?.url).toBe('/v1beta/models/gemini-asked-1:streamGenerateContent?alt=sse')
      const carriers = (request?.rawHeaders ?? []).flatMap((text, index, all) => (text === KEY ? [all[index - 1]] : []))
      expect(carriers.map((name) => name?.toLowerCase())).toEqual(['x-goog-api-key'])
      expect(request?.rawHeaders.filter((text) => text.includes(KEY))).toHaveLength(1)
      expect(request?.body).not.toContain(KEY)
      expect(opened).toMatchObject([{ method: 'POST', path: '/v1beta/models/gemini-asked-1:streamGenerateContent' }])
      expect(closed).toMatchObject([{ status: 200, outcome: 'done' }])
      // Outside its route nothing gets out: the guard holds, and nobody is charged.
      expect(await collect()).toMatchObject([{ type: 'failure', failure: { code: 'internal', maybeBilled: false } }])
      expect(opened).toHaveLength(1)
      // What stops in the middle closes its row as well.
      const stop = new AbortController()
      const gate = gateAfter(1)
      void gate.reached.then(() => stop.abort())
      const within: CallAccess['within'] = (work) => egress.within(route, work)
      const halted = await partsOf(fixture('google/text', { gates: [gate] }), { within, signal: stop.signal })
      expect(halted.at(-1)).toEqual({ type: 'stopped' })
      await expect.poll(() => closed.at(-1)).toMatchObject({ outcome: 'cancelled' })
    } finally {
      restore()
    }
  })

  it('says who spoke, how long the answer may be, and nothing about thinking', async () => {
    server.enqueue(fixture('google/text'))
    const messages: ModelRequest['messages'] = [
      { role: 'user', text: 'One', reasoning: [] },
      { role: 'assistant', text: 'Two', reasoning: [{ text: 'hm', proof: 'c2ln' }] },
      { role: 'user', text: 'Three', reasoning: [] },
    ]
    for await (const part of google.stream({ ...REQUEST, messages }, accessWith())) void part
    const sent = server.requests.at(-1)?.json as Record<string, unknown>
    expect(sent['contents']).toEqual([
      { role: 'user', parts: [{ text: 'One' }] },
      { role: 'model', parts: [{ text: 'Two' }] },
      { role: 'user', parts: [{ text: 'Three' }] },
    ])
    expect(sent['generationConfig']).toEqual({ maxOutputTokens: 100 })
    expect(Object.keys(sent).toSorted()).toEqual(['contents', 'generationConfig', 'safetySettings'])
  })
})

describe('a stream that is cut after any event', () => {
  it.each(['google/text', 'google/thinking', 'google/cached'])('never invents an ending (%s)', async (name) => {
    const events = fixtureEvents(name)
    for (let length = 1; length < events.length; length += 1) {
      const parts = await partsOf(stream(cutAfter(name, length)))
      expect(parts.at(-1)).toEqual({ type: 'cut-off' })
      expect(lastUsage(parts)?.flags).toEqual([])
    }
  })

  it('is a broken connection when it was reset, and keeps what came before', async () => {
    const parts = await partsOf(resetAfter('google/text', 2, { paceMs: 20 }))
    expect(joined(parts, 'text-delta')).toBe('A latchkey opens a **front door** — ')
    expect(parts.at(-1)).toMatchObject({ type: 'failure', failure: { code: 'network', maybeBilled: true } })
  })

  it('is complete when only the end is missing after the finish reason', async () => {
    const parts = await partsOf(resetAfter('google/text', 4, { paceMs: 20 }))
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'end' })
  })
})

it('counts pictures and sound in the output apart from words, since they have prices of their own', async () => {
  const candidates = [{ content: { parts: [{ text: 'Yes.' }], role: 'model' }, finishReason: 'STOP', index: 0 }]
  const usageMetadata = {
    promptTokenCount: 10,
    candidatesTokenCount: 1200,
    thoughtsTokenCount: 50,
    totalTokenCount: 1260,
    candidatesTokensDetails: [
      { modality: 'TEXT', tokenCount: 60 },
      { modality: 'IMAGE', tokenCount: 1120 },
      { modality: 'AUDIO', tokenCount: 20 },
    ],
  }
  const usage = lastUsage(await partsOf(stream([jsonEvent({ candidates, usageMetadata })])))
  expect(usage?.lines[0]?.tokens).toEqual({ in_uncached: 10, out: 110, out_image: 1120, out_audio: 20 })
  expect(usage?.flags).toEqual([])
})

describe('usage that is not what the documentation says', () => {
  const SOUND = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 }
  const withUsage = (usageMetadata: unknown) => {
    const candidates = [{ content: { parts: [{ text: 'Yes.' }], role: 'model' }, finishReason: 'STOP', index: 0 }]
    return stream([jsonEvent({ candidates, usageMetadata })])
  }

  const chunks = (...reports: readonly object[]) =>
    partsOf(
      stream(
        reports.map((usageMetadata, index) => {
          const end = index === reports.length - 1 ? { finishReason: 'STOP' } : {}
          return jsonEvent({ candidates: [{ content: { parts: [{ text: 'Yes.' }] }, ...end }], usageMetadata })
        }),
      ),
    )

  it.each([
    [
      { promptTokenCount: 100, promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 90 }] },
      { promptTokenCount: 100, cachedContentTokenCount: 50, candidatesTokenCount: 5, totalTokenCount: 105 },
      { in_uncached: 50, in_cache_read: 50, out: 5 },
    ],
    [
      {
        promptTokenCount: 10,
        candidatesTokenCount: 9,
        candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 9 }],
      },
      { promptTokenCount: 10, totalTokenCount: 10 },
      { in_uncached: 10, out: 0 },
    ],
  ])('never comes out negative when a later chunk lowers a whole below its parts (%#)', async (first, last, tokens) => {
    const usage = lastUsage(await chunks(first, last))
    expect(usage?.lines[0]?.tokens).toEqual(tokens)
    expect(usage?.flags).toEqual(['usage_inconsistent'])
  })

  it('keeps the service tier a later chunk does not repeat, and sound apart', async () => {
    const details = [{ modality: 'AUDIO', tokenCount: 4 }]
    const usage = lastUsage(await chunks({ ...SOUND, serviceTier: 'PRIORITY', promptTokensDetails: details }, SOUND))
    expect(usage?.lines[0]).toMatchObject({ modifiers: ['priority'], tokens: { in_uncached: 6, in_audio: 4, out: 5 } })
  })

  it.each([
    ['a field nobody knows', { ...SOUND, moonTokenCount: 4 }, 'unknown_usage_field'],
    ['a total that is not the sum', { ...SOUND, totalTokenCount: 99 }, 'usage_inconsistent'],
    ['a negative count', { ...SOUND, candidatesTokenCount: -5 }, 'malformed_usage'],
    ['a fraction', { ...SOUND, promptTokenCount: 1.5 }, 'malformed_usage'],
    ['a text', { ...SOUND, thoughtsTokenCount: '9' }, 'malformed_usage'],
    ['more than any model writes', { ...SOUND, candidatesTokenCount: 1e12 }, 'malformed_usage'],
    ['no object at all', 'lots', 'malformed_usage'],
    [
      'more pictures than output',
      { ...SOUND, candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 6 }] },
      'malformed_usage',
    ],
    ['kinds of output that are no list', { ...SOUND, candidatesTokensDetails: 'IMAGE' }, 'malformed_usage'],
  ])('is flagged: %s', async (_, usage, flag) => {
    const parts = await partsOf(withUsage(usage))
    expect(lastUsage(parts)?.flags).toContain(flag)
    expect(parts.at(-1)?.type).toBe('finish')
  })

  it.each([
    ['all fields it may have', { ...SOUND, serviceTier: 'STANDARD', initialPromptTokenCount: 3, trafficType: 'X' }],
    ['nothing cached', { ...SOUND, cachedContentTokenCount: 0, promptTokensDetails: [] }],
  ])('is not flagged for %s', async (_, usage) => {
    expect(lastUsage(await partsOf(withUsage(usage)))).toMatchObject({ flags: [], lines: [{ modifiers: [] }] })
  })

  it('names the model that was asked for when no other is named, and the tier it was served in', async () => {
    const usage = lastUsage(await partsOf(withUsage({ ...SOUND, serviceTier: 'FLEX' })))
    expect(usage?.lines).toMatchObject([{ model: 'gemini-asked-1', modifiers: ['flex'] }])
  })

  it('is not invented where there is none', async () => {
    expect(lastUsage(await partsOf(withUsage({ trafficType: 'ON_DEMAND' })))).toBeUndefined()
    expect(lastUsage(await partsOf(withUsage(undefined)))).toBeUndefined()
  })

  it('of an empty answer that was not withheld is not called free', async () => {
    const usage = lastUsage(await partsOf(withUsage({ promptTokenCount: 10, totalTokenCount: 10 })))
    expect(usage?.lines).toMatchObject([{ tokens: { in_uncached: 10, out: 0 }, maybeFree: false }])
  })

  it('never takes more out of the cache than was asked', async () => {
    const usage = lastUsage(await partsOf(withUsage({ ...SOUND, cachedContentTokenCount: 11 })))
    expect(usage?.lines[0]?.tokens).toEqual({ in_uncached: 0, in_cache_read: 10, out: 5 })
  })
})

describe('why it stopped', () => {
  const ending = (finishReason: unknown, part: object = { text: 'Yes.' }) =>
    stream([jsonEvent({ candidates: [{ content: { parts: [part] }, finishReason }], responseId: 'r' })])

  it.each([
    ['STOP', 'end'],
    ['MAX_TOKENS', 'max_tokens'],
    ['SAFETY', 'refusal'],
    ['RECITATION', 'refusal'],
    ['LANGUAGE', 'refusal'],
    ['BLOCKLIST', 'refusal'],
    ['PROHIBITED_CONTENT', 'refusal'],
    ['SPII', 'refusal'],
    ['OTHER', 'refusal'],
    ['MALFORMED_FUNCTION_CALL', 'tool_call'],
    ['A_REASON_OF_TOMORROW', 'end'],
    ['constructor', 'end'],
  ])('%s means %s', async (said, reason) => {
    expect((await partsOf(ending(said))).at(-1)).toEqual({ type: 'finish', reason })
  })

  it('is a call of a tool when it called one', async () => {
    const parts = await partsOf(ending('STOP', { functionCall: { name: 'f', args: {} } }))
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'tool_call' })
  })

  it.each(['', 'FINISH_REASON_UNSPECIFIED', 7, null])('is not known from %j', async (said) => {
    expect((await partsOf(ending(said))).at(-1)).toEqual({ type: 'cut-off' })
  })
})

const refusal = (code: number, status: string, message: string, details?: readonly object[]) =>
  httpError(code, { error: { code, status, message, ...(details === undefined ? {} : { details }) } })

const info = (reason: string) => ({ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason })
const retryInfo = (retryDelay: unknown) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay })

describe('a refusal by status', () => {
  it.each<[string, Reply, string, number, string | null]>([
    [
      'a wrong key',
      refusal(400, 'INVALID_ARGUMENT', 'API key not valid.', [info('API_KEY_INVALID')]),
      'key_invalid',
      400,
      'API_KEY_INVALID',
    ],
    ['a bad request', refusal(400, 'INVALID_ARGUMENT', 'Invalid value.'), 'bad_request', 400, null],
    [
      'a country',
      refusal(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
      'bad_request',
      400,
      null,
    ],
    [
      'a country without a free tier',
      refusal(400, 'FAILED_PRECONDITION', 'Please enable billing on your project.'),
      'no_credit',
      400,
      null,
    ],
    [
      'a prompt too long',
      refusal(
        400,
        'INVALID_ARGUMENT',
        'The input token count (1100000) exceeds the maximum number of tokens allowed (1048576).',
      ),
      'context_too_long',
      400,
      null,
    ],
    [
      'a token of another kind',
      refusal(401, 'UNAUTHENTICATED', 'No.', [info('ACCESS_TOKEN_TYPE_UNSUPPORTED')]),
      'key_invalid',
      401,
      'ACCESS_TOKEN_TYPE_UNSUPPORTED',
    ],
    ['no credits', refusal(402, 'RESOURCE_EXHAUSTED', 'Prepay credits are depleted.'), 'no_credit', 402, null],
    [
      'a blocked key',
      refusal(403, 'PERMISSION_DENIED', 'Blocked.', [info('API_KEY_SERVICE_BLOCKED')]),
      'key_no_scope',
      403,
      'API_KEY_SERVICE_BLOCKED',
    ],
    ['no such model', refusal(404, 'NOT_FOUND', 'models/x is not found.'), 'model_not_found', 404, null],
    ['a limit', refusal(429, 'RESOURCE_EXHAUSTED', 'Quota, limit: 0'), 'rate_limited', 429, null],
    ['overload', refusal(503, 'UNAVAILABLE', 'The model is overloaded.'), 'overloaded', 503, null],
    ['a status nobody knows', refusal(418, 'TEAPOT', 'Short and stout.'), 'server', 418, null],
  ])('%s costs nothing', async (_, reply, code, status, providerCode) => {
    const parts = await partsOf(reply)
    expect(parts).toMatchObject([
      { type: 'failure', failure: { code, status, providerCode, maybeBilled: false, retryAtMs: null } },
    ])
  })

  it.each([
    [500, 'INTERNAL', 'server'],
    [504, 'DEADLINE_EXCEEDED', 'timeout'],
  ] as const)('%i may have cost something', async (status, name, code) => {
    const parts = await partsOf(refusal(status, name, 'Oh.'))
    expect(parts).toMatchObject([{ type: 'failure', failure: { code, status, maybeBilled: true } }])
  })

  it('keeps the words of the provider and not the URL, the details or a key', async () => {
    const reply = refusal(403, 'PERMISSION_DENIED', `Key ${KEY} was reported.`, [info('LEAKED'), retryInfo('1s')])
    const [part] = await partsOf(reply)
    expect(part).toMatchObject({ failure: { detail: 'Key [key] was reported.', providerCode: 'LEAKED' } })
    expect(JSON.stringify(part)).not.toContain(server.origin)
  })

  it('says when to come back, within reason', async () => {
    const at = async (delay: unknown) => {
      const [part] = await partsOf(refusal(429, 'RESOURCE_EXHAUSTED', 'Quota.', [{ violations: [] }, retryInfo(delay)]))
      return part?.type === 'failure' ? part.failure.retryAtMs : part
    }
    expect(await at('34.4s')).toBe(AT + 34_400)
    expect(await at('34.474824224s')).toBe(AT + 34_475)
    expect(await at('7s')).toBe(AT + 7_000)
    expect([await at('soon'), await at('-5s'), await at('999999999s'), await at({}), await at('0s')]).toEqual(
      Array.from({ length: 5 }, () => null),
    )
  })

  it.each<[string, Reply, string]>([
    ['a page of HTML', httpError(502, '<html>Bad gateway</html>'), 'server'],
    ['nothing', httpError(503, ''), 'overloaded'],
    ['JSON of another shape', httpError(400, { message: 'no' }), 'bad_request'],
    ['a message that is no text', httpError(401, { error: { message: { a: 1 } } }), 'key_invalid'],
    ['endless', httpError(401, { error: { message: 'x'.repeat(1_000_000) } }), 'key_invalid'],
    ['details that are none', httpError(429, { error: { message: 'm', details: 'd' } }), 'rate_limited'],
  ])('is understood when the body is %s', async (_, reply, code) => {
    const parts = await partsOf(reply)
    expect(parts).toMatchObject([{ type: 'failure', failure: { code } }])
    expect(JSON.stringify(parts).length).toBeLessThan(1_000)
  })
})

describe('an error inside a stream', () => {
  it.each([
    [{ code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Quota.', details: [retryInfo('2s')] }, 'rate_limited'],
    [{ code: 500, status: 'INTERNAL', message: 'Oh.' }, 'server'],
    [{ status: 'DEADLINE_EXCEEDED' }, 'timeout'],
    [{ status: 'constructor' }, 'server'],
    ['no', 'server'],
  ])('is a failure whatever it says (%j)', async (error, code) => {
    const parts = await partsOf(stream([...cutAfter('google/text', 1), jsonEvent({ error })]))
    expect(joined(parts, 'text-delta')).toBe('A latchkey ')
    expect(parts.at(-1)).toMatchObject({ type: 'failure', failure: { code, status: null, maybeBilled: true } })
  })

  it('costs nothing when it is all there is and says that nothing was begun', async () => {
    const parts = await partsOf(stream([jsonEvent({ error: { code: 429, message: 'Quota.' } })]))
    expect(parts).toMatchObject([{ type: 'failure', failure: { code: 'rate_limited', maybeBilled: false } }])
  })
})

describe('an answer that is no event stream', () => {
  it.each<[string, Reply]>([
    ['nothing at all', stream([])],
    ['half of its JSON', stream([{ data: '{"candidates":[{"content":' }])],
    ['JSON that is not streamed', json({ candidates: [{ content: { parts: [{ text: 'Hi' }] } }] })],
    ['a page of HTML', { kind: 'body', head: { status: 200, headers: { 'content-type': 'text/html' } }, body: '<p>' }],
    ['a number', stream([{ data: '5' }])],
    ['null', stream([{ data: 'null' }])],
    ['a list', stream([{ data: '[]' }])],
    ['JSON about something else', stream([{ data: '{"hello":"world"}' }])],
    ['another dialect', stream([{ event: 'message_start', data: '{}' }])],
  ])('is a protocol failure, not an empty answer: %s', async (_, reply) => {
    const parts = await partsOf(reply)
    expect(parts).toMatchObject([{ type: 'failure', failure: { code: 'protocol', maybeBilled: true } }])
  })

  it.each<[string, string]>([
    ['half of its JSON', '{"candidates":'],
    ['a word', 'oops'],
    ['a number', '7'],
    ['a list', '[]'],
  ])('keeps the text before the garbage: %s', async (_, data) => {
    const parts = await partsOf(stream([...cutAfter('google/text', 2), { data }], { paceMs: 20 }))
    expect(joined(parts, 'text-delta')).toBe('A latchkey opens a **front door** — ')
    expect(lastUsage(parts)?.lines[0]?.tokens).toEqual({ in_uncached: 14, out: 9 })
    expect(parts.at(-1)).toMatchObject({ type: 'failure', failure: { code: 'protocol' } })
  })

  it('leaves no connection open behind the garbage', async () => {
    await partsOf(stream([...cutAfter('google/text', 1), { data: 'oops' }], { ending: 'stall' }))
    await expect(server.requests.at(-1)?.closed).resolves.toBe('disconnected')
  })

  it.each([
    { candidates: 'x' },
    { candidates: [null] },
    { candidates: [{ content: 'x' }] },
    { candidates: [{ content: { parts: [null, 'x', { text: 5 }, { thought: true }, { inlineData: {} }] } }] },
    { promptFeedback: 'x', usageMetadata: [] },
    { responseId: 7, modelVersion: {}, candidates: [] },
  ])('says nothing where it makes no sense (%#)', async (chunk) => {
    const parts = await partsOf(stream([jsonEvent(chunk)]))
    expect(parts.filter(({ type }) => type !== 'usage')).toEqual([
      { type: 'response-start', responseId: null, model: null },
      { type: 'cut-off' },
    ])
  })
})

describe('a stop', () => {
  it('before the request sends none', async () => {
    const before = server.requests.length
    expect(await collect({ signal: AbortSignal.abort() })).toEqual([{ type: 'stopped' }])
    expect(server.requests).toHaveLength(before)
  })

  it('before the answer is a stop', async () => {
    const stop = new AbortController()
    const parts = partsOf(stallBeforeHeaders(), { signal: stop.signal })
    await server.waitForRequests(server.requests.length + 1)
    stop.abort()
    expect(await parts).toEqual([{ type: 'stopped' }])
  })

  it('in the middle keeps what came and closes the connection', async () => {
    const stop = new AbortController()
    server.enqueue(fixture('google/text', { gates: [gateAfter(2)] }))
    const parts: StreamPart[] = []
    for await (const part of google.stream(REQUEST, accessWith({ signal: stop.signal }))) {
      parts.push(part)
      if (joined(parts, 'text-delta').endsWith('— ')) stop.abort()
    }
    expect(joined(parts, 'text-delta')).toBe('A latchkey opens a **front door** — ')
    expect(parts.at(-1)).toEqual({ type: 'stopped' })
    await expect(server.requests.at(-1)?.closed).resolves.toBe('disconnected')
  })

  it('at any point leaves no rejection unhandled', async () => {
    for (const after of [0, 1, 2, 3]) {
      const stop = new AbortController()
      const gate = gateAfter(after)
      void gate.reached.then(() => stop.abort())
      const parts = await partsOf(fixture('google/text', { gates: [gate] }), { signal: stop.signal })
      expect(parts.at(-1)).toEqual({ type: 'stopped' })
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(unhandled).toEqual([])
  })

  it('by whoever reads it closes the connection as well', async () => {
    server.enqueue(fixture('google/text', { gates: [gateAfter(2)] }))
    for await (const part of google.stream(REQUEST, accessWith())) if (part.type === 'text-delta') break
    await expect(server.requests.at(-1)?.closed).resolves.toBe('disconnected')
  })
})

describe('a connection that broke', () => {
  it('before any answer may have cost something, since the SDK hides whether it was sent', async () => {
    const parts = await partsOf(resetBeforeHeaders())
    expect(parts).toMatchObject([{ type: 'failure', failure: { code: 'network', maybeBilled: true } }])
  })

  it.each([
    ['egress: timeout', 'timeout', true],
    ['egress: redirected', 'redirected', true],
    ['egress: network', 'network', true],
    ['egress: refused, not sent', 'internal', false],
    ['egress: constructor', 'network', true],
  ])('is known by the words that survive: %s', async (words, code, maybeBilled) => {
    const real = globalThis.fetch
    globalThis.fetch = () => Promise.reject(new Error(words))
    try {
      expect(await collect()).toMatchObject([{ type: 'failure', failure: { code, maybeBilled } }])
    } finally {
      globalThis.fetch = real
    }
  })
})

it('keeps the text before a broken connection for a reader slower than the provider', async () => {
  server.enqueue(resetAfter('google/text', 3, { paceMs: 10 }))
  const parts: StreamPart[] = []
  for await (const part of google.stream(REQUEST, accessWith())) {
    parts.push(part)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  expect(joined(parts, 'text-delta')).toContain('That is all.')
  expect(parts.at(-1)).toMatchObject({ type: 'failure', failure: { code: 'network' } })
})

it('reading ahead keeps what arrived before an error, in order, for a slow reader', async () => {
  const source = async function* () {
    yield* [1, 2, 3]
    await Promise.resolve()
    throw new Error('gone')
  }
  const seen: number[] = []
  const reading = (async () => {
    for await (const value of readAhead(source())) {
      seen.push(value)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  await expect(reading).rejects.toThrow('gone')
  expect(seen).toEqual([1, 2, 3])
})

describe('the list of models', () => {
  const model = (id: string, more: object = {}) => ({
    name: `models/${id}`,
    displayName: id.toUpperCase(),
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
    ...more,
  })

  it('holds what can hold a conversation, asked for with the key in one header', async () => {
    const models = [
      model('gemini-a'),
      model('gemini-b', { displayName: '', inputTokenLimit: -1, outputTokenLimit: undefined }),
      model('embedding-a', { supportedGenerationMethods: ['embedContent'] }),
      model('', {}),
      { name: 7 },
      null,
    ]
    server.enqueue(json({ models }))
    expect(await google.listModels(accessWith())).toEqual({
      ok: true,
      models: [
        { id: 'gemini-a', name: 'GEMINI-A', contextTokens: 1_048_576, maxOutputTokens: 65_536 },
        { id: 'gemini-b', name: null, contextTokens: null, maxOutputTokens: null },
      ],
    })
    const request = server.requests.at(-1)
    expect(request).toMatchObject({ method: 'GET', url: '/v1beta/models?pageSize=1000' })
    expect(request?.rawHeaders.filter((text) => text.includes(KEY))).toEqual([KEY])
  })

  it.each<[string, Reply, object]>([
    [
      'a wrong key',
      refusal(400, 'INVALID_ARGUMENT', `API key ${KEY} not valid.`, [info('API_KEY_INVALID')]),
      { code: 'key_invalid', status: 400, detail: 'API key [key] not valid.' },
    ],
    ['a page of HTML', httpError(403, '<html>'), { code: 'key_no_scope', status: 403, detail: null }],
    ['no list', json({ hello: 1 }), { code: 'protocol' }],
    ['no JSON', httpError(200, 'ok'), { code: 'protocol' }],
  ])('is a failure as a value: %s', async (_, reply, failure) => {
    server.enqueue(reply)
    expect(await google.listModels(accessWith())).toMatchObject({ ok: false, failure })
  })

  it('is a failure as a value when nobody is there', async () => {
    const gone = await startProviderServer()
    await gone.close()
    expect(await google.listModels(accessWith({ baseUrl: gone.origin }))).toMatchObject({ ok: false })
  })
})
