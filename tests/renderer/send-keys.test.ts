import { expect, it } from 'vitest'
import { sendKeyName, sends } from '../../src/renderer/lib/send-keys'

const press = (over: Partial<Parameters<typeof sends>[0]> = {}) => ({
  key: 'Enter',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  ...over,
})

// The bug: a message half written goes out, or none ever does.
it.each([
  ['Enter', press(), true, false],
  ['Shift+Enter', press({ shiftKey: true }), false, false],
  ['Ctrl+Enter', press({ ctrlKey: true }), true, true],
  ['Command+Enter', press({ metaKey: true }), true, true],
  ['Ctrl+Shift+Enter', press({ ctrlKey: true, shiftKey: true }), false, false],
  ['Ctrl+M', press({ key: 'm', ctrlKey: true }), false, false],
])('%s', (_name, pressed, byEnter, byModEnter) => {
  expect(sends(pressed, 'enter')).toBe(byEnter)
  expect(sends(pressed, 'mod_enter')).toBe(byModEnter)
})

it('the key is named as it is written on that keyboard', () => {
  expect([sendKeyName('enter', true), sendKeyName('enter', false)]).toEqual(['Enter', 'Enter'])
  expect([sendKeyName('mod_enter', true), sendKeyName('mod_enter', false)]).toEqual(['⌘ Enter', 'Ctrl+Enter'])
})
