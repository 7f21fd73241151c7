import { expect, it } from 'vitest'
import { ariaShortcut, isShortcut, SHORTCUTS, shortcutWords } from '../../src/renderer/lib/keyboard'

const press = (over: Partial<Parameters<typeof isShortcut>[0]> = {}) => ({
  key: 'N',
  code: 'KeyN',
  ctrlKey: true,
  metaKey: false,
  shiftKey: true,
  altKey: false,
  ...over,
})

it('a shortcut is its own keys, with Control or Command, and no more', () => {
  expect(isShortcut(press(), SHORTCUTS.newPrivate)).toBe(true)
  expect(isShortcut(press({ ctrlKey: false, metaKey: true }), SHORTCUTS.newPrivate)).toBe(true)
  for (const other of [{ shiftKey: false }, { altKey: true }, { ctrlKey: false }, { metaKey: true }, { key: 'M' }]) {
    expect({ other, is: isShortcut(press(other), SHORTCUTS.newPrivate) }).toEqual({ other, is: false })
  }
  // The private one must never open one that is kept.
  expect(isShortcut(press(), SHORTCUTS.newConversation)).toBe(false)
})

it('a keyboard without Latin letters has shortcuts by the place of the key, and one with them by the letter', () => {
  expect(isShortcut(press({ key: 'Т' }), SHORTCUTS.newPrivate)).toBe(true)
  expect(isShortcut(press({ key: 'B' }), SHORTCUTS.newPrivate)).toBe(false)
})

it('no two shortcuts are the same, and each is written as on its keyboard', () => {
  const written = Object.values(SHORTCUTS).map((shortcut) => shortcutWords(shortcut, false))
  expect(new Set(written).size).toBe(written.length)
  expect(shortcutWords(SHORTCUTS.newPrivate, false)).toBe('Ctrl+Shift+N')
  expect(shortcutWords(SHORTCUTS.newPrivate, true)).toBe('⇧⌘N')
  expect(ariaShortcut(SHORTCUTS.newPrivate, true)).toBe('Meta+Shift+N')
})
