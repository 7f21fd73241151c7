import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planCache, type CacheChoice } from '../../src/core/caching'
import { contextFor, outputLimit, promptSize } from '../../src/core/context'
import { appendDelta, sealReasoning, type Message, type MessagePart } from '../../src/core/conversation'
import { makeId, type ConversationId } from '../../src/core/ids'
import { ratesFor } from '../../src/core/pricing'
import { createCatalog } from '../../src/main/catalog/catalog'
import { anthropic } from '../../src/main/providers/anthropic/adapter'
import { openai } from '../../src/main/providers/openai/adapter'
import type { RequestAnswer } from '../../src/shared/ipc/transport'
import { readGolden, promptOf, brokenPrefixes, unmarked } from '../support/cached-prefix'
import { settled, startLatchkey } from '../support/latchkey'
import { fixture, startProviderServer, type ProviderServer } from '../support/provider-server'

// A provider finds a prompt in its cache by its bytes. One that changes (a date, an order of fields, a mark that turns a
// text into a block) costs the whole prompt again with every question, and nothing but the bill would tell.

const AT = Date.parse('2026-11-23T10:00:00Z')
const CONNECTION = makeId('connection', '0'.repeat(32))
const KEY = `cnv_${'ab'.repeat(16)}`
const catalog = createCatalog()

/** Long enough for the model's shortest prefix, with characters that are easily sent in two ways. */
const LONG = `“Schlüssel”, 鍵, 🗝️ and <b>\\n</b> </script> "quoted" ,"cache_control":{"type":"ephemeral"}\u2028\ttab.
${Array.from({ length: 40 }, (_, index) => `${index + 1}. A latch is lifted, a bolt is drawn, a lock wants its key.`).join('\n')}`
const QUESTIONS = [LONG, 'And a bolt?', 'Why?  \n', '7', 'Say it as JSON: {"a": 1e3}']

interface Party {
  readonly provider: 'anthropic' | 'openai'
  readonly path: string
  readonly model: string
  readonly answers: readonly string[]
}

const PARTIES: readonly Party[] = [
  {
    provider: 'anthropic',
    path: '',
    model: 'claude-opus-5',
    answers: ['text', 'thinking', 'cache', 'odd-characters', 'text'].map((name) => `anthropic/${name}`),
  },
  {
    provider: 'openai',
    path: '/v1',
    model: 'gpt-6-sol',
    answers: ['text', 'reasoning', 'cache', 'reasoning-hidden', 'text'].map((name) => `openai-responses/${name}`),
  },
]

let server: ProviderServer

beforeAll(async () => {
  server = await startProviderServer()
})
afterAll(() => server.close())

type Said = Pick<Message, 'role' | 'parts' | 'connectionId' | 'model'>

const asked = (text: string): Said => ({
  role: 'user',
  parts: [{ type: 'text', text }],
  connectionId: null,
  model: null,
})

/** Sends one question after what was said, as a turn does, and returns the exact body with what is kept of the answer. */
async function turn({ provider, path, model, answers }: Party, said: readonly Said[], choice: CacheChoice, atMs = AT) {
  const messages = contextFor(said, { connectionId: CONNECTION, model })
  const prompt = promptSize(messages)
  const row = catalog.prices.find(provider, model, atMs)
  const info = catalog.findModel(provider, model)
  if (row === undefined || info === undefined) throw new Error(`${model} is not in the catalogue`)
  const cache = planCache({
    choice,
    provider,
    model,
    rates: ratesFor(row, prompt.about, atMs),
    promptTokensAbout: prompt.about,
    messages,
    conversationKey: KEY,
  })
  const maxOutputTokens = outputLimit(info, prompt)
  server.enqueue(fixture(answers[said.filter(({ role }) => role === 'user').length - 1] ?? 'missing'))
  const stream = (provider === 'anthropic' ? anthropic : openai).stream(
    { provider, model, messages, maxOutputTokens, reasons: true, cache },
    {
      key: 'key-000',
      baseUrl: `${server.origin}${path}`,
      fetch,
      within: (work) => work(),
      signal: new AbortController().signal,
      redact: (text) => text,
      now: () => atMs,
    },
  )
  let parts: MessagePart[] = []
  for await (const part of stream) {
    if (part.type === 'text-delta') parts = appendDelta(parts, { type: 'text', text: part.text })
    else if (part.type === 'reasoning-delta') parts = appendDelta(parts, { type: 'reasoning', text: part.text })
    else if (part.type === 'reasoning-proof') parts = sealReasoning(parts, part.proof)
    else if (part.type === 'failure') throw new Error(`the answer failed: ${part.failure.code}`)
  }
  const answer: Said = { role: 'assistant', parts, connectionId: CONNECTION, model }
  return { answer, body: server.requests.at(-1)?.body ?? '' }
}

/** A conversation of five turns. Between two of them everything is written down and read again. */
async function converse(party: Party, choice: CacheChoice = '5m', instants: readonly number[] = []): Promise<string[]> {
  let said: Said[] = []
  const bodies: string[] = []
  for (const [index, question] of QUESTIONS.entries()) {
    said = [...(JSON.parse(JSON.stringify(said)) as Said[]), asked(question)]
    const { answer, body } = await turn(party, said, choice, instants[index])
    said.push(answer)
    bodies.push(body)
  }
  return bodies
}

const party = (provider: Party['provider']): Party => {
  const found = PARTIES.find((each) => each.provider === provider)
  if (found === undefined) throw new Error('there is no such party')
  return found
}

