import { describe, expect, it } from 'vitest'
import type { ConnectionId, ConversationId } from '../../src/core/ids'
import type { TokenCounter } from '../../src/main/ports'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, json, type ProviderServer } from '../support/provider-server'

// Bug: an estimate that is far off, is of another model, forgets the cache, or is asked of somebody.

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

const estimate = (text: string, conversationId: ConversationId | null = null, model = TEST_MODEL) =>
  harness.ask('estimate.send', { conversationId, connectionId, model, text })

async function answered(text: string, conversationId: ConversationId | null = null, reply = fixture('anthropic/text')) {
  server.enqueue(reply)
  const turn = await harness.ask('turn.start', { conversationId, connectionId, model: TEST_MODEL, text })
  return settled(harness, turn.turnId)
}

/** An answer whose provider reports these tokens. */
function reporting(input: number, output: number, cacheRead = 0, cacheWrite = 0) {
  const usage = { input_tokens: input, cache_read_input_tokens: cacheRead, cache_creation_input_tokens: cacheWrite }
  const events = [
    {
      type: 'message_start',
      message: { id: `msg_${Math.random()}`, model: TEST_MODEL, usage: { ...usage, output_tokens: 1 } },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Yes.' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { ...usage, output_tokens: output } },
    { type: 'message_stop' },
  ]
  const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
  return { kind: 'body', head: { status: 200, headers: { 'content-type': 'text/event-stream' } }, body } as const
}

describe('an estimate', () => {
  it('is made here: nothing leaves for it, and nothing is written', async () => {
    await estimate('What would this cost?')
    await harness.ask('estimate.models', { conversationId: null, text: 'And this?' })
    expect(server.connections).toBe(0)
    expect((await harness.ask('spend.month', {})).callCount).toBe(0)
    expect(await harness.ask('conversation.list', {})).toEqual([])
  })

  it('of a first message is its text, counted, at the usual factor, from a short answer to a long one', async () => {
    // Nine tokens of o200k, and 1.45 of Claude's for each.
    const sure = await estimate('The quick brown fox jumps over the lazy dog')
    expect(sure).toMatchObject({ counted: true, promptTokens: 13, cachedTokens: 0 })
    expect(BigInt(sure.low ?? '0')).toBeGreaterThan(13n * 2_000_000n)
    expect(BigInt(sure.high ?? '0')).toBeGreaterThan(BigInt(sure.low ?? '0'))
    // 128,000 tokens of answer at $10 a million.
    expect(BigInt(sure.most ?? '0')).toBeGreaterThan(1_280_000_000_000n)
  })

  it('of a later message begins with what the provider reported, and only the new text is guessed', async () => {
    const first = await answered('Read this', null, reporting(40_000, 500))
    const next = await estimate('The quick brown fox jumps over the lazy dog', first.conversationId)
    expect(next.promptTokens).toBeGreaterThanOrEqual(40_500)
    // Learnt from that one call, a token here is worth four of the provider's at most.
    expect(next.promptTokens).toBeLessThanOrEqual(40_500 + 36)
  })

  it('learns what a model bills for what is counted here', async () => {
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(40)
    const before = await estimate(text)
    await answered(text, null, reporting(800, 10))
    const after = await estimate(text)
    expect(Math.abs(after.promptTokens - 800)).toBeLessThanOrEqual(2)
    expect(before.promptTokens).not.toBe(after.promptTokens)
    harness = await harness.restart()
    expect((await estimate(text)).promptTokens).toBe(after.promptTokens)
  })

  it('holds what a call then costs between its bounds', async () => {
    const foreseen = await estimate('Hi')
    const end = await answered('Hi')
    expect(BigInt(end.message.cost?.pico ?? '0')).toBeLessThanOrEqual(BigInt(foreseen.most ?? '0'))
  })

  it('of a model without a price has no amounts, and of one with a smaller window says that it does not fit', async () => {
    const known = (await harness.ask('app.open', {})).connectionModels[0]?.models ?? []
    server.enqueue(
      json({
        data: [
          { id: 'claude-brand-new-1', type: 'model' },
          { id: TEST_MODEL, type: 'model', max_input_tokens: 20 },
        ],
        has_more: false,
      }),
      'GET /v1/models',
    )
    await harness.ask('connection.check', { connectionId })
    expect(known.length).toBeGreaterThan(2)
    expect(await estimate('Hi', null, 'claude-brand-new-1')).toMatchObject({ low: null, high: null, most: null })
    const text = 'word '.repeat(200)
    const models = await harness.ask('estimate.models', { conversationId: null, text })
    expect(models.map(({ model, fits, low }) => [model, fits, low === null])).toEqual([
      ['claude-brand-new-1', true, true],
      [TEST_MODEL, false, false],
    ])
  })
})

describe('what lies in the cache', () => {
  it('makes this model cheaper, and is what another one would read anew', async () => {
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(3_300)
    const first = await answered(text, null, reporting(10, 100, 0, 48_000))
    expect((await harness.ask('conversation.open', { conversationId: first.conversationId })).cache).toMatchObject({
      connectionId,
      model: TEST_MODEL,
      tokens: 48_000,
    })
    const here = await estimate('And?', first.conversationId)
    expect(here.cachedTokens).toBe(48_000)
    const models = await harness.ask('estimate.models', { conversationId: first.conversationId, text: 'And?' })
    const own = models.find(({ model }) => model === TEST_MODEL)
    const other = models.find(({ model }) => model === 'claude-opus-5-5')
    expect(own).toMatchObject({ rereadTokens: 0, reread: null, low: here.low, high: here.high })
    expect(other?.rereadTokens).toBeGreaterThan(20_000)
    expect(BigInt(other?.reread ?? '0')).toBeGreaterThan(0n)
    expect(BigInt(other?.low ?? '0')).toBeGreaterThan(BigInt(other?.reread ?? '0'))

    harness.clock.advance(5 * 60_000)
    const late = await estimate('And?', first.conversationId)
    expect(late.cachedTokens).toBe(0)
    expect(BigInt(late.low ?? '0')).toBeGreaterThan(BigInt(here.low ?? '0'))
    expect((await harness.ask('conversation.open', { conversationId: first.conversationId })).cache).toBeNull()
  })

  it('is not read, and not counted on, by a conversation whose caching is off', async () => {
    // Bug: a follow-up that costs eleven times its estimate.
    const { conversationId } = await answered('Read this', null, reporting(10, 100, 0, 48_000))
    const on = await estimate('And?', conversationId)
    await harness.ask('conversation.setCaching', { conversationId, caching: 'off' })
    const off = await estimate('And?', conversationId)
    expect(off.cachedTokens).toBe(0)
    expect(BigInt(off.low ?? '0')).toBeGreaterThan(48_000n * 2_000_000n)
    expect(BigInt(on.low ?? '0')).toBeLessThan(BigInt(off.low ?? '0') / 4n)
    expect((await harness.ask('conversation.open', { conversationId })).cache).toBeNull()
  })
})

describe('a switch of models', () => {
  it('trusts no other model’s report: what is counted bounds the prompt', async () => {
    // Bug: a local server that cut the prompt to its window and reported the rest made a dear one look cheap.
    const baseUrl = `${server.origin}/v1`
    const local = await harness.ask('connection.add', { provider: 'ollama', label: 'Mine', baseUrl })
    server.enqueue(json({ data: [{ id: 'small' }] }), 'GET /v1/models')
    await harness.ask('connection.check', { connectionId: local.id })
    const chunk = { id: 'c', object: 'chat.completion.chunk', model: 'small', created: 1 }
    const events = [
      { ...chunk, choices: [{ index: 0, delta: { content: 'Yes.' }, finish_reason: 'stop' }] },
      { ...chunk, choices: [], usage: { prompt_tokens: 4_096, completion_tokens: 2, total_tokens: 4_098 } },
    ]
    const body = `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`
    const head = { status: 200, headers: { 'content-type': 'text/event-stream' } }
    server.enqueue({ kind: 'body', head, body }, 'POST /v1/chat/completions')
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(2_000)
    const ask = { conversationId: null, connectionId: local.id, model: 'small', text }
    const turn = await harness.ask('turn.start', ask)
    const { conversationId } = await settled(harness, turn.turnId)
    const alone = await estimate(text)
    const after = await estimate('And now?', conversationId)
    expect(after.promptTokens).toBeGreaterThanOrEqual(alone.promptTokens)
    expect(BigInt(after.most ?? '0')).toBeGreaterThanOrEqual(BigInt(alone.most ?? '0'))
  })
})

describe('a model without a price for reading a cache', () => {
  it('keeps its estimate in the second message', async () => {
    // Bug: "no price known" because a part that may be cached has none.
    const baseUrl = `${server.origin}/v1`
    const groq = await harness.ask('connection.add', { provider: 'groq', label: 'Groq', baseUrl: null })
    const model = (await harness.ask('app.open', {})).connectionModels
      .find((offered) => offered.connectionId === groq.id)
      ?.models.find(({ id }) => id === 'openai/gpt-oss-safeguard-20b')?.id
    expect(model).toBe('openai/gpt-oss-safeguard-20b')
    await harness.ask('connection.update', { connectionId: groq.id, label: 'Groq', baseUrl })
    await harness.ask('key.set', { connectionId: groq.id, key: 'gsk_0123456789abcdef0123456789abcdef' })
    server.enqueue(fixture('openai-compatible/groq-twice'), 'POST /v1/chat/completions')
    const ask = { conversationId: null, connectionId: groq.id, model: model ?? '', text: 'Hi' }
    const { conversationId } = await settled(harness, (await harness.ask('turn.start', ask)).turnId)
    const next = await harness.ask('estimate.send', { ...ask, conversationId, text: 'And?' })
    expect(next.low).not.toBeNull()
    expect(next.high).not.toBeNull()
  })
})

describe('thinking that is sent back', () => {
  it('is part of what the next prompt is held for', async () => {
    // Bug: 40,000 tokens of thinking that OpenAI reads again, held for as nothing.
    const openai = await harness.ask('connection.add', {
      provider: 'openai',
      label: 'O',
      baseUrl: `${server.origin}/v1`,
    })
    await harness.ask('key.set', { connectionId: openai.id, key: 'sk-proj-0123456789abcdef0123456789abcdef' })
    server.enqueue(thought(40_000))
    const ask = { conversationId: null, connectionId: openai.id, model: 'gpt-5.6-sol', text: 'Think hard' }
    const { conversationId } = await settled(harness, (await harness.ask('turn.start', ask)).turnId)
    const next = await harness.ask('estimate.send', { ...ask, conversationId, text: 'Why?' })
    expect(next.promptTokens).toBeGreaterThan(40_000)
    expect(JSON.stringify(server.requests[0]?.json)).not.toContain('encrypted-thought')
    server.enqueue(thought(10))
    await settled(harness, (await harness.ask('turn.start', { ...ask, conversationId, text: 'Why?' })).turnId)
    expect(JSON.stringify(server.requests[1]?.json)).toContain('encrypted-thought')
  })

  /** An answer of OpenAI that thought so many tokens and wants them back. */
  function thought(tokens: number) {
    const item = { type: 'reasoning', id: 'rs_1', encrypted_content: 'encrypted-thought', summary: [] }
    const response = { id: `resp_${tokens}`, model: 'gpt-5.6-sol', output: [] }
    const usage = {
      input_tokens: 200,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: tokens + 20,
      output_tokens_details: { reasoning_tokens: tokens },
      total_tokens: tokens + 220,
    }
    const events = [
      { type: 'response.created', response },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.output_text.delta', output_index: 1, content_index: 0, item_id: 'm', delta: 'Because.' },
      { type: 'response.completed', response: { ...response, usage } },
    ]
    const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
    return { kind: 'body', head: { status: 200, headers: { 'content-type': 'text/event-stream' } }, body } as const
  }
})

describe('titles', () => {
  it('teach nothing about the length of answers', async () => {
    // Bug: a model asked for six titles is thought to write six words for ever.
    const haiku = 'claude-haiku-5-5'
    await harness.ask('settings.setBackground', { purpose: 'titles', on: true })
    const before = await estimate('Tell me about spoons', null, haiku)
    for (let count = 0; count < 6; count += 1) {
      server.enqueue(fixture('anthropic/text'))
      await answered(`Spoon number ${count}`)
      const calls = 2 * (count + 1)
      await harness.event(
        (event): event is typeof event => event.name === 'spend.changed' && event.payload.month.callCount === calls,
      )
    }
    harness = await harness.restart()
    expect(await estimate('Tell me about spoons', null, haiku)).toEqual(before)
  })
})

describe('without the tokenizer', () => {
  it('goes by the length of the text, says so, and sends all the same', async () => {
    await harness.close()
    const silent: TokenCounter = { count: () => Promise.resolve(null), close: () => undefined }
    harness = await startLatchkey({ tokenCounter: silent })
    connectionId = await connect(harness, server.origin)
    expect(await estimate('x'.repeat(400))).toMatchObject({ counted: false, promptTokens: 100 })
    expect((await answered('x'.repeat(400))).message.state).toBe('complete')
  })
})
