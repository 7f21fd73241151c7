import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createDeltaJoiner } from '../../src/main/services/delta-joiner'
import type { DeltaView } from '../../src/shared/ipc/views'

const FRAME_MS = 16

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A joiner with what it sent, an event each, numbered from 1. */
function listen() {
  const sent: (readonly DeltaView[])[] = []
  const joiner = createDeltaJoiner((deltas) => sent.push(deltas))
  const write = (text: string, type: DeltaView['type'] = 'text') => joiner.push({ type, text })
  const texts = () => sent.map((deltas) => deltas.map(({ text }) => text).join(''))
  return { joiner, sent, write, texts, showAll: () => joiner.seen(sent.length) }
}

it('sends the first piece at once, and then one event a frame', () => {
  const { write, texts, showAll } = listen()
  write('a')
  expect(texts()).toEqual(['a'])
  showAll()
  write('b')
  write('c')
  // Bug: a window that answers quickly makes one event of every token.
  expect(texts()).toEqual(['a'])
  vi.advanceTimersByTime(FRAME_MS - 1)
  showAll()
  expect(texts()).toEqual(['a'])
  vi.advanceTimersByTime(1)
  expect(texts()).toEqual(['a', 'bc'])
  showAll()
  vi.advanceTimersByTime(10 * FRAME_MS)
  write('d')
  expect(texts()).toEqual(['a', 'bc', 'd'])
})

it('joins on while two events have not been shown, and goes on with the first that is', () => {
  const { joiner, write, texts } = listen()
  for (const text of 'abcdefgh') {
    write(text)
    vi.advanceTimersByTime(FRAME_MS)
  }
  // Bug: a window that cannot keep up is sent ever more, and draws what is long past.
  expect(texts()).toEqual(['a', 'b'])
  vi.advanceTimersByTime(60_000)
  expect(texts()).toEqual(['a', 'b'])
  joiner.seen(1)
  expect(texts()).toEqual(['a', 'b', 'cdefgh'])
  write('i')
  vi.advanceTimersByTime(FRAME_MS)
  expect(texts()).toHaveLength(3)
  joiner.seen(3)
  expect(texts()).toEqual(['a', 'b', 'cdefgh', 'i'])
})

it('sends what it holds before what must come after it, to a window that shows nothing too', () => {
  const { joiner, write, texts } = listen()
  for (const text of 'abcd') {
    write(text)
    vi.advanceTimersByTime(FRAME_MS)
  }
  joiner.flush()
  expect(texts()).toEqual(['a', 'b', 'cd'])
  joiner.flush()
  expect(texts()).toHaveLength(3)
})

it('owes a page that begins anew nothing for what another one has not shown', () => {
  const { joiner, write, texts } = listen()
  for (const text of 'abc') {
    write(text)
    vi.advanceTimersByTime(FRAME_MS)
  }
  joiner.restart()
  vi.advanceTimersByTime(FRAME_MS)
  write('d')
  expect(texts()).toEqual(['a', 'b', 'c', 'd'])
})

it('believes nobody who has seen what was never sent', () => {
  const { joiner, write, texts } = listen()
  joiner.seen(1_000_000)
  for (const text of 'abcd') {
    write(text)
    vi.advanceTimersByTime(FRAME_MS)
  }
  // Bug: one lie at the beginning, and everything counts as shown from then on.
  expect(texts()).toEqual(['a', 'b'])
})

it('loses, repeats and reorders nothing, whatever comes when', () => {
  const piece = fc.record({
    type: fc.constantFrom('text', 'reasoning'),
    text: fc.string({ minLength: 1, maxLength: 3 }),
  })
  const step = fc.oneof(
    { weight: 4, arbitrary: piece },
    fc.record({ wait: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ seen: fc.integer({ min: 0, max: 3 }) }),
    fc.constant('flush' as const),
    fc.constant('restart' as const),
  )
  const joined = (deltas: readonly DeltaView[]) =>
    deltas.reduce<DeltaView[]>((all, { type, text }) => {
      const last = all.at(-1)
      return last?.type === type ? [...all.slice(0, -1), { type, text: last.text + text }] : [...all, { type, text }]
    }, [])
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { joiner, sent } = listen()
      const written: DeltaView[] = []
      for (const each of steps) {
        if (each === 'flush' || each === 'restart') joiner[each]()
        else if ('wait' in each) vi.advanceTimersByTime(each.wait)
        else if ('seen' in each) joiner.seen(sent.length - each.seen)
        else {
          written.push(each)
          joiner.push(each)
        }
      }
      joiner.flush()
      expect(joined(sent.flat())).toEqual(joined(written))
    }),
  )
})
