import { describe, expect, it } from 'vitest'
import { textOf } from '../../src/core/conversation'
import { failure } from '../../src/core/failure'
import { applyStarted, applyTurnEvent, type TurnEvent } from '../../src/renderer/features/chat/turn-reducer'
import type { ConversationView, DeltaView, MessageView, WaitingView } from '../../src/shared/ipc/views'
import { answer, conversation, cost, deltaOf, idOf, BEGUN, KEPT, question } from './views'

function settled(seq: number, message: MessageView): TurnEvent {
  return {
    name: 'turn.settled',
    payload: {
      turnId: message.turnId,
      conversationId: idOf('conversation', 1),
      seq,
      message,
      conversation: {
        title: 'Slow orders query',
        updatedMs: 9,
        spend: cost('10260000000'),
        cache: null,
        retention: KEPT.retention,
      },
    },
  }
}

const text = (words: string): DeltaView => ({ type: 'text', text: words })
const reasoning = (words: string): DeltaView => ({ type: 'reasoning', text: words })

function play(from: ConversationView, events: readonly TurnEvent[]): ConversationView {
  return events.reduce((view, event) => applyTurnEvent(view, event).conversation, from)
}

const running = conversation([question(1, 'Which index?'), answer(1, '')])

it('joins the pieces of an answer in order, thinking apart from text', () => {
  const after = play(running, [
    deltaOf(1, reasoning('Reads '), reasoning('open orders.')),
    deltaOf(2, text('A partial ')),
    deltaOf(3, text('index.')),
  ])
  expect(after.messages[1]?.parts).toEqual([
    { type: 'reasoning', text: 'Reads open orders.', proof: null },
    { type: 'text', text: 'A partial index.' },
  ])
  expect(after.runningTurn?.seq).toBe(3)
})

it('drops an event it has already seen', () => {
  const once = play(running, [deltaOf(1, text('Once.')), deltaOf(2, text(' Twice.'))])
  const again = play(once, [deltaOf(1, text('Once.')), deltaOf(2, text(' Twice.'))])
  expect(again).toBe(once)
})

it('drops what the snapshot already holds and goes on from its number', () => {
  const snapshot = conversation(
    [question(1, 'Which index?'), answer(1, '', { parts: [{ type: 'text', text: 'Already' }] })],
    {
      runningTurn: { turnId: idOf('turn', 1), messageId: idOf('message', 11), seq: 4, waiting: null },
    },
  )
  const after = play(snapshot, [deltaOf(3, text('Already')), deltaOf(4, text('Already')), deltaOf(5, text(' here'))])
  expect(textOf(after.messages[1]?.parts ?? [])).toBe('Already here')
})

it('asks for a snapshot when an event is missing, and shows nothing out of order', () => {
  const reduced = applyTurnEvent(running, deltaOf(2, text('the second')))
  expect(reduced.gap).toBe(true)
  expect(reduced.conversation).toBe(running)
})

it('asks for a snapshot when the answer was never seen', () => {
  expect(applyTurnEvent(conversation([]), deltaOf(1, text('?'))).gap).toBe(true)
  expect(applyTurnEvent(conversation([]), settled(1, answer(1, 'Done.'))).gap).toBe(true)
})

it('ignores a straggler of an answer that has ended', () => {
  const ended = conversation([question(1, 'Which index?'), answer(1, 'A partial one.')])
  const reduced = applyTurnEvent(ended, deltaOf(7, text(' late')))
  expect(reduced).toEqual({ conversation: ended, gap: false })
})

it('takes the settled message as it is, with the cost of the conversation', () => {
  const done = answer(1, 'A partial index.')
  const after = play(running, [deltaOf(1, text('A part')), settled(2, done)])
  expect(after.messages[1]).toBe(done)
  expect(after.runningTurn).toBeNull()
  expect(after.running).toBe(false)
  expect(after.spend.pico).toBe('10260000000')
})

it('a settled message that is told twice changes nothing the second time', () => {
  const done = settled(2, answer(1, 'A partial index.'))
  const once = play(running, [done])
  expect(play(once, [done])).toEqual(once)
})

it('an earlier answer that settles late leaves the running one alone', () => {
  const both = conversation([question(1, 'One'), answer(1, 'First.'), question(2, 'Two'), answer(2, '')])
  const after = play(both, [settled(9, answer(1, 'First.'))])
  expect(after.runningTurn?.turnId).toBe(idOf('turn', 2))
})

