import { expect, it } from 'vitest'
import {
  confirmWords,
  deletionWords,
  fieldsOf,
  isPast,
  keptWords,
  previewWords,
  readRetention,
  sameRetention,
} from '../../src/renderer/lib/retention-words'
import type { RetentionPreviewView } from '../../src/shared/ipc/data-views'

const DAY_MS = 86_400_000
const NOW = new Date(2026, 10, 23, 12).getTime()

const preview = (over: Partial<RetentionPreviewView>): RetentionPreviewView => ({
  conversations: 12,
  deletedNow: 0,
  deletedAtQuit: 0,
  held: 0,
  fromTrash: 0,
  ...over,
})

it('a choice comes back out of its fields as it went in', () => {
  for (const retention of [null, 'forever', 'until_quit', { days: 1 }, { days: 3650 }] as const) {
    expect(readRetention(fieldsOf(retention))).toEqual({ retention })
  }
  expect(fieldsOf('forever').days).toBe('30')
})

it('what is no whole number of days within ten years is not taken for one', () => {
  for (const days of ['', '0', '-1', '1.5', '3651', '1e3', '0x10', '٣', 'seven', '99999']) {
    expect({ days, read: readRetention({ kind: 'days', days }) }).toEqual({
      days,
      read: { error: 'Write a whole number of days, from 1 to 3,650.' },
    })
  }
  expect(readRetention({ kind: 'days', days: ' 007 ' })).toEqual({ retention: { days: 7 } })
  // A number that is wrong matters only where days are chosen.
  expect(readRetention({ kind: 'until_quit', days: 'x' })).toEqual({ retention: 'until_quit' })
})

it('two choices are the same by what they keep', () => {
  expect(sameRetention({ days: 7 }, { days: 7 })).toBe(true)
  expect(sameRetention({ days: 7 }, { days: 8 })).toBe(false)
  expect(sameRetention(null, 'forever')).toBe(false)
  expect(sameRetention({ days: 7 }, 'until_quit')).toBe(false)
})

it('how long something is kept reads on from “kept”', () => {
  expect(keptWords('forever')).toBe('for ever')
  expect(keptWords({ days: 1 })).toBe('for 1 day')
  expect(keptWords({ days: 1200 })).toBe('for 1,200 days')
  expect(keptWords('until_quit')).toBe('until Latchkey quits')
})

it('when a conversation goes is a day, and never more exact than it can be', () => {
  const at = (atMs: number, held = false) => deletionWords({ when: 'at', atMs, held }, NOW)
  expect(deletionWords({ when: 'never' }, NOW)).toBe('Stays until you delete it.')
  expect(deletionWords({ when: 'at_quit' }, NOW)).toBe('Deleted when Latchkey quits.')
  expect(at(NOW + 40 * DAY_MS)).toBe('Deleted about 2 Jan 2027, unless it goes on.')
  expect(at(NOW + DAY_MS)).toBe('Deleted about tomorrow, unless it goes on.')
  // Past its time and not yet swept: it does not say that it went yesterday.
  expect(at(NOW)).toBe('Deleted within a day, unless it goes on.')
  expect(at(NOW - 3 * DAY_MS)).toBe('Deleted within a day, unless it goes on.')
  expect(at(NOW - DAY_MS, true)).toMatch(/^Past its time, and still here because the clock/)
})

it('what a shorter time deletes is said with its number, before it is set', () => {
  expect(previewWords({ days: 30 }, preview({ deletedNow: 3 }))).toBe(
    'This deletes 3 of 12 conversations at once. They cannot be brought back; what they cost stays in Spend.',
  )
  expect(previewWords({ days: 30 }, preview({ deletedNow: 12 }))).toMatch(
    /^This deletes all 12 conversations at once\./,
  )
  expect(previewWords({ days: 30 }, preview({ conversations: 1, deletedNow: 1 }))).toBe(
    'This deletes your only conversation at once. It cannot be brought back; what it cost stays in Spend.',
  )
  expect(previewWords('until_quit', preview({ deletedAtQuit: 12 }))).toMatch(
    /^This deletes all 12 conversations when Latchkey quits\./,
  )
  expect(previewWords({ days: 30 }, preview({}))).toBe('This deletes nothing now.')
  expect(previewWords('forever', preview({}))).toBe('Nothing is deleted by itself.')
  expect(previewWords({ days: 30 }, preview({ conversations: 0 }))).toBe(
    'There is no conversation yet that this would delete.',
  )
})

it('what can still be brought back and then cannot any more is said as well, and asked about', () => {
  expect(previewWords({ days: 7 }, preview({ deletedNow: 3, fromTrash: 2 }))).toBe(
    'This deletes 3 of 12 conversations at once, and 2 deleted conversations for good. They cannot be brought back; what they cost stays in Spend.',
  )
  expect(previewWords({ days: 7 }, preview({ conversations: 0, fromTrash: 1 }))).toBe(
    'This removes 1 deleted conversation for good at once. It cannot be brought back; what it cost stays in Spend.',
  )
  expect(previewWords('until_quit', preview({ conversations: 0, fromTrash: 2 }))).toMatch(
    /^This removes 2 deleted conversations for good when Latchkey quits\./,
  )
  expect(confirmWords(preview({ fromTrash: 2 }))?.title).toBe('Remove 2 deleted conversations for good?')
})

it('those that wait for the clock are told of, and not as deleted', () => {
  const words = previewWords({ days: 30 }, preview({ held: 2 }))
  expect(words).toMatch(/^This deletes nothing now\. 2 wait: the clock/)
  expect(previewWords({ days: 30 }, preview({ held: 1, deletedNow: 1 }))).toContain('One waits')
  expect(confirmWords(preview({ held: 2 }))).toBeNull()
})

it('is asked first whenever something would go, and only then', () => {
  expect(confirmWords(preview({ deletedNow: 1 }))).toEqual({
    title: 'Delete 1 conversation now?',
    act: 'Delete 1 conversation',
  })
  expect(confirmWords(preview({ deletedNow: 3 }))?.title).toBe('Delete 3 conversations now?')
  expect(confirmWords(preview({ deletedAtQuit: 3 }))?.title).toBe('Delete 3 conversations at quit?')
  expect(confirmWords(preview({}))).toBeNull()
})

it('a time that is over already is seen before it is set for one conversation', () => {
  expect(isPast({ days: 7 }, NOW - 8 * DAY_MS, NOW)).toBe(true)
  expect(isPast({ days: 7 }, NOW - 6 * DAY_MS, NOW)).toBe(false)
  expect(isPast('until_quit', 0, NOW)).toBe(false)
  expect(isPast(null, 0, NOW)).toBe(false)
})
