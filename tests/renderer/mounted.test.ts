import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FIRST_MOUNTED,
  grownDown,
  grownUp,
  MOST_HELD,
  MOST_MOUNTED,
  newestOf,
  rangeAround,
  within,
  type Loaded,
  type Range,
} from '../../src/renderer/features/chat/mounted'

const loaded: Loaded = { start: 0, end: 2_000 }

describe('what is mounted', () => {
  it('begins with the newest, and goes on to the newest whatever comes', () => {
    const range = newestOf(loaded)
    expect(within(range, loaded)).toEqual({ start: 1_940, end: 2_000 })
    expect(within(range, { start: 0, end: 2_002 })).toEqual({ start: 1_940, end: 2_002 })
    expect(within(newestOf({ start: 0, end: 3 }), { start: 0, end: 3 })).toEqual({ start: 0, end: 3 })
  })

  it('lets the end go as its reader goes up, and takes it up again further down', () => {
    let range = newestOf(loaded)
    for (let step = 0; step < 10; step += 1) {
      const { start } = within(range, loaded)
      range = grownUp(range, loaded, { start, end: start + 5 })
    }
    expect(range).toEqual({ start: 1_540, end: 1_540 + MOST_MOUNTED })
    for (let step = 0; step < 20; step += 1) {
      const { end } = within(range, loaded)
      range = grownDown(range, loaded, { start: end - 5, end })
    }
    // Bug: at the end again, and what is said next is not shown.
    expect(range).toEqual({ start: 1_840, end: Infinity })
  })

  it('keeps what has the focus or is selected, up to a limit', () => {
    const range: Range = { start: 1_840, end: Infinity }
    const seen = { start: 1_840, end: 1_845 }
    const focused = { start: 1_999, end: 2_000 }
    expect(grownUp(range, loaded, seen, [focused])).toEqual({ start: 1_800, end: Infinity })
    const far = { start: 1_400, end: 1_405 }
    expect(grownUp({ start: 1_400, end: Infinity }, loaded, far, [focused]).end).toBe(1_360 + MOST_MOUNTED)
    expect(grownUp({ start: 1_400, end: Infinity }, loaded, far, [focused]).end - 1_360).toBeLessThan(MOST_HELD)
  })

  it('shows the newest where another branch is shorter than what was looked at', () => {
    expect(within({ start: 500, end: 600 }, { start: 0, end: 100 })).toEqual({ start: 40, end: 100 })
  })

  it('is around what is gone to', () => {
    expect(rangeAround(0, loaded)).toEqual({ start: 0, end: FIRST_MOUNTED })
    expect(rangeAround(1_999, loaded).end).toBe(Infinity)
  })

  // Bug: what is read is taken off the page, more and more is mounted, or a message between is left out.
  it('always holds what is seen, and no more than it may', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 0, max: 500 }),
        fc.array(fc.tuple(fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 60 })), {
          maxLength: 60,
        }),
        (count, start, moves) => {
          const all: Loaded = { start, end: start + count }
          let range = newestOf(all)
          for (const [up, share, height] of moves) {
            const now = within(range, all)
            const first = Math.floor(now.start + share * (now.end - now.start - 1))
            const seen = { start: first, end: Math.min(now.end, first + height) }
            range = up ? grownUp(range, all, seen) : grownDown(range, all, seen)
            const then = within(range, all)
            expect(then.start).toBeLessThanOrEqual(seen.start)
            expect(then.end).toBeGreaterThanOrEqual(seen.end)
            expect(then.start).toBeGreaterThanOrEqual(all.start)
            expect(then.end).toBeLessThanOrEqual(all.end)
            const most = Math.max(MOST_MOUNTED, now.end - now.start, seen.end - then.start, then.end - seen.start)
            expect(then.end - then.start).toBeLessThanOrEqual(most)
          }
        },
      ),
    )
  })
})
