import { describe, expect, it } from 'vitest'
import type { ConnectionId, ConversationId, MessageId, TurnId } from '../../src/core/ids'
import type { RequestInput } from '../../src/shared/ipc/transport'
import type { ConversationView, MessageView } from '../../src/shared/ipc/views'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, TEST_KEY, TEST_MODEL, type Harness } from '../support/latchkey'
import { gateAfter, stream, type ProviderServer, type StreamOptions } from '../support/provider-server'
import { spoken } from '../support/spoken'

// Bug: an edit or a repetition that takes an earlier message away, or sends another history than the one that is shown.

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
  server.enqueue(stream(spoken([text], `msg_branches_${responses}`), options))
}

type Extra = Omit<Partial<RequestInput<'turn.start'>>, 'conversationId' | 'text'>

async function say(conversationId: ConversationId | null, text: string, reply: string, extra: Extra = {}) {
  answerWith(reply)
  const turn = await harness.ask('turn.start', { conversationId, connectionId, model: TEST_MODEL, text, ...extra })
  await settled(harness, turn.turnId)
  return turn
}

async function again(turnId: TurnId, reply: string, extra: Omit<RequestInput<'turn.retry'>, 'turnId'> = {}) {
  answerWith(reply)
  const turn = await harness.ask('turn.retry', { turnId, ...extra })
  await settled(harness, turn.turnId)
  return turn
}

const open = (conversationId: ConversationId) => harness.ask('conversation.open', { conversationId })
const show = (conversationId: ConversationId, messageId: MessageId) =>
  harness.ask('conversation.showBranch', { conversationId, messageId })

const textOf = ({ parts }: MessageView) => parts.map(({ text }) => text).join('')
const texts = ({ messages }: ConversationView) => messages.map(textOf)

/** What the last request told its model. */
function told(): unknown[] {
  const body = server.requests.at(-1)?.json as { messages: { content: string | { text: string }[] }[] } | undefined
  return (body?.messages ?? []).map(({ content }) =>
    typeof content === 'string' ? content : content.map(({ text }) => text).join(''),
  )
}

/** Two questions and their answers. */
async function twoTurns() {
  const first = await say(null, 'One', 'Answer one')
  const second = await say(first.conversationId, 'Two', 'Answer two')
  return { conversationId: first.conversationId, first, second }
}

