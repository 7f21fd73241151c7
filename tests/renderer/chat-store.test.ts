import { expect, it } from 'vitest'
import { textOf } from '../../src/core/conversation'
import { createChatStore } from '../../src/renderer/features/chat/chat-store'
import type { StartedTurn } from '../../src/shared/ipc/contract'
import type { ConversationView } from '../../src/shared/ipc/views'
import { bridge } from './held-bridge'
import { answer, conversation, cost, deltaOf, idOf, BEGUN, question } from './views'

const id = idOf('conversation', 1)

const started: StartedTurn = {
  turnId: idOf('turn', 1),
  conversationId: id,
  ...BEGUN,
  userMessage: question(1, 'Which index?'),
  answer: answer(1, ''),
}

const outgoing = {
  conversationId: null,
  connectionId: idOf('connection', 1),
  model: 'claude-sonnet-5-5',
  text: 'Which index?',
}

function shown(view: ConversationView | undefined): string {
  return textOf(view?.messages.at(-1)?.parts ?? [])
}

it('keeps the pieces that overtake the answer to the message that began them', async () => {
  const { request, answer: reply } = bridge()
  const store = createChatStore(request)
  const sent = store.getState().send(outgoing)
  store.getState().receive([deltaOf(1, 'A partial '), deltaOf(2, 'index.')])
  await reply(started)
  expect(await sent).toBe(id)
  expect(shown(store.getState().conversations[id])).toBe('A partial index.')
})

it('says that a key in a message is meant only where that was said, and keeps it for another try', async () => {
  const { request, input, refuse } = bridge()
  const store = createChatStore(request)
  const message = { ...outgoing, allowSecret: true } as const
  const sent = store.getState().send(message)
  expect(input()).toEqual(message)
  await refuse('budget_limit')
  await sent
  expect(store.getState().refusal?.attempt).toMatchObject({ message: { allowSecret: true } })
  void store.getState().send(outgoing)
  expect(input()).toEqual(outgoing)
})

it('a refused message says where and why, and begins nothing', async () => {
  const { request, refuse } = bridge()
  const store = createChatStore(request)
  const sent = store.getState().send(outgoing)
  await refuse('key_missing')
  expect(await sent).toBeNull()
  expect(store.getState().refusal).toEqual({
    key: 'new',
    error: { code: 'key_missing' },
    attempt: { kind: 'send', message: outgoing, allow: [] },
  })
  expect(store.getState().conversations).toEqual({})
  expect(store.getState().sending).toEqual([])
})

it('a second Enter before the first was accepted sends nothing', async () => {
  const { request, names, answer: reply } = bridge()
  const store = createChatStore(request)
  const first = store.getState().send(outgoing)
  expect(await store.getState().send(outgoing)).toBeNull()
  await reply(started)
  await first
  expect(names()).toEqual(['turn.start'])
})

it('opens the conversation anew when an event is missing, and goes on from the snapshot', async () => {
  const { request, names, answer: reply } = bridge()
  const store = createChatStore(request)
  void store.getState().open(id)
  await reply(conversation([question(1, 'Which index?'), answer(1, '')]))
  store.getState().receive([deltaOf(1, 'A '), deltaOf(3, 'index.')])
  expect(names()).toEqual(['conversation.open', 'conversation.open'])
  store.getState().receive([deltaOf(4, ' It helps.')])
  const snapshot = conversation([
    question(1, 'Which index?'),
    answer(1, '', { parts: [{ type: 'text', text: 'A partial index.' }] }),
  ])
  await reply({ ...snapshot, runningTurn: { turnId: idOf('turn', 1), messageId: idOf('message', 11), seq: 3 } })
  expect(shown(store.getState().conversations[id])).toBe('A partial index. It helps.')
})

it('a conversation in the background goes on receiving', async () => {
  const { request, answer: reply } = bridge()
  const store = createChatStore(request)
  void store.getState().open(id)
  await reply(conversation([question(1, 'Which index?'), answer(1, '')]))
  void store.getState().open(idOf('conversation', 2))
  store.getState().receive([deltaOf(1, 'Still here.')])
  await reply(conversation([], { id: idOf('conversation', 2) }))
  expect(shown(store.getState().conversations[id])).toBe('Still here.')
})

it('announces the failure that happened while looking on, and no older one', async () => {
  const { request, answer: reply } = bridge()
  const store = createChatStore(request)
  void store.getState().open(id)
  await reply(conversation([question(1, 'Which index?'), answer(1, '')]))
  expect(store.getState().freshFailure).toBeNull()
  const failed = answer(1, 'Half', { state: 'failed' })
  const { title, updatedMs, spend, cache, retention } = conversation([])
  store.getState().receive([
    {
      name: 'turn.settled',
      payload: {
        turnId: failed.turnId,
        conversationId: id,
        seq: 1,
        message: failed,
        conversation: { title, updatedMs, spend, cache, retention },
      },
    },
  ])
  expect(store.getState().freshFailure).toBe(idOf('turn', 1))
})

