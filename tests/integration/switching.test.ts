import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId, ConversationId } from '../../src/core/ids'
import type { ProviderId } from '../../src/core/provider'
import { settled, startLatchkey, type Harness } from '../support/latchkey'
import {
  fixture,
  httpError,
  startProviderServer,
  type ProviderServer,
  type RecordedRequest,
} from '../support/provider-server'

// Four dialects in one conversation, in every order. The server is as strict as the providers document themselves to be,
// and refuses what they would refuse.

interface Party {
  readonly provider: ProviderId
  readonly path: string
  readonly model: string
  /** A stream with thinking in it. */
  readonly fixture: string
  /** Why this provider would refuse the request; null when it would not. */
  readonly refusal: (request: RecordedRequest) => string | null
}

const PARTIES: readonly Party[] = [
  {
    provider: 'anthropic',
    path: '',
    model: 'claude-sonnet-5-5',
    fixture: 'anthropic/thinking',
    refusal: anthropicRefusal,
  },
  {
    provider: 'openai',
    path: '/v1',
    model: 'gpt-6-sol',
    fixture: 'openai-responses/reasoning',
    refusal: responsesRefusal,
  },
  {
    provider: 'deepseek',
    path: '/v1',
    model: 'deepseek-v4-pro',
    fixture: 'openai-compatible/deepseek-reasoning',
    refusal: chatRefusal,
  },
  { provider: 'google', path: '', model: 'gemini-3.8-flash', fixture: 'google/thinking', refusal: googleRefusal },
]

const PAIRS = PARTIES.flatMap((from) => PARTIES.filter((to) => to !== from).map((to) => ({ from, to })))

let harness: Harness
let servers: ProviderServer[]

beforeEach(async () => {
  harness = await startLatchkey()
  servers = []
})
afterEach(async () => {
  await harness.close()
  for (const server of servers) await server.close()
})

/** A connection to a server that plays this party, and refuses what it would refuse. */
async function join(party: Party) {
  const server = await startProviderServer()
  servers.push(server)
  server.always((request) => {
    const why = party.refusal(request)
    return why === null ? fixture(party.fixture) : httpError(400, { error: { message: why } })
  })
  const input = { provider: party.provider, label: 'Test', baseUrl: `${server.origin}${party.path}` }
  const { id } = await harness.ask('connection.add', input)
  await harness.ask('key.set', { connectionId: id, key: `key-of-${party.provider}-0123456789` })
  return { id, server, model: party.model }
}

async function ask(conversationId: ConversationId | null, to: { id: ConnectionId; model: string }, text: string) {
  const input = { conversationId, connectionId: to.id, model: to.model, text }
  const turn = await harness.ask('turn.start', input)
  const end = await settled(harness, turn.turnId)
  return { conversationId: turn.conversationId, message: end.message }
}

describe.each(PAIRS)('from $from.provider to $to.provider and back', ({ from, to }) => {
  it('is never refused, and each answer remembers who gave it', async () => {
    const a = await join(from)
    const b = await join(to)
    const first = await ask(null, a, 'One?')
    const second = await ask(first.conversationId, b, 'Two?')
    const third = await ask(first.conversationId, a, 'Three?')
    const states = [first, second, third].map(({ message }) => [message.state, message.failure?.detail])
    expect(states).toEqual(Array.from({ length: 3 }, () => ['complete', undefined]))
    const { messages } = await harness.ask('conversation.open', { conversationId: first.conversationId })
    const answers = messages.filter(({ role }) => role === 'assistant')
    expect(answers.map(({ provider, model }) => [provider, model])).toEqual([
      [from.provider, from.model],
      [to.provider, to.model],
      [from.provider, from.model],
    ])
    expect(answers.every(({ parts }) => parts.some(({ type }) => type === 'reasoning'))).toBe(true)
    // Everything that was said reaches everybody; thinking reaches nobody but its own model.
    const asked = b.server.requests[0]?.body ?? ''
    const said = answers[0]?.parts.find(({ type }) => type === 'text')?.text ?? 'nothing'
    const thought = answers[0]?.parts.find(({ type, text }) => type === 'reasoning' && text !== '')?.text ?? 'nothing'
    expect(asked).toContain(JSON.stringify(said).slice(1, -1))
    expect(asked).not.toContain(JSON.stringify(thought).slice(1, -1))
  })
})

