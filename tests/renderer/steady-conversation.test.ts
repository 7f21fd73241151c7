import { expect, it } from 'vitest'
import { createSteady } from '../../src/renderer/features/chat/steady-conversation'
import { applyTurnEvent, type TurnEvent } from '../../src/renderer/features/chat/turn-reducer'
import type { ConversationView } from '../../src/shared/ipc/views'
import { answer, conversation, cost, idOf, question } from './views'

const BEGUN = conversation([question(1, 'a'), answer(1, 'b'), question(2, 'c'), answer(2, '')])
const at = { turnId: idOf('turn', 2), conversationId: BEGUN.id, messageId: idOf('message', 21) }
const delta = (seq: number): TurnEvent => ({
  name: 'turn.delta',
  payload: { ...at, seq, deltas: [{ type: 'text', text: 'word ' }] },
})
const after = (before: ConversationView, event: TurnEvent) => applyTurnEvent(before, event).conversation

it('stays the same while only the text of the running answer grows', () => {
  // Bug: the whole window, its header, its lists and its dialogs, drawn again with every piece of an answer.
  const steady = createSteady()
  const first = after(BEGUN, delta(1))
  const second = after(first, delta(2))
  expect(second).not.toBe(first)
  expect(steady(BEGUN)).toBe(BEGUN)
  expect(steady(first)).toBe(BEGUN)
  expect(steady(second)).toBe(BEGUN)
})

it('is another as soon as anything else has changed', () => {
  // Bug: a window that still shows Stop, an old cost or an old model once the answer has ended.
  const grown = after(BEGUN, delta(1))
  const failure = { code: 'overloaded', retryable: true } as never
  const waiting = { ...grown, runningTurn: { ...at, seq: 2, waiting: { untilMs: 1, attempt: 2, failure } } }
  const ended = { ...grown, running: false, runningTurn: null }
  const others: readonly ConversationView[] = [
    waiting,
    ended,
    { ...grown, title: 'another' },
    { ...grown, spend: cost('5') },
    { ...grown, model: 'another' },
    { ...grown, messages: [question(1, 'changed'), ...grown.messages.slice(1)] },
    { ...grown, messages: grown.messages.slice(1) },
    { ...grown, messages: [...grown.messages.slice(0, -1), answer(2, 'word', { state: 'stopped' })] },
  ]
  for (const other of others) {
    const steady = createSteady()
    steady(BEGUN)
    steady(grown)
    expect(steady(other)).toBe(other)
  }
  const steady = createSteady()
  expect(steady(undefined)).toBeUndefined()
  expect(steady(BEGUN)).toBe(BEGUN)
  expect(steady(undefined)).toBeUndefined()
})
