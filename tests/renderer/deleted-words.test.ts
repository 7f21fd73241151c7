import { expect, it } from 'vitest'
import { deletedCountWords, deletedWords } from '../../src/renderer/features/data/deleted-words'
import type { DeletedView } from '../../src/shared/ipc/data-views'
import { idOf } from './views'

const NOW = new Date(2026, 10, 23, 12).getTime()
const DAY_MS = 86_400_000

const deleted = (goes: DeletedView['goes'], over: Partial<DeletedView> = {}): DeletedView => ({
  id: idOf('conversation', 1),
  title: 'Slow orders query',
  isPrivate: false,
  deletedMs: NOW - DAY_MS,
  goes,
  ...over,
})

it('a deleted conversation says when it was deleted and how long it waits', () => {
  const words = (days: number) => deletedWords(deleted({ when: 'in_days', days }), NOW)
  expect(words(29)).toBe('Deleted yesterday · 29 days left')
  expect(words(1)).toBe('Deleted yesterday · 1 day left')
  // Bug: “0 days left” of what is still there.
  expect(words(0)).toBe('Deleted yesterday · gone within a day')
})

it('one that does not wait so long says why', () => {
  expect(deletedWords(deleted({ when: 'at_quit' }, { isPrivate: true, deletedMs: NOW }), NOW)).toBe(
    'Private · Deleted today · gone when Latchkey quits',
  )
  expect(deletedWords(deleted({ when: 'held' }), NOW)).toMatch(/past its time, and waits until the clock/)
})

it('how many there are is said whole, also where not all are shown', () => {
  expect(deletedCountWords(1, 1)).toBe('1 deleted conversation')
  expect(deletedCountWords(1000, 1400)).toBe('1,400 deleted conversations; the 1,000 deleted last are shown')
})
