import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Request } from '../../src/renderer/bridge/client'
import { createDraftSaver, type DraftSaver } from '../../src/renderer/features/chat/draft-saver'
import { draftsStore } from '../../src/renderer/features/chat/drafts-store'
import { idOf } from './views'

let saver: DraftSaver
let asked: { readonly conversationId: unknown; readonly text: unknown }[] = []
let answers: (() => void)[] = []
const request = ((_name: string, input: never) => {
  asked.push(input)
  return new Promise((answer) => answers.push(() => answer({ ok: true, value: null })))
}) as unknown as Request
const { keep } = draftsStore.getState()
const here = idOf('conversation', 1)

beforeEach(() => {
  vi.useFakeTimers()
  draftsStore.setState({ drafts: { [here]: 'from the disk' } })
  asked = []
  answers = []
  saver = createDraftSaver(request)
})
afterEach(() => {
  saver.end()
  vi.useRealTimers()
  draftsStore.setState({ drafts: {} })
})

const answerAll = async () => {
  for (const answer of answers.splice(0)) answer()
  await vi.advanceTimersByTimeAsync(0)
}

it('a draft is handed over once in half a second, while its user goes on writing', async () => {
  for (let at = 0; at < 30; at += 1) {
    keep('new', 'x'.repeat(at + 1))
    await vi.advanceTimersByTimeAsync(100)
    await answerAll()
  }
  expect(asked.map(({ text }) => String(text).length)).toEqual([5, 10, 15, 20, 25, 30])
  expect(asked.every(({ conversationId }) => conversationId === null)).toBe(true)
})

it('what was on the disk already is not written again, and an emptied draft is', async () => {
  keep(here, 'from the disk')
  await vi.advanceTimersByTimeAsync(2000)
  expect(asked).toEqual([])
  keep(here, '')
  await vi.advanceTimersByTimeAsync(500)
  expect(asked).toEqual([{ conversationId: here, text: '' }])
})

it('an edit of a message never leaves the window as a draft', async () => {
  // Bug: the request for a draft with the id of a message, which is refused again and again.
  keep(idOf('message', 1), 'edited')
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toEqual([])
})

it('the next one waits for the one before, and the newest wins', async () => {
  keep('new', 'one')
  await vi.advanceTimersByTimeAsync(500)
  keep('new', 'two')
  await vi.advanceTimersByTimeAsync(5000)
  keep('new', 'three')
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked.map(({ text }) => text)).toEqual(['one'])
  await answerAll()
  await vi.advanceTimersByTimeAsync(500)
  expect(asked.map(({ text }) => text)).toEqual(['one', 'three'])
})

it('before the window closes it does not wait', () => {
  keep('new', 'half a th')
  saver.flush()
  expect(asked).toEqual([{ conversationId: null, text: 'half a th' }])
})

it('what is written for a private conversation never leaves the window', async () => {
  keep('private', 'nobody knows')
  saver.flush()
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toEqual([])
})
