import { expect, it } from 'vitest'
import { createFrameQueue } from '../../src/renderer/features/chat/frame-queue'

it('hands over everything that came within one frame at once and in order', () => {
  const frames: (() => void)[] = []
  const delivered: (readonly number[])[] = []
  const queue = createFrameQueue<number>((items) => delivered.push(items), {
    schedule(run) {
      frames.push(run)
      return () => undefined
    },
  })
  queue(1)
  queue(2)
  expect(delivered).toEqual([])
  frames[0]?.()
  queue(3)
  frames[1]?.()
  expect(delivered).toEqual([[1, 2], [3]])
  expect(frames).toHaveLength(2)
})