describe('an edited message', () => {
  it('is a sibling of what it was, sent with what came before it and nothing of what it was', async () => {
    const { conversationId, second } = await twoTurns()
    const edited = await say(conversationId, 'Two, edited', 'Answer edited', { editOf: second.userMessage.id })
    expect(told()).toEqual(['One', 'Answer one', 'Two, edited'])
    expect(edited.userMessage.parentId).toBe(second.userMessage.parentId)
    expect(edited.userMessage.branch).toEqual({ at: 2, of: 2, before: second.userMessage.id, after: null })
    expect(texts(await open(conversationId))).toEqual(['One', 'Answer one', 'Two, edited', 'Answer edited'])
    expect(texts(await show(conversationId, second.userMessage.id))).toEqual(['One', 'Answer one', 'Two', 'Answer two'])
  })

  it('may be the first of its conversation, whose name and cost stay', async () => {
    const { conversationId, first } = await twoTurns()
    const before = await open(conversationId)
    const edited = await say(conversationId, 'One, edited', 'Answer edited', { editOf: first.userMessage.id })
    expect(told()).toEqual(['One, edited'])
    expect(edited.userMessage.branch).toMatchObject({ at: 2, of: 2 })
    const after = await open(conversationId)
    expect(after.title).toBe(before.title)
    expect(texts(after)).toEqual(['One, edited', 'Answer edited'])
    // What the other versions have cost was spent all the same.
    expect(BigInt(after.spend.atLeast)).toBeGreaterThan(BigInt(before.spend.atLeast))
    const back = await show(conversationId, first.userMessage.id)
    expect(texts(back)).toEqual(texts(before))
    expect(back.spend).toEqual(after.spend)
  })

  it('is refused where nobody wrote it: an answer, another conversation, none', async () => {
    const { conversationId, second } = await twoTurns()
    const elsewhere = await say(null, 'Else', 'Answer else')
    const input = { conversationId, connectionId, model: TEST_MODEL, text: 'Edited' }
    const requests = server.requests.length
    for (const editOf of [second.answer.id, elsewhere.userMessage.id, idNobodyHas()]) {
      expect(await harness.request('turn.start', { ...input, editOf })).toEqual({
        ok: false,
        error: { code: 'not_found', field: 'editOf' },
      })
    }
    const nowhere = { ...input, conversationId: null, editOf: second.userMessage.id }
    expect(await harness.request('turn.start', nowhere)).toMatchObject({ error: { code: 'bad_request' } })
    expect(server.requests).toHaveLength(requests)
  })

  it('holds keys back as any message does: those in it, and those before it', async () => {
    // Bug: the way round by an edit, past the question about a key.
    const key = 'sk-proj-Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'
    const first = await say(null, 'One', 'Answer one')
    const { conversationId } = first
    const withKey = await say(conversationId, `It is ${key}`, 'Thanks', { allowSecret: true })
    const last = await say(conversationId, 'Three', 'Answer three')
    const otherId = await connect(harness, server.origin, `${TEST_KEY}-2`)
    const to = { conversationId, connectionId: otherId, model: TEST_MODEL, text: 'Edited' }
    const requests = server.requests.length
    expect(await harness.request('turn.start', { ...to, text: TEST_KEY, editOf: last.userMessage.id })).toMatchObject({
      error: { code: 'key_misplaced' },
    })
    expect(await harness.request('turn.start', { ...to, editOf: last.userMessage.id })).toMatchObject({
      error: { code: 'key_in_history' },
    })
    expect(server.requests).toHaveLength(requests)
    // Before the message with the key there is none: nothing is asked, and it does not go along.
    answerWith('Fine')
    const edit = await harness.ask('turn.start', { ...to, editOf: withKey.userMessage.id })
    await settled(harness, edit.turnId)
    expect(server.requests.at(-1)?.body).not.toContain(key)
    expect(told()).toEqual(['One', 'Answer one', 'Edited'])
  })

  it('is estimated with the history it will have', async () => {
    const { conversationId, first } = await twoTurns()
    await say(conversationId, 'long '.repeat(2_000), 'Answer three')
    // Of another model nothing has been reported, so that all of it is counted.
    const asked = { conversationId, connectionId, model: OTHER_MODEL, text: 'One, edited' }
    const atEnd = await harness.ask('estimate.send', asked)
    const atStart = await harness.ask('estimate.send', { ...asked, editOf: first.userMessage.id })
    expect(atEnd.promptTokens).toBeGreaterThan(2_000)
    expect(atStart.promptTokens).toBeLessThan(50)
    const models = await harness.ask('estimate.models', {
      conversationId,
      text: asked.text,
      editOf: first.userMessage.id,
    })
    const own = models.find((each) => each.connectionId === connectionId && each.model === OTHER_MODEL)
    expect(own).toMatchObject({ low: atStart.low, high: atStart.high })
  })

  it('waits like any message while an answer runs, and stays within the budgets', async () => {
    const { conversationId, first } = await twoTurns()
    const gate = gateAfter(2)
    answerWith('Held', { gates: [gate] })
    const input = { conversationId, connectionId, model: TEST_MODEL, text: 'Three' }
    const running = await harness.ask('turn.start', input)
    const edit = { ...input, editOf: first.userMessage.id }
    expect(await harness.request('turn.start', edit)).toMatchObject({ error: { code: 'turn_running' } })
    gate.release()
    await settled(harness, running.turnId)
    const scope = { kind: 'all' } as const
    await harness.ask('budget.set', {
      scope,
      period: 'month',
      limit: '0.0001',
      steps: [{ percent: 100, action: 'block' }],
    })
    expect(await harness.request('turn.start', edit)).toMatchObject({ error: { code: 'budget_limit' } })
    expect((await open(conversationId)).messages.every(({ branch }) => branch === null)).toBe(true)
  })
})

