import { expect, it } from 'vitest'
import { firstPlace } from '../../src/renderer/app/start'
import { connection, idOf, storedKey } from './views'

const summary = (number: number, updatedMs: number) => ({
  id: idOf('conversation', number),
  title: '',
  updatedMs,
  running: false,
  isPrivate: false,
})

it('a restart finds the conversation that was used last', () => {
  const place = firstPlace({ connections: [connection(1)], conversations: [summary(1, 5), summary(2, 9)] })
  expect(place).toEqual({ name: 'conversation', conversationId: idOf('conversation', 2) })
})

it('without a key the form for one comes first, and leads on to where one was', () => {
  const keyless = connection(1, { key: { state: 'none' } })
  expect(firstPlace({ connections: [keyless], conversations: [summary(1, 5)] })).toEqual({
    name: 'add-key',
    from: { name: 'conversation', conversationId: idOf('conversation', 1) },
  })
})

it('a key that is locked is a key: it is not asked for again', () => {
  const locked = connection(1, { key: storedKey({ state: 'locked', last4: null }) })
  expect(firstPlace({ connections: [locked], conversations: [] }).name).toBe('conversation')
})
