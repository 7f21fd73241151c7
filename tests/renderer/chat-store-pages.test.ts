import { expect, it } from 'vitest'
import { createChatStore } from '../../src/renderer/features/chat/chat-store'
import { bridge } from './held-bridge'
import { answer, conversation, deltaOf, idOf, question } from './views'

// What is shown of a conversation, said as it is drawn, and its earlier messages a page at a time.

const id = idOf('conversation', 1)

it('says what it shows once it is shown, one word at a time, and is nobody’s sign of life', async () => {
  const { request, asked, answer: reply } = bridge()
  const store = createChatStore(request)
  store.setState({ conversations: { [id]: conversation([question(1, 'Which index?'), answer(1, '')]) } })
  const said = () => asked.filter(({ name }) => name === 'turn.seen').map(({ input }) => input)
  store.getState().receive([deltaOf(1, 'A '), deltaOf(2, 'partial ')])
  // Bug: it is said before React has drawn it.
  expect(said()).toEqual([])
  await new Promise(setImmediate)
  const turnId = idOf('turn', 1)
  expect(said()).toEqual([{ turnId, seq: 2, unasked: true }])
  for (const seq of [3, 4, 5]) {
    store.getState().receive([deltaOf(seq, 'index ')])
    await new Promise(setImmediate)
  }
  // Bug: a request for every event, while the one before is still on its way.
  expect(said()).toHaveLength(1)
  await reply(null)
  expect(said()).toEqual([
    { turnId, seq: 2, unasked: true },
    { turnId, seq: 5, unasked: true },
  ])
  await reply(null)
  expect(said()).toHaveLength(2)
})

it('says nothing of what it does not show: words of a conversation it does not have, or after a gap', async () => {
  const { request, names } = bridge()
  const store = createChatStore(request)
  store.getState().receive([deltaOf(1, 'A ')])
  store.setState({ conversations: { [id]: conversation([question(1, 'Which index?'), answer(1, '')]) } })
  store.getState().receive([deltaOf(3, 'lost')])
  await new Promise(setImmediate)
  expect(names()).toEqual(['conversation.open'])
})

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => question(from + index, `Message ${from + index}`))

it('adds earlier messages before those that are shown, once, and says when it cannot', async () => {
  const { request, names, input, answer: reply, refuse } = bridge()
  const store = createChatStore(request)
  void store.getState().open(id)
  await reply(conversation(numbered(10, 12), { older: 10, olderQuestions: 5 }))

  const first = store.getState().loadOlder(id)
  // Bug: a page asked for at every step of the wheel, and added twice.
  expect(await store.getState().loadOlder(id)).toBe(false)
  expect(names()).toEqual(['conversation.open', 'conversation.older'])
  expect(input()).toEqual({ conversationId: id, before: idOf('message', 100) })
  expect(store.getState().older[id]).toBe('loading')
  await reply({ messages: numbered(8, 10), older: 8, olderQuestions: 4 })
  expect(await first).toBe(true)
  const view = store.getState().conversations[id]
  expect(view?.messages.map(({ turnId }) => turnId)).toEqual(numbered(8, 12).map(({ turnId }) => turnId))
  expect([view?.older, view?.olderQuestions]).toEqual([8, 4])

  const second = store.getState().loadOlder(id, 400)
  expect(input()).toMatchObject({ most: 400 })
  await refuse('internal')
  expect(await second).toBe(false)
  expect(store.getState().older[id]).toBe('failed')
  expect(store.getState().conversations[id]?.messages).toHaveLength(4)
})

it('drops earlier messages of what is shown anew meanwhile, and opens anew as far up as it was', async () => {
  const { request, asked } = bridge()
  const reply = async (at: number, value: unknown) => {
    asked[at]?.answer({ ok: true, value })
    await new Promise(setImmediate)
  }
  const store = createChatStore(request)
  void store.getState().open(id)
  await reply(0, conversation(numbered(10, 12), { older: 10 }))
  const earlier = store.getState().loadOlder(id)
  void store.getState().open(id)
  expect(asked[2]).toMatchObject({
    name: 'conversation.open',
    input: { conversationId: id, from: idOf('message', 100) },
  })
  // Another branch is shown by now.
  await reply(2, conversation(numbered(30, 32), { older: 2 }))
  await reply(1, { messages: numbered(8, 10), older: 8, olderQuestions: 4 })
  expect(await earlier).toBe(false)
  expect(store.getState().conversations[id]).toMatchObject({ older: 2 })
  expect(store.getState().conversations[id]?.messages).toHaveLength(2)
  expect(store.getState().older[id]).toBeNull()
})