describe('an answer that is asked for again', () => {
  it('may be any of those shown; what came after it is on the branch it was', async () => {
    const { conversationId, first } = await twoTurns()
    const other = await again(first.turnId, 'Answer one again')
    expect(told()).toEqual(['One'])
    expect(other.answer.branch).toEqual({ at: 2, of: 2, before: first.answer.id, after: null })
    const after = await open(conversationId)
    expect(texts(after)).toEqual(['One', 'Answer one again'])
    expect(after.messages[1]?.branch).toEqual(other.answer.branch)
    expect(texts(await show(conversationId, first.answer.id))).toEqual(['One', 'Answer one', 'Two', 'Answer two'])
  })

  it('tells its branch with its end', async () => {
    const { first } = await twoTurns()
    const other = await again(first.turnId, 'Answer one again')
    const { message } = await settled(harness, other.turnId)
    expect(message.branch).toEqual({ at: 2, of: 2, before: first.answer.id, after: null })
  })

  it('by another model is that answer alone: the conversation goes on with its own', async () => {
    // Bug: every later message goes to the dearer model that was tried once.
    const { conversationId, second } = await twoTurns()
    const other = await again(second.turnId, 'Answer by another', { to: { connectionId, model: OTHER_MODEL } })
    expect(server.requests.at(-1)?.json).toMatchObject({ model: OTHER_MODEL })
    expect(other).toMatchObject({ connectionId, model: TEST_MODEL, answer: { model: OTHER_MODEL } })
    expect(await open(conversationId)).toMatchObject({ connectionId, model: TEST_MODEL })
    // Each is booked on its own; only the same question to the same model repeats a call.
    const same = await again(second.turnId, 'Answer again')
    const { calls } = await harness.ask('spend.month', {})
    expect(calls).toHaveLength(4)
    expect(new Set(calls.map(({ id }) => id)).size).toBe(4)
    expect(same.answer.branch).toMatchObject({ at: 3, of: 3 })
  })

  it('by another connection asks about keys in the history first', async () => {
    const key = 'sk-proj-Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'
    const turn = await say(null, `It is ${key}`, 'Thanks', { allowSecret: true })
    const otherId = await connect(harness, server.origin, `${TEST_KEY}-2`)
    const to = { connectionId: otherId, model: TEST_MODEL }
    expect(await harness.request('turn.retry', { turnId: turn.turnId, to })).toMatchObject({
      error: { code: 'key_in_history' },
    })
    await again(turn.turnId, 'Nothing to see', { to, earlierKeys: 'redact' })
    expect(server.requests.at(-1)?.body).not.toContain(key)
  })
})

