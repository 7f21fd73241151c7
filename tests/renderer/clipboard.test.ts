import { expect, it } from 'vitest'
import type { Request } from '../../src/renderer/bridge/client'
import { createClipboardStore, type ClipboardState } from '../../src/renderer/features/vault/clipboard-store'
import { clipboardWords } from '../../src/renderer/features/vault/clipboard-words'

function store(answer: unknown = { ok: true, value: { cleared: true } }) {
  const asked: unknown[] = []
  const request = ((...of: unknown[]) => Promise.resolve(void asked.push(of)).then(() => answer)) as Request
  return { asked, ...createClipboardStore(request) }
}

it('is spoken of only after a key that was pasted, and once', () => {
  const { getState } = store()
  getState().opened()
  getState().entered()
  expect(getState().state).toBe('quiet')
  getState().pasted()
  expect(getState().state).toBe('quiet')
  getState().entered()
  expect(getState().state).toBe('offered')
  getState().dismiss()
  getState().entered()
  expect(getState().state).toBe('quiet')
})

it('is not spoken of because of a paste into a form that was left', () => {
  const { getState } = store()
  getState().pasted()
  getState().opened()
  getState().entered()
  expect(getState().state).toBe('quiet')
})

it('is cleared by the main process alone, which is told nothing of the key', async () => {
  const { getState, asked } = store()
  await getState().clear()
  expect(asked).toEqual([['clipboard.clearIf', {}]])
  expect(getState().state).toBe('cleared')
})

it.each([
  { ok: true, value: { cleared: false } },
  { ok: false, error: { code: 'internal' } },
])('that was not cleared is not called so', async (answer) => {
  const { getState } = store(answer)
  await getState().clear()
  expect(getState().state).toBe('left')
})

it.each<ClipboardState>(['offered', 'cleared', 'left'])('%s is said in a sentence', (state) => {
  expect(clipboardWords(state)).toMatch(/^[A-Z].*\.$/)
})

it('nothing is said while there is nothing', () => {
  expect(clipboardWords('quiet')).toBeNull()
})
