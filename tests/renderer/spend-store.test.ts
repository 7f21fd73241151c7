import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useSpend } from '../../src/renderer/features/spend/spend-store'
import { placeOf } from '../../src/renderer/features/spend/spend-view'
import type { MonthView } from '../../src/shared/ipc/views'
import { bridge } from './held-bridge'

// What is shown of spend when its page is left for a message and come back to.

const NEWS = {} as MonthView
const page = (callCount: number) => ({ report: { callCount }, providers: [], conversations: [], calls: [], next: null })
const shown = () => useSpend.getState().detail?.report.callCount

let main: ReturnType<typeof bridge>
beforeEach(async () => {
  main = bridge()
  vi.stubGlobal('window', { latchkey: { request: fromMain } })
  useSpend.getState().begin(placeOf('month', { from: '2026-11-01', to: '2026-11-30' }))
  await main.answer(page(1))
})
afterEach(() => vi.unstubAllGlobals())

const fromMain: typeof main.request = (name, input) => main.request(name, input)

it('is not asked for again where nothing has changed', () => {
  useSpend.getState().pause()
  useSpend.getState().resume()
  expect(main.asked).toHaveLength(1)
})

it('is read again where a call was booked just before it was left', async () => {
  // Bug: the answer comes when nobody looks, is dropped, and the old sums are shown for good.
  useSpend.getState().receive(NEWS)
  useSpend.getState().pause()
  await main.answer(page(2))
  expect(shown()).toBe(1)
  useSpend.getState().resume()
  await main.answer(page(2))
  expect(shown()).toBe(2)
  useSpend.getState().pause()
  useSpend.getState().receive(NEWS)
  expect(main.asked).toHaveLength(3)
  useSpend.getState().resume()
  expect(main.asked).toHaveLength(4)
})

it('is read again where that was refused before it was left', async () => {
  // Bug: the old figures come back, and nothing says that they are old.
  useSpend.getState().receive(NEWS)
  await main.refuse('internal')
  expect(useSpend.getState().error).not.toBeNull()
  useSpend.getState().pause()
  useSpend.getState().resume()
  expect(main.asked).toHaveLength(3)
})
