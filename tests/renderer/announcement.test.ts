import { expect, it } from 'vitest'
import { announcement } from '../../src/renderer/features/chat/announcement'
import { failure } from '../../src/core/failure'
import type { WaitingView } from '../../src/shared/ipc/views'
import { answer, conversation, idOf, question } from './views'

const NOW = 1_000_000
const ask = question(1, 'Which index?')
const quiet = conversation([])
const running = conversation([ask, answer(1, '')])

it('says once that an answer began, not with every piece', () => {
  expect(announcement(quiet, running, NOW)).toBe('Claude Sonnet 5.5 is answering')
  const further = { ...running, messages: [ask, answer(1, '', { parts: [{ type: 'text', text: 'A partial' }] })] }
  expect(announcement(running, further, NOW)).toBeNull()
})

it('says how it ended, with its length and cost', () => {
  const done = conversation([ask, answer(1, 'A partial index would help.')])
  expect(announcement(running, done, NOW)).toBe('Answer complete, 5 words, $0.01026')
})

it('says that it was stopped or lost, and leaves failures to their own row', () => {
  const ended = (state: 'stopped' | 'cut_off' | 'failed') => conversation([ask, answer(1, 'Half', { state })])
  expect(announcement(running, ended('stopped'), NOW)).toBe('Stopped')
  expect(announcement(running, ended('cut_off'), NOW)).toBe('Connection lost')
  expect(announcement(running, ended('failed'), NOW)).toBeNull()
})

it('says nothing about an answer that ended in another conversation', () => {
  const other = conversation([ask, answer(1, 'Done.')], { id: running.id.replace(/1$/, '2') as typeof running.id })
  expect(announcement(running, other, NOW)).toBeNull()
})

const waiting = {
  untilMs: NOW + 14_000,
  attempt: 2,
  failure: failure('overloaded', { status: 529 }),
}
const pausedWith = (next: WaitingView) =>
  conversation([ask, answer(1, '')], {
    runningTurn: { turnId: idOf('turn', 1), messageId: idOf('message', 11), seq: 1, waiting: next },
  })
const paused = pausedWith(waiting)

it('announces a pause once, not every second of it, and each further one', () => {
  expect(announcement(running, paused, NOW)).toBe(
    'Claude Sonnet 5.5 is busy. Trying again in 14 seconds, attempt 2 of 3',
  )
  expect(announcement(paused, { ...paused, spend: running.spend }, NOW + 5000)).toBeNull()
  expect(announcement(paused, running, NOW + 14_000)).toBeNull()
  const third = pausedWith({ ...waiting, attempt: 3 })
  expect(announcement(paused, third, NOW)).toContain('attempt 3 of 3')
})