it('asking again keeps the question and puts the new answer in place of the old', () => {
  const before = conversation([question(1, 'Which index?'), answer(1, 'Half an', { state: 'stopped' })])
  const after = applyStarted(before, {
    turnId: idOf('turn', 2),
    conversationId: before.id,
    ...BEGUN,
    userMessage: question(1, 'Which index?'),
    answer: answer(2, ''),
  })
  expect(after.messages.map(({ id }) => id)).toEqual([idOf('message', 10), idOf('message', 21)])
  expect(after.runningTurn).toEqual({ turnId: idOf('turn', 2), messageId: idOf('message', 21), seq: 0, waiting: null })
})

it('a further message stands after everything before it', () => {
  const before = conversation([question(1, 'One'), answer(1, 'First.')])
  const after = applyStarted(before, {
    turnId: idOf('turn', 2),
    conversationId: before.id,
    ...BEGUN,
    userMessage: question(2, 'Two', { parentId: idOf('message', 11) }),
    answer: answer(2, ''),
  })
  expect(after.messages).toHaveLength(4)
  expect(after.spend).toBe(before.spend)
})

it('an edit stands in the place of what it was, and all after that goes out of sight', () => {
  const before = conversation([
    question(1, 'One'),
    answer(1, 'First.'),
    question(2, 'Two', { parentId: idOf('message', 11) }),
    answer(2, 'Second.'),
  ])
  const shown = (userMessage: MessageView) =>
    applyStarted(before, {
      turnId: idOf('turn', 3),
      conversationId: before.id,
      ...BEGUN,
      userMessage,
      answer: answer(3, ''),
    }).messages.map(({ id }) => id)
  const edit = question(3, 'Two, edited', { parentId: idOf('message', 11) })
  expect(shown(edit)).toEqual([10, 11, 30, 31].map((number) => idOf('message', number)))
  // Bug: the edited first message below everything it was to take the place of.
  expect(shown({ ...edit, parentId: null })).toEqual([30, 31].map((number) => idOf('message', number)))
})

it('an answer of another model, asked for once, leaves the conversation to its own', () => {
  const before = conversation([question(1, 'One'), answer(1, 'First.')])
  const after = applyStarted(before, {
    turnId: idOf('turn', 2),
    conversationId: before.id,
    ...BEGUN,
    userMessage: question(1, 'One'),
    answer: answer(2, '', { model: 'claude-opus-5-5' }),
  })
  expect(after.model).toBe(BEGUN.model)
})

it('a first message makes the conversation, titled by its first sentence', () => {
  const started = applyStarted(undefined, {
    turnId: idOf('turn', 1),
    conversationId: idOf('conversation', 1),
    ...BEGUN,
    userMessage: question(1, 'Which index? It takes 940 ms.'),
    answer: answer(1, ''),
  })
  expect(started.title).toBe('Which index?')
  expect(started.model).toBe('claude-sonnet-5-5')
})

function waits(seq: number, waiting: WaitingView | null): TurnEvent {
  const ids = { turnId: idOf('turn', 1), conversationId: idOf('conversation', 1), messageId: idOf('message', 11) }
  return { name: 'turn.waiting', payload: { ...ids, seq, waiting } }
}

const pause: WaitingView = { untilMs: 14_000, attempt: 2, failure: failure('overloaded') }

it('an answer waits and goes on, counted with its pieces', () => {
  const paused = play(running, [waits(1, pause)])
  expect(paused.runningTurn).toEqual({
    turnId: idOf('turn', 1),
    messageId: idOf('message', 11),
    seq: 1,
    waiting: pause,
  })
  const after = play(paused, [waits(2, null), deltaOf(3, text('A partial index.'))])
  expect(after.runningTurn?.waiting).toBeNull()
  expect(textOf(after.messages[1]?.parts ?? [])).toBe('A partial index.')
})

it('a pause that is told twice, or after a gap, is like a piece told so', () => {
  const paused = play(running, [waits(1, pause)])
  expect(applyTurnEvent(paused, waits(1, null))).toEqual({ conversation: paused, gap: false })
  expect(applyTurnEvent(running, waits(2, pause))).toEqual({ conversation: running, gap: true })
  const ended = conversation([question(1, 'Which index?'), answer(1, 'A partial one.')])
  expect(applyTurnEvent(ended, waits(9, pause))).toEqual({ conversation: ended, gap: false })
})