describe('thinking that its provider wants back', () => {
  it('goes back to the very model that did it, and to no other model of the same provider', async () => {
    const openai = PARTIES.find(({ provider }) => provider === 'openai')
    if (openai === undefined) throw new Error('there is no such party')
    const a = await join(openai)
    const first = await ask(null, a, 'One?')
    await ask(first.conversationId, a, 'Two?')
    await ask(first.conversationId, { ...a, model: 'gpt-6.1-sol' }, 'Three?')
    const kinds = a.server.requests.map(({ json }) =>
      (json as { input: { type?: string }[] }).input.map(({ type }) => type),
    )
    expect(kinds.map((types) => types.filter((type) => type === 'reasoning').length)).toEqual([0, 1, 0])
  })
})

type Body = Readonly<Record<string, unknown>>

const BLOCK_FIELDS = ['type', 'text', 'cache_control']

function anthropicRefusal({ json }: RecordedRequest): string | null {
  const { messages, ...rest } = json as Body & { messages: { role: string; content: Body[] }[] }
  const unknown = Object.keys(rest).filter((name) => !['model', 'max_tokens', 'stream'].includes(name))
  if (unknown.length > 0) return `unexpected ${unknown.join()}`
  const blocks = messages.flatMap(({ content }) => content)
  const odd = blocks.flatMap((block) => Object.keys(block)).filter((name) => !BLOCK_FIELDS.includes(name))
  if (odd.length > 0) return `unexpected ${odd.join()} in a block`
  if (blocks.filter((block) => 'cache_control' in block).length > 4) return 'more than four marks'
  return alternation(
    messages.map(({ role, content }) => ({ role, text: content.map(({ text }) => text).join('') })),
    'assistant',
  )
}

function chatRefusal({ json }: RecordedRequest): string | null {
  const { messages } = json as { messages: Body[] }
  if (messages.some((message) => Object.keys(message).some((name) => name !== 'role' && name !== 'content'))) {
    return 'unexpected field in a message'
  }
  return alternation(
    messages.map(({ role, content }) => ({ role: String(role), text: content })),
    'assistant',
  )
}

function googleRefusal({ json }: RecordedRequest): string | null {
  const { contents } = json as { contents: { role: string; parts: Body[] }[] }
  if (contents.some(({ parts }) => parts.some((part) => Object.keys(part).join() !== 'text'))) return 'unexpected part'
  return alternation(
    contents.map(({ role, parts }) => ({ role, text: parts[0]?.['text'] })),
    'model',
  )
}

function responsesRefusal({ json }: RecordedRequest): string | null {
  const { store, input } = json as { store: unknown; input: (Body & { role?: string; type?: string })[] }
  if (store !== false) return 'store must be false'
  for (const [index, item] of input.entries()) {
    if (item.type !== 'reasoning') continue
    // Reasoning must be followed by what it led to, and can only be read with its encrypted content.
    if (typeof item['encrypted_content'] !== 'string') return 'reasoning without encrypted content'
    if (input[index + 1]?.role !== 'assistant') return 'reasoning without the message it belongs to'
  }
  const said = input.filter(({ type }) => type !== 'reasoning')
  if (said.some(({ role }) => role !== 'user' && role !== 'assistant')) return 'unexpected item'
  return said[0]?.role === 'user' && said.at(-1)?.role === 'user' ? null : 'must begin and end with the user'
}

function alternation(messages: readonly { role: string; text: unknown }[], other: string): string | null {
  for (const [index, { role, text }] of messages.entries()) {
    if (role !== (index % 2 === 0 ? 'user' : other)) return `message ${index} is ${role}`
    if (typeof text !== 'string' || text.trim() === '') return `message ${index} is empty`
  }
  return messages.at(-1)?.role === 'user' ? null : 'must end with the user'
}
