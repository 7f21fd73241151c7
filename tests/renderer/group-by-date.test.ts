import { expect, it } from 'vitest'
import { groupByDate } from '../../src/renderer/features/conversations/group-by-date'
import { idOf } from './views'

const now = new Date(2026, 10, 23, 0, 30).getTime()

function used(number: number, ...date: [number, number, number, number?, number?]) {
  return {
    id: idOf('conversation', number),
    title: `${number}`,
    updatedMs: new Date(...date).getTime(),
    running: false,
    isPrivate: false,
  }
}

function labels(...conversations: readonly ReturnType<typeof used>[]) {
  return groupByDate(conversations, now).map((group) => [
    group.label,
    group.conversations.map(({ title }) => title).join(' '),
  ])
}

it('counts calendar days, not hours: half an hour past midnight the last evening is yesterday', () => {
  expect(labels(used(1, 2026, 10, 23, 0, 10), used(2, 2026, 10, 22, 23, 50))).toEqual([
    ['Today', '1'],
    ['Yesterday', '2'],
  ])
})

it('goes from days over weeks to months, newest first', () => {
  expect(
    labels(
      used(6, 2025, 11, 31),
      used(5, 2026, 9, 23),
      used(4, 2026, 9, 24),
      used(3, 2026, 10, 15),
      used(2, 2026, 10, 16),
      used(1, 2026, 10, 21),
    ),
  ).toEqual([
    ['Previous 7 days', '1 2'],
    ['Previous 30 days', '3 4'],
    ['October 2026', '5'],
    ['December 2025', '6'],
  ])
})

it('a conversation of tomorrow, left by a clock that was set back, stands under today', () => {
  expect(labels(used(1, 2026, 10, 24))).toEqual([['Today', '1']])
})
