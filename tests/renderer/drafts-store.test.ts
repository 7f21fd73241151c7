import { expect, it } from 'vitest'
import { afterSending, draftOf, draftsStore, writtenIn } from '../../src/renderer/features/chat/drafts-store'
import { idOf } from './views'

it('what is typed while a first message is on its way goes along to its conversation', () => {
  const to = idOf('conversation', 1)
  draftsStore.getState().keep('new', 'Which index? And')
  draftsStore.getState().sent('new', to, 'Which index?')
  expect(draftOf('new')).toBe('')
  expect(draftOf(to)).toBe('And')
})

it('a draft that was sent is empty, one that was rewritten meanwhile is kept', () => {
  expect(afterSending('Which index?', 'Which index?')).toBe('')
  expect(afterSending('Something else', 'Which index?')).toBe('Something else')
})

it('one message waits: another one does not take its place, and nothing of either is lost', () => {
  const key = idOf('conversation', 2)
  const { keep, queue, takeBack } = draftsStore.getState()
  keep(key, '  ')
  queue(key)
  expect(draftsStore.getState().queued[key]).toBeUndefined()
  keep(key, 'First')
  queue(key)
  expect(draftOf(key)).toBe('')
  keep(key, 'Second')
  queue(key)
  expect(draftsStore.getState().queued[key]).toBe('First')
  // What a kill would leave is both.
  expect(writtenIn(draftsStore.getState(), key)).toBe('First\n\nSecond')
  takeBack(key)
  expect(draftOf(key)).toBe('First\n\nSecond')
  expect(draftsStore.getState().queued[key]).toBeUndefined()
})

it('what was kept before never takes the place of what stands there', () => {
  const [old, fresh] = [idOf('conversation', 3), idOf('conversation', 4)]
  draftsStore.getState().keep(fresh, 'typed')
  draftsStore.getState().restore([
    { conversationId: old, text: 'kept' },
    { conversationId: fresh, text: 'kept' },
  ])
  expect([draftOf(old), draftOf(fresh)]).toEqual(['kept', 'typed'])
})