describe('showing another branch', () => {
  it('shows what was shown there last, through a restart as well', async () => {
    const { conversationId, first, second } = await twoTurns()
    const secondAgain = await again(second.turnId, 'Answer two again')
    await show(conversationId, second.answer.id)
    await again(first.turnId, 'Answer one again')
    // Bug: the newest branch instead of the one that was being read.
    expect(texts(await show(conversationId, first.answer.id)).at(-1)).toBe('Answer two')
    await show(conversationId, secondAgain.answer.id)
    const edited = await say(conversationId, 'One, edited', 'Edited', { editOf: first.userMessage.id })
    harness = await harness.restart()
    expect(texts(await open(conversationId))).toEqual(['One, edited', 'Edited'])
    expect(texts(await show(conversationId, first.userMessage.id)).at(-1)).toBe('Answer two again')
    expect(texts(await show(conversationId, edited.userMessage.id))).toEqual(['One, edited', 'Edited'])
    harness = await harness.restart()
    expect(texts(await open(conversationId))).toEqual(['One, edited', 'Edited'])
  })

  it('is what the next message follows', async () => {
    const { conversationId, first } = await twoTurns()
    await again(first.turnId, 'Answer one again')
    await show(conversationId, first.answer.id)
    await say(conversationId, 'Three', 'Answer three')
    expect(told()).toEqual(['One', 'Answer one', 'Two', 'Answer two', 'Three'])
  })

  it('is refused while an answer runs, and for what is not in the conversation', async () => {
    const { conversationId, first } = await twoTurns()
    const elsewhere = await say(null, 'Else', 'Answer else')
    const refused = { ok: false, error: { code: 'not_found', field: 'messageId' } }
    const there = { conversationId, messageId: elsewhere.answer.id }
    expect(await harness.request('conversation.showBranch', there)).toEqual(refused)
    const gate = gateAfter(2)
    answerWith('Held', { gates: [gate] })
    const running = await harness.ask('turn.retry', { turnId: first.turnId })
    const back = { conversationId, messageId: first.answer.id }
    expect(await harness.request('conversation.showBranch', back)).toMatchObject({ error: { code: 'turn_running' } })
    gate.release()
    await settled(harness, running.turnId)
    expect(texts(await show(conversationId, first.answer.id))).toHaveLength(4)
  })

  it('is a look and no activity: neither the list nor the time it is kept knows of it', async () => {
    // Bug: a conversation that is kept for a day more by every look at it.
    const { conversationId, first } = await twoTurns()
    await again(first.turnId, 'Answer one again')
    await harness.ask('conversation.setRetention', { conversationId, retention: { days: 30 } })
    harness.clock.advance(3_600_000)
    // A start looks at the clock.
    harness = await harness.restart()
    const newer = await say(null, 'Newer', 'Answer')
    const before = await open(conversationId)
    const after = await show(conversationId, first.answer.id)
    expect(after.updatedMs).toBe(before.updatedMs)
    expect(after.retention).toEqual(before.retention)
    const list = await harness.ask('conversation.list', {})
    expect(list.map(({ id }) => id)).toEqual([newer.conversationId, conversationId])
    // A message is: what is still written in goes on.
    await say(conversationId, 'Three', 'Answer three')
    const { deletion } = (await open(conversationId)).retention
    expect(deletion).not.toEqual(before.retention.deletion)
  })

  it('works the same in a private conversation', async () => {
    const turn = await say(null, 'One', 'Answer one', { private: true })
    const { conversationId } = turn
    await again(turn.turnId, 'Answer one again')
    const edited = await say(conversationId, 'One, edited', 'Edited', { editOf: turn.userMessage.id })
    expect(texts(await show(conversationId, turn.userMessage.id))).toEqual(['One', 'Answer one again'])
    expect(texts(await show(conversationId, edited.userMessage.id))).toEqual(['One, edited', 'Edited'])
    await harness.ask('conversation.delete', { conversationId })
    await harness.ask('data.purge', {})
  })

  it('shows what lies in the cache of that branch', async () => {
    const { conversationId, first } = await twoTurns()
    await again(first.turnId, 'Answer one again', { to: { connectionId, model: OTHER_MODEL } })
    const other = (await open(conversationId)).cache
    const own = (await show(conversationId, first.answer.id)).cache
    expect(other === null || other.model === OTHER_MODEL).toBe(true)
    expect(own === null || own.model === TEST_MODEL).toBe(true)
  })
})

it('a draft is still kept when another message goes: an edit, or one said beside it', async () => {
  // Bug: a kill after an edit takes the unsent text of the field along.
  const { conversationId, first } = await twoTurns()
  await harness.ask('draft.keep', { conversationId, text: 'Not sent yet' })
  const kept = async () => (await harness.ask('app.open', {})).drafts
  await say(conversationId, 'One, edited', 'Edited', { editOf: first.userMessage.id })
  await say(conversationId, 'Continue', 'Going on', { besideDraft: true })
  expect(await kept()).toEqual([{ conversationId, text: 'Not sent yet' }])
  await say(conversationId, 'Not sent yet', 'Sent')
  expect(await kept()).toEqual([])
})

function idNobodyHas(): MessageId {
  return `msg_${'f'.repeat(32)}` as MessageId
}
