import { expect, it } from 'vitest'
import type { Request } from '../../src/renderer/bridge/client'
import { createConversationActs } from '../../src/renderer/features/conversations/conversation-acts'
import { goneFrom, neighbourOf, shownAfter } from '../../src/renderer/features/conversations/deletion'
import { idOf } from './views'

const id = (number: number) => idOf('conversation', number)
const summary = (number: number, updatedMs: number) => ({
  id: id(number),
  title: '',
  updatedMs,
  running: false,
  isPrivate: false,
})
// As the list shows them: 3, 1, 2.
const list = [summary(1, 20), summary(2, 10), summary(3, 30)]
const gone = { id: id(1), title: 'Slow orders query', wasShown: true }

/** A bridge that notes what it is asked and answers `ok`. */
function bridge(ok = true): { readonly asked: string[]; readonly request: Request } {
  const asked: string[] = []
  const request = (name: string) => {
    asked.push(name)
    return Promise.resolve(ok ? { ok, value: null } : { ok, error: { code: 'not_found' } })
  }
  return { asked, request: request as unknown as Request }
}

it('the focus goes to the row below, from the last one to the row above, from the only one nowhere', () => {
  expect(neighbourOf(list, id(3))).toBe(id(1))
  expect(neighbourOf(list, id(2))).toBe(id(1))
  expect(neighbourOf([summary(1, 1)], id(1))).toBeNull()
  expect(neighbourOf(list, id(9))).toBeNull()
})

it('after the conversation on screen the newest that remains is shown, or a new one', () => {
  expect(shownAfter(list, id(3), id(3))).toBe(id(1))
  expect(shownAfter(list, id(2), id(2))).toBe(id(3))
  expect(shownAfter([summary(1, 1)], id(1), id(1))).toBeNull()
})

it('deleting another conversation leaves what is on screen', () => {
  expect(shownAfter(list, id(3), id(2))).toBe(id(2))
  expect(shownAfter(list, id(3), null)).toBeNull()
})

it('what was deleted can be had back once', async () => {
  const { asked, request } = bridge()
  const acts = createConversationActs(request)
  expect(await acts.getState().remove(gone)).toBe(true)
  expect(acts.getState().deleted).toBe(gone)
  const twice = await Promise.all([acts.getState().undo(), acts.getState().undo()])
  expect(twice).toEqual([gone, null])
  expect(asked).toEqual(['conversation.delete', 'conversation.restore'])
  expect(acts.getState().deleted).toBeNull()
})

it('a deletion that was refused offers nothing to undo and says why', async () => {
  const acts = createConversationActs(bridge(false).request)
  expect(await acts.getState().remove(gone)).toBe(false)
  expect(acts.getState()).toMatchObject({ deleted: null, refusal: { code: 'not_found' } })
  acts.getState().dismiss()
  expect(acts.getState().refusal).toBeNull()
})

it('only what was in the list has gone from it: one that has just begun is not forgotten', () => {
  expect(goneFrom(list, [summary(1, 20), summary(4, 40)])).toEqual([id(2), id(3)])
  expect(goneFrom([], list)).toEqual([])
})

it('what came back or went for good on the page of the deleted is not offered once more', async () => {
  const acts = createConversationActs(bridge().request)
  await acts.getState().remove(gone)
  acts.getState().settled(id(2))
  expect(acts.getState().deleted).toEqual(gone)
  acts.getState().settled(gone.id)
  expect(acts.getState().deleted).toBeNull()
  await acts.getState().remove(gone)
  acts.getState().settled(null)
  expect(acts.getState().deleted).toBeNull()
})
