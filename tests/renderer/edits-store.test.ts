import { beforeEach, expect, it } from 'vitest'
import { draftOf, draftsStore } from '../../src/renderer/features/chat/drafts-store'
import {
  buttonOf,
  closeEdit,
  editsStore,
  fieldOf,
  isChanged,
  isEdit,
  openEdit,
} from '../../src/renderer/features/chat/edits-store'
import { takeFocus, wishFocus } from '../../src/renderer/lib/focus-wish'
import { idOf } from './views'

const id = idOf('message', 1)

beforeEach(() => {
  editsStore.setState({ edits: {} })
  draftsStore.setState({ drafts: {} })
})

it('an edit begins with its message, and goes on where it was left', () => {
  // Bug: Edit, pressed once more, throws away what was written.
  openEdit(id, 'As it was', 'message')
  expect([draftOf(id), isChanged(id, 'As it was')]).toEqual(['As it was', false])
  draftsStore.getState().keep(id, 'As it is now')
  openEdit(id, 'As it was', 'composer')
  expect([draftOf(id), isChanged(id, 'As it was')]).toEqual(['As it is now', true])
})

it('closed, its text is gone and it says from where it was begun', () => {
  openEdit(id, 'As it was', 'composer')
  expect(closeEdit(id)).toBe('composer')
  expect(editsStore.getState().edits).toEqual({})
  expect(draftsStore.getState().drafts).toEqual({})
  expect(closeEdit(id)).toBeNull()
})

it('each message has its own, beside the draft of its conversation', () => {
  const conversationId = idOf('conversation', 1)
  draftsStore.getState().keep(conversationId, 'Draft')
  openEdit(id, 'One', 'message')
  openEdit(idOf('message', 2), 'Two', 'message')
  expect([draftOf(conversationId), draftOf(id), draftOf(idOf('message', 2))]).toEqual(['Draft', 'One', 'Two'])
  expect([isEdit(id), isEdit(conversationId), isEdit('new'), isEdit('private')]).toEqual([true, false, false, false])
})

it('the focus goes to what it was wished for, once, and to the last wish alone', () => {
  openEdit(id, 'One', 'message')
  expect(takeFocus(buttonOf(id))).toBe(false)
  expect(takeFocus(fieldOf(id))).toBe(true)
  expect(takeFocus(fieldOf(id))).toBe(false)
  wishFocus('a')
  wishFocus('b')
  expect([takeFocus('a'), takeFocus('b')]).toEqual([false, true])
})
