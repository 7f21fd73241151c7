import { expect, it } from 'vitest'
import { endingWords, offersRetry } from '../../src/renderer/features/chat/message-words'

it('an answer that ended early says how', () => {
  expect(endingWords({ state: 'stopped', stopReason: null })).toBe('Stopped')
  expect(endingWords({ state: 'cut_off', stopReason: null })).toBe('Connection lost')
  expect(endingWords({ state: 'interrupted', stopReason: null })).toBe(
    'Interrupted: Latchkey was closed while this answer ran',
  )
})

it('a complete answer says nothing unless the model was made to end', () => {
  expect(endingWords({ state: 'complete', stopReason: 'end' })).toBeNull()
  expect(endingWords({ state: 'complete', stopReason: 'max_tokens' })).toMatch(/longest answer/)
})

it('what was cut short can be asked for again, what is complete or runs cannot', () => {
  const offered = (['stopped', 'cut_off', 'interrupted', 'complete', 'streaming'] as const).filter((state) =>
    offersRetry({ state }),
  )
  expect(offered).toEqual(['stopped', 'cut_off', 'interrupted'])
})
