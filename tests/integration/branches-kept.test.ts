import { expect, it } from 'vitest'
import type { ConnectionId, ConversationId, MessageId } from '../../src/core/ids'
import type { MessageView } from '../../src/shared/ipc/views'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, TEST_MODEL, type Harness } from '../support/latchkey'
import { gateAfter, httpError, stream, type ProviderServer, type StreamOptions } from '../support/provider-server'
import { spoken } from '../support/spoken'

const OTHER_MODEL = 'claude-opus-5-5'

let server: ProviderServer
let harness: Harness
let connectionId: ConnectionId
let responses = 0

eachWithProvider(
  async (provider, app) => {
    server = provider
    harness = app
    connectionId = await connect(app, provider.origin)
  },
  () => harness,
)

/** The next answer; each response has an id of its own, as one that came before is not booked again. */
function answerWith(text: string, options: StreamOptions = {}): void {
  responses += 1
  server.enqueue(stream(spoken([text], `msg_kept_${responses}`), options))
}

const open = (conversationId: ConversationId) => harness.ask('conversation.open', { conversationId })
const show = (conversationId: ConversationId, messageId: MessageId) =>
  harness.ask('conversation.showBranch', { conversationId, messageId })

it('nothing is ever taken away, whatever is done: every message is reached by the arrows, as it was', async () => {
  // Bug: an answer nobody can get back to, or one that a later act has changed.
  await harness.ask('settings.setBackground', { purpose: 'retries', on: false })
  // So many in a row are what it asks about.
  await harness.ask('settings.setLoop', { on: false, calls: 30, spent: 'usd5', minutes: 5 })
  const written = new Map<MessageId, string>()
  const keep = (message: MessageView) => written.set(message.id, JSON.stringify(asWritten(message)))
  answerWith('Begun')
  const first = await harness.ask('turn.start', {
    conversationId: null,
    connectionId,
    model: TEST_MODEL,
    text: 'Begin',
  })
  const { conversationId } = first
  keep((await settled(harness, first.turnId)).message)
  keep(first.userMessage)

  const random = numbers(20_261_123)
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[random() % items.length]
    if (item === undefined) throw new Error('there is nothing to pick from')
    return item
  }
  // oxlint-disable no-await-in-loop -- one act after another
  for (let step = 0; step < 80; step += 1) {
    const { messages } = await open(conversationId)
    const branching = messages.filter(({ branch }) => branch !== null)
    const act = random() % 6
    if (act === 0 && branching.length > 0) {
      const { branch } = pick(branching)
      const to = branch?.before ?? branch?.after ?? null
      if (to !== null) await show(conversationId, to)
      continue
    }
    const ending = random() % 4
    const gate = gateAfter(3)
    if (ending === 0) server.enqueue(httpError(400, { error: { type: 'invalid_request_error', message: 'No.' } }))
    else answerWith(`Answer of step ${step}`, ending === 1 ? { gates: [gate] } : {})
    const input = { conversationId, connectionId, model: TEST_MODEL, text: `Question of step ${step}` }
    const own = pick(messages.filter(({ role }) => role === 'user'))
    const answer = pick(messages.filter(({ role }) => role === 'assistant'))
    const turn =
      act < 3
        ? await harness.ask('turn.start', act === 1 ? input : { ...input, editOf: own.id })
        : await harness.ask('turn.retry', {
            turnId: answer.turnId,
            ...(act === 3 ? { to: { connectionId, model: OTHER_MODEL } } : {}),
          })
    if (ending === 1) {
      await gate.reached
      await harness.ask('turn.stop', { turnId: turn.turnId })
      gate.release()
    }
    keep((await settled(harness, turn.turnId)).message)
    keep(turn.userMessage)
  }
  // oxlint-enable no-await-in-loop

  expect(written.size).toBeGreaterThan(70)
  const seen = await walked(conversationId)
  expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(written))
  expect(await harness.ask('ledger.verify', {})).toMatchObject({ ok: true })
  const { calls } = await harness.ask('spend.month', {})
  expect(calls.length).toBeGreaterThan(0)
}, 60_000)

/** Goes to every version there is by the arrows alone, and notes each message as it is shown. */
async function walked(conversationId: ConversationId): Promise<Map<MessageId, string>> {
  const seen = new Map<MessageId, string>()
  let view = await open(conversationId)
  const press = async (depth: number, way: 'before' | 'after'): Promise<boolean> => {
    const to = view.messages[depth]?.branch?.[way] ?? null
    if (to !== null) view = await show(conversationId, to)
    return to !== null
  }
  /** Every version at this depth below what is shown above it, and all that is below each. */
  const walk = async (depth: number): Promise<void> => {
    // oxlint-disable no-await-in-loop -- one arrow after another
    while (await press(depth, 'before'));
    do {
      const message = view.messages[depth]
      if (message === undefined) return
      seen.set(message.id, JSON.stringify(asWritten(message)))
      await walk(depth + 1)
    } while (await press(depth, 'after'))
    // oxlint-enable no-await-in-loop
  }
  await walk(0)
  return seen
}

/** A message without what becomes of it: its versions, and what is known of its cost. */
function asWritten({ id, parentId, turnId, role, parts, state, createdMs, model, failure, stopReason }: MessageView) {
  return { id, parentId, turnId, role, parts, state, createdMs, model, failure, stopReason }
}

/** The same numbers each time. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 8
  }
}