it('the next attempt begins with an empty answer, so that no text stands twice', () => {
  const after = play(running, [deltaOf(1, text('A part')), waits(2, pause), deltaOf(3, text('A partial index.'))])
  expect(textOf(after.messages[1]?.parts ?? [])).toBe('A partial index.')
  expect(after.runningTurn?.waiting).toBeNull()
})

it('a cost that comes later takes the place of the message and changes nothing else', () => {
  const before = conversation([
    question(1, 'One'),
    answer(1, 'First.', { counting: true }),
    question(2, 'Two'),
    answer(2, ''),
  ])
  const message = answer(1, 'First.', { cost: cost('7') })
  const after = play(before, [
    { name: 'answer.booked', payload: { conversationId: before.id, message, spend: cost('7') } },
  ])
  expect(after.messages[1]).toBe(message)
  expect(after.spend.pico).toBe('7')
  expect(after.runningTurn).toBe(before.runningTurn)
  expect(after.messages).toHaveLength(4)
})

it('a cost of an answer on another branch counts without being shown', () => {
  const before = conversation([question(1, 'One'), answer(1, 'First.')])
  const payload = { conversationId: before.id, message: answer(9, 'Elsewhere.'), spend: cost('9') }
  const reduced = applyTurnEvent(before, { name: 'answer.booked', payload })
  expect(reduced.gap).toBe(false)
  expect(reduced.conversation.messages).toEqual(before.messages)
  expect(reduced.conversation.spend.pico).toBe('9')
})

it('a further message leaves the choice of caching and the cache as they are', () => {
  const cache = { connectionId: idOf('connection', 1), model: 'claude-sonnet-5-5', tokens: 9, untilMs: 9 }
  const before = conversation([question(1, 'One'), answer(1, 'First.')], { caching: '1h', cache })
  const started = {
    turnId: idOf('turn', 2),
    conversationId: before.id,
    ...BEGUN,
    userMessage: question(2, 'Two', { parentId: idOf('message', 11) }),
    answer: answer(2, ''),
  }
  expect(applyStarted(before, started)).toMatchObject({ caching: '1h', cache })
  expect(applyStarted(undefined, started)).toMatchObject({ caching: '5m', cache: null, retention: KEPT.retention })
})

describe('what is begun right below a message that is not loaded', () => {
  const part = conversation([answer(5, 'An answer', { parentId: idOf('message', 50) })], {
    older: 9,
    olderQuestions: 5,
  })
  const begun = (userMessage: MessageView) =>
    applyStarted(part, {
      turnId: idOf('turn', 6),
      conversationId: part.id,
      ...BEGUN,
      userMessage,
      answer: answer(6, '', { parentId: userMessage.id }),
    })

  it('takes the place of the answer to a question that comes before the part', () => {
    const asked = question(5, 'Asked again', { parentId: idOf('message', 41) })
    // Bug: the earlier answer stays above the new one.
    expect(begun(asked)).toMatchObject({ older: 8, olderQuestions: 4 })
    expect(begun(asked).messages.map(({ id }) => id)).toEqual([idOf('message', 50), idOf('message', 61)])
  })

  it('takes the place of a version of the first message of the part', () => {
    const shown = conversation([question(5, 'First', { parentId: idOf('message', 41) }), answer(5, 'An answer')], {
      older: 8,
    })
    const edited = question(6, 'Edited', { parentId: idOf('message', 41) })
    const after = applyStarted(shown, {
      turnId: idOf('turn', 6),
      conversationId: shown.id,
      ...BEGUN,
      userMessage: edited,
      answer: answer(6, ''),
    })
    expect(after.messages.map(({ id }) => id)).toEqual([idOf('message', 60), idOf('message', 61)])
    expect(after.older).toBe(8)
  })

  it('is the whole conversation where it begins anew', () => {
    expect(begun(question(6, 'From the beginning'))).toMatchObject({ older: 0, olderQuestions: 0 })
    expect(begun(question(6, 'From the beginning')).messages).toHaveLength(2)
  })
})

it('an event of an answer that is not loaded changes nothing but what the conversation has cost', () => {
  const part = conversation([question(5, 'Here'), answer(5, 'An answer')], { older: 8 })
  const before = answer(1, 'Long before')
  const booked: TurnEvent = {
    name: 'answer.booked',
    payload: { conversationId: part.id, message: before, spend: cost('7') },
  }
  expect(applyTurnEvent(part, booked)).toEqual({ gap: false, conversation: { ...part, spend: cost('7') } })
})