it('takes a refused change of model back and says so', async () => {
  const { request, answer: reply, refuse } = bridge()
  const store = createChatStore(request)
  void store.getState().open(id)
  await reply(conversation([]))
  const change = store.getState().setModel(id, idOf('connection', 1), 'claude-gone')
  expect(store.getState().conversations[id]?.model).toBe('claude-gone')
  await refuse('model_unknown')
  await change
  expect(store.getState().conversations[id]?.model).toBe('claude-sonnet-5-5')
  expect(store.getState().refusal?.error.code).toBe('model_unknown')
})

it('reads again what had no price, and nothing else', async () => {
  const { request, names, answer: reply } = bridge()
  const store = createChatStore(request)
  const messages = [question(1, 'Which index?'), answer(1, 'This one.')]
  const opened = store.getState().open(id)
  await reply(conversation(messages, { spend: cost(null, { costClass: 'unpriced' }) }))
  await opened
  const refreshed = store.getState().refresh()
  await reply(conversation(messages, { spend: cost('5', { costClass: 'adjustment' }) }))
  await refreshed
  expect(store.getState().conversations[id]?.spend.pico).toBe('5')
  await store.getState().refresh()
  expect(names()).toEqual(['conversation.open', 'conversation.open'])
})

it('a yes to a budget goes along with that one message, and with no other', async () => {
  const { request, input, refuse } = bridge()
  const store = createChatStore(request)
  const allow = [{ budgetId: idOf('budget', 1), percent: 100 }]
  const sent = store.getState().send(outgoing, allow)
  expect(input()).toEqual({ ...outgoing, allow })
  await refuse('budget_limit')
  await sent
  expect(store.getState().refusal?.attempt).toEqual({ kind: 'send', message: outgoing, allow })
  void store.getState().send(outgoing)
  // Not even an empty list: nothing has been allowed.
  expect(input()).toEqual(outgoing)
})

it('a refused repetition says what it was, so that it can be allowed once', async () => {
  const { request, input, refuse } = bridge()
  const store = createChatStore(request)
  const retried = store.getState().retry(id, idOf('turn', 1))
  expect(input()).toEqual({ turnId: idOf('turn', 1) })
  await refuse('budget_limit')
  await retried
  expect(store.getState().refusal).toMatchObject({
    key: id,
    attempt: { kind: 'retry', turnId: idOf('turn', 1), draft: '', allow: [] },
  })
  const allow = [{ budgetId: idOf('budget', 1), percent: 80 }]
  void store.getState().retry(id, idOf('turn', 1), allow)
  expect(input()).toEqual({ turnId: idOf('turn', 1), allow })
})

it('an edit that is refused is told where it is written, while its conversation waits for events all the same', async () => {
  const { request, input, refuse, answer: reply } = bridge()
  const store = createChatStore(request)
  const edit = { ...outgoing, conversationId: id, editOf: idOf('message', 10) }
  const sent = store.getState().send(edit)
  expect(input()).toEqual(edit)
  expect(store.getState().sending).toEqual([edit.editOf])
  // Bug: a second message of the same conversation at the same time.
  expect(await store.getState().send({ ...outgoing, conversationId: id })).toBeNull()
  await refuse('key_in_history')
  await sent
  expect(store.getState().refusal).toEqual({
    key: edit.editOf,
    error: { code: 'key_in_history' },
    attempt: { kind: 'send', message: edit, allow: [] },
  })
  expect(store.getState().sending).toEqual([])
  const again = store.getState().send(edit)
  await reply(started)
  expect(await again).toBe(id)
})

it('an answer asked of another model says so again when it is refused', async () => {
  const { request, input, refuse } = bridge()
  const store = createChatStore(request)
  const to = { connectionId: idOf('connection', 2), model: 'claude-opus-5-5' }
  const retried = store.getState().retry(id, idOf('turn', 1), [], {}, to)
  expect(input()).toEqual({ turnId: idOf('turn', 1), to })
  await refuse('key_in_history')
  expect(await retried).toBe(false)
  expect(store.getState().refusal?.attempt).toMatchObject({ kind: 'retry', to })
})

it('another branch is shown as it is told, and a refusal leaves what is shown', async () => {
  const { request, input, refuse, answer: reply } = bridge()
  const store = createChatStore(request)
  void store.getState().open(id)
  await reply(conversation([question(1, 'One'), answer(1, 'First.')]))
  const before = store.getState().conversations[id]
  const messageId = idOf('message', 99)
  const refused = store.getState().showBranch(id, messageId)
  // Bug: what its reader had loaded above is gone with the other branch.
  expect(input()).toEqual({ conversationId: id, messageId, from: idOf('message', 10) })
  await refuse('turn_running')
  expect(await refused).toBe(false)
  expect(store.getState().conversations[id]).toBe(before)
  const switched = store.getState().showBranch(id, messageId)
  await reply(conversation([question(3, 'Edited'), answer(3, 'Third.')]))
  expect(await switched).toBe(true)
  expect(store.getState().conversations[id]?.messages).toHaveLength(2)
})

