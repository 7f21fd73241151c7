import { describe, expect, it } from 'vitest'
import { consentTo, heldSecretOf } from '../../src/renderer/app/held-secret'
import type { Refusal } from '../../src/renderer/features/chat/chat-store'
import { secretTitle } from '../../src/renderer/features/chat/secret-words'
import { findSecrets, withoutSecrets } from '../../src/core/secret-guard'
import { idOf } from './views'

const KEY = 'sk-ant-api03-test-key-that-is-long-enough-9aQe'
const SHAPELESS = 'Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'
const title = (text: string) => secretTitle(text, findSecrets(text))

function refusal(text: string, over: Partial<Refusal> = {}): Refusal {
  const message = { conversationId: null, connectionId: idOf('connection', 1), model: 'm', text }
  return {
    key: 'new',
    error: { code: 'key_misplaced', field: 'text' },
    attempt: { kind: 'send', message, allow: [] },
    ...over,
  }
}

it('says what was seen', () => {
  expect(title(`Why does ${KEY} not work?`)).toBe('This looks like an API key.')
  expect(title(`${KEY}, ${KEY}`)).toBe('These look like API keys.')
  const pem = `-----BEGIN RSA PRIVATE KEY-----\n${SHAPELESS.repeat(4)}\n`
  expect(title(pem)).toBe('This looks like a private key.')
  expect(secretTitle(SHAPELESS, [{ start: 0, end: 32 }])).toBe('This is a key you have stored in Latchkey.')
})

describe('a refusal', () => {
  it('holds what the main process has recognised and what the page has, to be taken out together', () => {
    const text = `${SHAPELESS} and ${KEY}`
    const error = { code: 'key_misplaced', field: 'text', ranges: [{ start: 0, end: SHAPELESS.length }] } as const
    const held = heldSecretOf(refusal(text, { error }))
    expect(withoutSecrets(text, held?.ranges ?? [])).toBe('[key removed] and [key removed]')
  })

  it('of anything else holds none', () => {
    expect(heldSecretOf(refusal(KEY, { error: { code: 'budget_limit' } }))).toBeNull()
    const again = { kind: 'retry', turnId: idOf('turn', 1), draft: '', allow: [] } as const
    expect(heldSecretOf(refusal(KEY, { attempt: again }))).toBeNull()
  })

  // Bug: a second question makes the answer to the first one forgotten, and both are asked for ever.
  it('passes on what was said before, and says yes to what was asked alone', () => {
    expect(consentTo(refusal(KEY))).toEqual({ seen: true })
    const message = { conversationId: null, connectionId: idOf('connection', 1), model: 'm', text: KEY }
    const attempt = { kind: 'send', message, allow: [], seen: true } as const
    expect(consentTo(refusal(KEY, { error: { code: 'key_in_history' }, attempt }))).toEqual({
      seen: true,
      earlierKeys: 'send',
    })
    const redacting = { ...attempt, earlierKeys: 'redact' } as const
    expect(consentTo(refusal(KEY, { error: { code: 'budget_limit' }, attempt: redacting }))).toEqual({
      seen: true,
      earlierKeys: 'redact',
    })
    expect(consentTo(refusal('Hi', { error: { code: 'key_locked' } }))).toEqual({})
    const many = consentTo(refusal('Hi', { error: { code: 'loop_limit' } }))
    expect(many).toEqual({ allowLoop: true })
    const next = { kind: 'send', message: { ...message, text: 'Hi' }, allow: [], ...many } as const
    expect(consentTo(refusal('Hi', { error: { code: 'budget_limit' }, attempt: next }))).toEqual({ allowLoop: true })
  })
})