describe.each(PARTIES)('a conversation with $provider', (each) => {
  it.each(['5m', '1h', 'off'] as const)(
    'begins every prompt with the very bytes of the one before (%s)',
    async (choice) => {
      const bodies = await converse(each, choice)
      expect(brokenPrefixes(bodies)).toEqual([])
    },
  )

  it('sends what it sent when the recording was made: an update of the app loses nobody their cache', async () => {
    const bodies = await converse(each)
    await expect(`${bodies.join('\n')}\n`).toMatchFileSnapshot(`../fixtures/caching/${each.provider}.bodies.txt`)
  })

  it('sends the same on another day, and with days between', async () => {
    const days = QUESTIONS.map((_, index) => Date.parse('2027-02-28T23:59:00Z') + index * 86_400_000)
    expect(await converse(each, '5m', days)).toEqual(await converse(each))
  })

  // A mark that moved, or an option that changed, must be all that a change of mind changes.
  it('has the same prompt whatever is chosen', async () => {
    const [on, hour, off] = [await converse(each), await converse(each, '1h'), await converse(each, 'off')]
    expect(hour.map(promptOf).map(unmarked)).toEqual(on.map(promptOf).map(unmarked))
    expect(off.map(promptOf)).toEqual(on.map(promptOf).map(unmarked))
  })
})

describe('the marks', () => {
  const marksOf = (body: string) => {
    const { messages } = JSON.parse(body) as { messages: { content: { cache_control?: unknown }[] }[] }
    return messages.flatMap(({ content }, index) => (content.some((block) => block.cache_control) ? [index] : []))
  }

  it('stand at the end of the turn before and of the question, from the first turn on', async () => {
    expect((await converse(party('anthropic'))).map(marksOf)).toEqual([[0], [1, 2], [3, 4], [5, 6], [7, 8]])
  })

  it('are not there when it is off', async () => {
    const bodies = await converse(party('anthropic'), 'off')
    expect(bodies.map(marksOf)).toEqual(QUESTIONS.map(() => []))
  })

  // Without the first of the two, a question that was reworded would be paid for with everything before it.
  it('still serve a question asked in other words', async () => {
    const first = await turn(party('anthropic'), [asked(LONG)], '5m')
    const wordings = ['And a bolt?', 'And what of a bolt?'].map((text) => [asked(LONG), first.answer, asked(text)])
    const bodies: string[] = []
    for (const said of wordings) bodies.push((await turn(party('anthropic'), said, '5m')).body)
    const [before = '', after = ''] = bodies.map(promptOf)
    const shared = unmarked(before.slice(0, before.indexOf(',"cache_control":{"type":"ephemeral"}}')))
    expect(unmarked(after).startsWith(`${shared}}`)).toBe(true)
    expect(shared).toContain(JSON.stringify(first.answer.parts.map((part) => part.text).join('')).slice(1, -1))
  })
})

describe('the check itself', () => {
  const date = (text: string, turnIndex: number) => text.replace('“Schlüssel”', `2026-11-${23 + turnIndex} “Schlüssel”`)
  const reordered = (text: string, turnIndex: number) =>
    turnIndex === 2
      ? text.replace(/\{"type":"(text|input_text)","text":("(?:[^"\\]|\\.)*")/, '{"text":$2,"type":"$1"')
      : text
  const unblocked = (text: string, turnIndex: number) =>
    turnIndex === 2
      ? text.replace(/"content":\[\{"type":"(?:text|input_text)","text":("(?:[^"\\]|\\.)*")\}\]/, '"content":$1')
      : text
  const rounded = (text: string, turnIndex: number) => (turnIndex === 3 ? text.replace('Why?  ', 'Why?') : text)
  const setting = (text: string, turnIndex: number) =>
    text.replace('"stream":true', `"stream":true,"system":"v1.${turnIndex}"`)

  it.each<[string, (text: string, turnIndex: number) => string, readonly number[]]>([
    ['a date in the first message', date, [1, 2, 3, 4]],
    ['fields in another order', reordered, [2, 3]],
    ['a text that was a block', unblocked, [2, 3]],
    ['a space that was trimmed', rounded, [3, 4]],
    ['a system text with the version in it', setting, [1, 2, 3, 4]],
  ])('sees %s', async (_, change, broken) => {
    for (const each of PARTIES) {
      const changed = (await converse(each)).map(change)
      expect(brokenPrefixes(changed)).toEqual(broken)
    }
  })
})

describe('the app', () => {
  it('sends the same prompts, restarted and on another day at every turn', async () => {
    const each = party('anthropic')
    let harness = await startLatchkey()
    const before = server.requests.length
    try {
      const input = { provider: each.provider, label: 'Test', baseUrl: server.origin }
      const { id } = await harness.ask('connection.add', input)
      await harness.ask('key.set', { connectionId: id, key: 'sk-ant-test-key-0123456789' })
      let conversationId: ConversationId | null = null
      for (const [index, text] of QUESTIONS.entries()) {
        server.enqueue(fixture(each.answers[index] ?? 'missing'))
        const question = { conversationId, connectionId: id, model: each.model, text }
        const started: RequestAnswer<'turn.start'> = await harness.ask('turn.start', question)
        await settled(harness, started.turnId)
        conversationId = started.conversationId
        harness.clock.advance(26 * 3_600_000)
        harness = await harness.restart()
      }
    } finally {
      await harness.close()
    }
    const bodies = server.requests.slice(before).map(({ body }) => body)
    expect(brokenPrefixes(bodies)).toEqual([])
    const recorded = readGolden('anthropic.bodies.txt').map(promptOf).map(unmarked)
    expect(bodies.map(promptOf).map(unmarked)).toEqual(recorded)
  })
})
