import { expect, it } from 'vitest'
import { follows, NEAR_END_PX } from '../../src/renderer/features/chat/follow'

it('lets go at once when the reader scrolls up, however little', () => {
  expect(follows(true, { fromEnd: 3, moved: -3 })).toBe(false)
})

it('stays away from a reader who has left while the text grows below', () => {
  expect(follows(false, { fromEnd: 900, moved: 0 })).toBe(false)
  expect(follows(false, { fromEnd: 20, moved: 0 })).toBe(false)
})

it('takes hold again when the reader comes back near the end', () => {
  expect(follows(false, { fromEnd: NEAR_END_PX, moved: 40 })).toBe(true)
  expect(follows(false, { fromEnd: NEAR_END_PX + 1, moved: 40 })).toBe(false)
})

it('goes on holding while it follows the growing end itself', () => {
  expect(follows(true, { fromEnd: 120, moved: 60 })).toBe(true)
})

it('a transcript that became shorter has not been left', () => {
  expect(follows(true, { fromEnd: 0, moved: -80 })).toBe(true)
})

it('has not been come back to by whoever has just turned away, and has not been moved yet', () => {
  expect(follows(false, { fromEnd: 0, moved: 0 })).toBe(false)
  expect(follows(true, { fromEnd: 0, moved: 0 })).toBe(true)
})
