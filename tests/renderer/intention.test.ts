import { describe, expect, it } from 'vitest'
import { isOfDestination, isStillMeant } from '../../src/renderer/app/intention'
import type { Refusal } from '../../src/renderer/features/chat/chat-store'
import { idOf } from './views'

// Bug: unlocking sends a message whose user has gone elsewhere or has written something else since.

const conversationId = idOf('conversation', 1)
const message = { conversationId, connectionId: idOf('connection', 1), model: 'm', text: 'Why?' }
const locked = { code: 'key_locked' } as const
const sending: Refusal = { key: conversationId, error: locked, attempt: { kind: 'send', message, allow: [] } }
const again: Refusal = {
  key: conversationId,
  error: locked,
  attempt: { kind: 'retry', turnId: idOf('turn', 1), draft: 'Half a', allow: [] },
}
const here = { name: 'conversation', conversationId } as const

describe('what waits for a passphrase', () => {
  it('is still meant while it is shown and unchanged', () => {
    expect(isStillMeant(sending, { place: here, refusal: sending, draft: 'Why?' })).toBe(true)
    expect(isStillMeant(again, { place: here, refusal: again, draft: 'Half a' })).toBe(true)
  })

  it.each([
    ['another conversation is shown', { place: { ...here, conversationId: idOf('conversation', 2) } }],
    ['a new conversation is shown', { place: { ...here, conversationId: null } }],
    ['another page is shown', { place: { name: 'keys' as const } }],
    ['it was dismissed', { refusal: null }],
    ['something else was refused since', { refusal: { ...sending } }],
    ['its text was changed', { draft: 'Why not?' }],
  ])('is not meant once %s', (_, changed) => {
    expect(isStillMeant(sending, { place: here, refusal: sending, draft: 'Why?', ...changed })).toBe(false)
    expect(isStillMeant(again, { place: here, refusal: again, draft: 'Half a', ...changed })).toBe(false)
  })

  it('may be an edit, which is on the page of its conversation', () => {
    const editOf = idOf('message', 1)
    const edit: Refusal = {
      ...sending,
      key: editOf,
      attempt: { kind: 'send', message: { ...message, editOf }, allow: [] },
    }
    expect(isStillMeant(edit, { place: here, refusal: edit, draft: 'Why?' })).toBe(true)
    expect(isStillMeant(edit, { place: here, refusal: edit, draft: 'Why not?' })).toBe(false)
    const elsewhere = { ...here, conversationId: idOf('conversation', 2) }
    expect(isStillMeant(edit, { place: elsewhere, refusal: edit, draft: 'Why?' })).toBe(false)
  })

  it('said beside the field is meant while the field is what it was', () => {
    const beside: Refusal = { ...sending, attempt: { kind: 'send', message, draft: 'Half a', allow: [] } }
    expect(isStillMeant(beside, { place: here, refusal: beside, draft: 'Half a' })).toBe(true)
    expect(isStillMeant(beside, { place: here, refusal: beside, draft: 'Why?' })).toBe(false)
  })

  it('is not meant where there is nothing to hand over', () => {
    const bare: Refusal = { key: conversationId, error: locked }
    expect(isStillMeant(bare, { place: here, refusal: bare, draft: '' })).toBe(false)
  })
})

it('what was refused on the way to one model is let go of when another is chosen', () => {
  expect(isOfDestination(sending)).toBe(true)
  expect(isOfDestination({ ...sending, error: { code: 'key_in_history' } })).toBe(true)
  expect(isOfDestination({ ...sending, error: { code: 'turn_running' } })).toBe(false)
  expect(isOfDestination(null)).toBe(false)
})
