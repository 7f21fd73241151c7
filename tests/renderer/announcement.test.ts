import { expect, it } from 'vitest'
import { announcement } from '../../src/renderer/features/chat/announcement'
import { answer, conversation, question } from './views'

const ask = question(1, 'Which index?')
const quiet = conversation([])
const running = conversation([ask, answer(1, '')])

it('says once that an answer began, not with every piece', () => {
  expect(announcement(quiet, running)).toBe('Claude Sonnet 5.5 is answering')
  const further = { ...running, messages: [ask, answer(1, '', { parts: [{ type: 'text', text: 'A partial' }] })] }
  expect(announcement(running, further)).toBeNull()
})

it('says how it ended, with its length and cost', () => {
  const done = conversation([ask, answer(1, 'A partial index would help.')])
  expect(announcement(running, done)).toBe('Answer complete, 5 words, $0.01026')
})

it('says that it was stopped or lost, and leaves failures to their own row', () => {
  const ended = (state: 'stopped' | 'cut_off' | 'failed') => conversation([ask, answer(1, 'Half', { state })])
  expect(announcement(running, ended('stopped'))).toBe('Stopped')
  expect(announcement(running, ended('cut_off'))).toBe('Connection lost')
  expect(announcement(running, ended('failed'))).toBeNull()
})

it('says nothing about an answer that ended in another conversation', () => {
  const other = conversation([ask, answer(1, 'Done.')], { id: running.id.replace(/1$/, '2') as typeof running.id })
  expect(announcement(running, other)).toBeNull()
})
