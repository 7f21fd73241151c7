import { expect, it } from 'vitest'
import { failure, type FailureCode } from '../../src/core/failure'
import { spokenWaitingWords, waitingWords } from '../../src/renderer/features/chat/waiting-words'

const NOW = 1_000_000
const names = { provider: 'Anthropic', model: 'Claude Sonnet 5.5' }
const waiting = (ms: number, code: FailureCode = 'overloaded', attempt = 2) => ({
  untilMs: NOW + ms,
  attempt,
  failure: failure(code),
})

it('says why, how long still, and which attempt comes', () => {
  expect(waitingWords(waiting(14_000), names, NOW)).toBe('Claude Sonnet 5.5 is busy. Trying again in 14 s (2 of 3)')
  expect(waitingWords(waiting(112_000, 'rate_limited', 3), names, NOW)).toBe(
    'Anthropic asks for a pause. Trying again in 1 min 52 s (3 of 3)',
  )
})

it.each(['rate_limited', 'network', 'timeout', 'server', 'no_credit'] as const)('has a sentence for %s', (code) => {
  expect(waitingWords(waiting(1000, code), names, NOW)).toMatch(/^Anthropic [a-z ]+\. Trying again in 1 s \(2 of 3\)$/)
})

it('a second that has begun counts, and after the end it is now, never a negative time', () => {
  expect(waitingWords(waiting(1), names, NOW)).toContain('in 1 s ')
  expect(waitingWords(waiting(60_000), names, NOW)).toContain('in 1 min 0 s ')
  expect(waitingWords(waiting(0), names, NOW)).toContain('Trying again now (')
  expect(waitingWords(waiting(-5000), names, NOW)).toContain('Trying again now (')
})

it('is read aloud in whole words', () => {
  expect(spokenWaitingWords(waiting(14_000), names, NOW)).toBe(
    'Claude Sonnet 5.5 is busy. Trying again in 14 seconds, attempt 2 of 3',
  )
  expect(spokenWaitingWords(waiting(1000), names, NOW)).toContain('in 1 second,')
  expect(spokenWaitingWords(waiting(-1), names, NOW)).toContain('Trying again now,')
})
