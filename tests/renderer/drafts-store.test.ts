import { expect, it } from 'vitest'
import { afterSending, draftOf, draftsStore } from '../../src/renderer/features/chat/drafts-store'
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
