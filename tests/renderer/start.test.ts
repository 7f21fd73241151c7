import { expect, it } from 'vitest'
import { firstPlace } from '../../src/renderer/app/start'
import { connection, idOf, storedKey } from './views'

const settings = { retentionAnswered: true }
const summary = (number: number, updatedMs: number) => ({
  id: idOf('conversation', number),
  title: '',
  updatedMs,
  running: false,
  isPrivate: false,
})

it('a restart finds the conversation that was used last', () => {
  const place = firstPlace({
    connections: [connection(1)],
    conversations: [summary(1, 5), summary(2, 9)],
    settings,
    leftOut: null,
  })
  expect(place).toEqual({ name: 'conversation', conversationId: idOf('conversation', 2) })
})

it('without a key the form for one comes first, and leads on to where one was', () => {
  const keyless = connection(1, { key: { state: 'none' } })
  expect(firstPlace({ connections: [keyless], conversations: [summary(1, 5)], settings, leftOut: null })).toEqual({
    name: 'add-key',
    from: { name: 'conversation', conversationId: idOf('conversation', 1) },
  })
})

it('a key that is locked is a key: it is not asked for again', () => {
  const locked = connection(1, { key: storedKey({ state: 'locked', last4: null }) })
  expect(firstPlace({ connections: [locked], conversations: [], settings, leftOut: null }).name).toBe('conversation')
})

it('how long to keep is asked once, after the form for a key, and of nobody who has conversations already', () => {
  const unanswered = { retentionAnswered: false }
  const from = { name: 'conversation', conversationId: null } as const
  const question = { name: 'retention', from } as const
  expect(firstPlace({ connections: [connection(1)], conversations: [], settings: unanswered, leftOut: null })).toEqual(
    question,
  )
  expect(firstPlace({ connections: [], conversations: [], settings: unanswered, leftOut: null })).toEqual({
    name: 'add-key',
    from: question,
  })
  expect(firstPlace({ connections: [], conversations: [], settings, leftOut: null })).toEqual({ name: 'add-key', from })
  const used = firstPlace({
    connections: [connection(1)],
    conversations: [summary(1, 5)],
    settings: unanswered,
    leftOut: null,
  })
  expect(used.name).toBe('conversation')
})

it('a conversation the page hung or ended with is not opened by itself, and neither is another in its place', () => {
  const conversations = [summary(1, 5), summary(2, 9)]
  const leftOut = idOf('conversation', 2)
  const place = firstPlace({ connections: [connection(1)], conversations, settings, leftOut })
  expect(place).toEqual({ name: 'conversation', conversationId: null })
})