it('reaches a message on the branch that is shown without showing another, and else on its own', async () => {
  const { request, answer: reply, names, input } = bridge()
  const store = createChatStore(request)
  const messageId = idOf('message', 30)
  const near = store.getState().reach(id, messageId)
  expect(input()).toEqual({ conversationId: id, from: messageId })
  await reply(conversation([question(3, 'Far up'), answer(3, 'Third.')]))
  expect(await near).toBe(true)
  // Bug: what is shown already is asked for anew, or another branch is chosen for it.
  expect(await store.getState().reach(id, messageId)).toBe(true)
  expect(names()).toEqual(['conversation.open'])

  const elsewhere = store.getState().reach(id, idOf('message', 50))
  await reply(conversation([question(3, 'Far up'), answer(3, 'Third.')]))
  expect(input()).toMatchObject({ conversationId: id, messageId: idOf('message', 50) })
  await reply(conversation([question(5, 'Edited'), answer(5, 'Fifth.')]))
  expect(await elsewhere).toBe(true)
  expect(names()).toEqual(['conversation.open', 'conversation.open', 'conversation.showBranch'])
})

it('says so where a message that is to be reached is gone, and asks no further where its conversation is', async () => {
  const { request, answer: reply, refuse, names } = bridge()
  const store = createChatStore(request)
  const gone = store.getState().reach(id, idOf('message', 30))
  await refuse('not_found')
  expect(await gone).toBe(false)
  expect([names(), store.getState().refusal?.error.code]).toEqual([['conversation.open'], 'not_found'])
  const moved = store.getState().reach(id, idOf('message', 30))
  await reply(conversation([]))
  await refuse('not_found')
  expect(await moved).toBe(false)
  expect(store.getState().refusal).toEqual({ key: id, error: { code: 'not_found' } })
})

it('takes a refused choice of caching back and says so', async () => {
  const { request, answer: reply, refuse } = bridge()
  const store = createChatStore(request)
  void store.getState().open(id)
  await reply(conversation([]))
  const change = store.getState().setCaching(id, '1h')
  expect(store.getState().conversations[id]?.caching).toBe('1h')
  await refuse('not_found')
  await change
  expect(store.getState().conversations[id]?.caching).toBe('5m')
  expect(store.getState().refusal?.error.code).toBe('not_found')
})

it('a cost that comes while a conversation is read again is not lost', async () => {
  const { request, answer: reply } = bridge()
  const store = createChatStore(request)
  const opened = store.getState().open(id)
  const message = answer(1, 'A partial one.', { cost: cost('7') })
  store.getState().receive([{ name: 'answer.booked', payload: { conversationId: id, message, spend: cost('7') } }])
  await reply(conversation([question(1, 'Which index?'), answer(1, 'A partial one.', { counting: true })]))
  await opened
  expect(store.getState().conversations[id]?.messages[1]).toBe(message)
  expect(store.getState().conversations[id]?.spend.pico).toBe('7')
})

it('what arrives of a private conversation before its answer does is not lost', async () => {
  const main = bridge()
  const store = createChatStore(main.request)
  const sent = store.getState().send({ ...outgoing, private: true })
  expect(main.input()).toMatchObject({ conversationId: null, private: true })
  store.getState().receive([deltaOf(1, 'By its '), deltaOf(2, 'name.')])
  await main.answer({ ...started, isPrivate: true })
  expect(await sent).toBe(id)
  expect(store.getState().conversations[id]?.isPrivate).toBe(true)
  expect(shown(store.getState().conversations[id])).toContain('By its name.')
})

it('a private message that was refused leaves the other new conversation alone', async () => {
  const main = bridge()
  const store = createChatStore(main.request)
  const sent = store.getState().send({ ...outgoing, private: true })
  await main.refuse('key_missing')
  expect(await sent).toBeNull()
  expect(store.getState().refusal?.key).toBe('private')
})

it('a time of its own is shown once it is kept, and not when it was refused', async () => {
  const main = bridge()
  const store = createChatStore(main.request)
  store.setState({ conversations: { [id]: conversation([question(1, 'Which index?')]) } })
  const refused = store.getState().setRetention(id, 'until_quit')
  await main.refuse('internal')
  expect(await refused).toEqual({ code: 'internal' })
  expect(store.getState().conversations[id]?.retention.own).toBeNull()
  const kept = store.getState().setRetention(id, 'until_quit')
  const retention = { own: 'until_quit', deletion: { when: 'at_quit' } }
  await main.answer(retention)
  expect(await kept).toBeNull()
  expect(store.getState().conversations[id]?.retention).toEqual(retention)
})

it('what has gone for good is forgotten, and brought back it is no longer said to be gone', async () => {
  const main = bridge()
  const store = createChatStore(main.request)
  store.setState({ conversations: { [id]: conversation([question(1, 'Which index?')]) } })
  store.getState().drop([id])
  expect(store.getState().conversations[id]).toBeUndefined()
  const opening = store.getState().open(id)
  await main.refuse('not_found')
  await opening
  expect(store.getState().refusal).toEqual({ key: id, error: { code: 'not_found' } })
  const again = store.getState().open(id)
  await main.answer(conversation([question(1, 'Which index?')]))
  await again
  expect(store.getState().refusal).toBeNull()
})
