import { DEFAULT_CACHE_CHOICE } from '../../../core/caching'
import { appendDelta, textOf, titleFrom } from '../../../core/conversation'
import type { StartedTurn } from '../../../shared/ipc/contract'
import type { BridgeEvent } from '../../../shared/ipc/transport'
import type { ConversationView, CostView, MessageView, PathPartView, RunningTurnView } from '../../../shared/ipc/views'

/** The events of answers, running and ended. */
export type TurnEvent = Extract<
  BridgeEvent,
  { readonly name: 'turn.delta' | 'turn.waiting' | 'turn.settled' | 'answer.booked' }
>

export interface Reduced {
  readonly conversation: ConversationView
  /** Something is missing between what is shown and this event: only a fresh snapshot helps. */
  readonly gap: boolean
}

const NO_COST: CostView = {
  pico: '0',
  atLeast: '0',
  upper: null,
  costClass: 'computed',
  inputTokens: null,
  outputTokens: null,
}

/** Applies one event to the conversation it belongs to. Events that were already seen change nothing. */
export function applyTurnEvent(conversation: ConversationView, event: TurnEvent): Reduced {
  switch (event.name) {
    case 'turn.delta':
      return applyDelta(conversation, event.payload)
    case 'turn.waiting':
      return applyWaiting(conversation, event.payload)
    case 'turn.settled':
      return applySettled(conversation, event.payload)
    case 'answer.booked':
      return applyBooked(conversation, event.payload)
  }
}

type PayloadOf<Name extends TurnEvent['name']> = Extract<TurnEvent, { readonly name: Name }>['payload']

function applyDelta(conversation: ConversationView, delta: PayloadOf<'turn.delta'>): Reduced {
  return applyNext(conversation, delta, ({ runningTurn, parts }) => ({
    // What writes does not wait.
    runningTurn: { ...runningTurn, waiting: null },
    parts: delta.deltas.reduce(appendDelta, [...parts]),
    thought: delta.thought ?? null,
  }))
}

/** An attempt is repeated only while nothing of an answer has come, so that the next one begins with nothing. */
function applyWaiting(conversation: ConversationView, { waiting, ...at }: PayloadOf<'turn.waiting'>): Reduced {
  return applyNext(conversation, at, ({ runningTurn, parts, thought }) => ({
    runningTurn: { ...runningTurn, waiting },
    parts: waiting === null ? parts : [],
    thought: waiting === null ? thought : null,
  }))
}

interface RunningAnswer {
  readonly runningTurn: RunningTurnView
  readonly parts: MessageView['parts']
  readonly thought: MessageView['thought']
}

/** Applies what is next of a running answer, once: not what was seen already, and nothing after a gap. */
function applyNext(
  conversation: ConversationView,
  { turnId, messageId, seq }: Pick<PayloadOf<'turn.delta'>, 'turnId' | 'messageId' | 'seq'>,
  next: (answer: RunningAnswer) => RunningAnswer,
): Reduced {
  const { runningTurn, messages } = conversation
  if (runningTurn?.turnId !== turnId) {
    const known = messages.find((message) => message.id === messageId)
    // A straggler of an answer that has ended; an answer never seen needs the snapshot.
    return { conversation, gap: known === undefined || known.state === 'streaming' }
  }
  if (seq <= runningTurn.seq) return { conversation, gap: false }
  if (seq > runningTurn.seq + 1) return { conversation, gap: true }
  const answer = messages.find((message) => message.id === messageId)
  if (answer === undefined) return { conversation, gap: true }
  const { runningTurn: turn, ...after } = next({ runningTurn, parts: answer.parts, thought: answer.thought })
  return {
    gap: false,
    conversation: {
      ...conversation,
      runningTurn: { ...turn, seq },
      messages: after.parts === answer.parts ? messages : replaced(messages, { ...answer, ...after }),
    },
  }
}

function applySettled(conversation: ConversationView, settled: PayloadOf<'turn.settled'>): Reduced {
  const known = conversation.messages.some((message) => message.id === settled.message.id)
  if (!known) return { conversation, gap: true }
  const ended = conversation.runningTurn === null || conversation.runningTurn.turnId === settled.turnId
  return {
    gap: false,
    conversation: {
      ...conversation,
      ...settled.conversation,
      running: ended ? false : conversation.running,
      runningTurn: ended ? null : conversation.runningTurn,
      messages: replaced(conversation.messages, settled.message),
    },
  }
}

/** An answer that is on another branch is not shown, but what it has cost counts. */
function applyBooked(conversation: ConversationView, { message, spend }: PayloadOf<'answer.booked'>): Reduced {
  return { gap: false, conversation: { ...conversation, spend, messages: replaced(conversation.messages, message) } }
}

function replaced(messages: readonly MessageView[], by: MessageView): readonly MessageView[] {
  return messages.map((message) => (message.id === by.id ? by : message))
}

/**
 * The conversation once an answer has begun: the shown branch up to the user's message, then the new answer. Asking
 * again keeps the user's message and puts the new answer in the place of the earlier one; an edit stands in the place of what
 * it was. The versions of what is before it are what they were.
 */
export function applyStarted(conversation: ConversationView | undefined, started: StartedTurn): ConversationView {
  const { userMessage, answer, turnId, conversationId, connectionId, model, isPrivate, retention } = started
  return {
    id: conversationId,
    title: conversation?.title ?? titleFrom(textOf(userMessage.parts)),
    updatedMs: userMessage.createdMs,
    running: true,
    connectionId,
    model,
    ...withNext(conversation ?? EMPTY, userMessage, answer),
    runningTurn: { turnId, messageId: answer.id, seq: 0, waiting: null },
    spend: conversation?.spend ?? NO_COST,
    caching: conversation?.caching ?? DEFAULT_CACHE_CHOICE,
    cache: conversation?.cache ?? null,
    isPrivate,
    retention,
  }
}

const EMPTY: PathPartView = { messages: [], older: 0, olderQuestions: 0 }

/** The part with what was begun at its end. What it follows may be the last message before the part. */
function withNext(part: PathPartView, userMessage: MessageView, answer: MessageView): PathPartView {
  const { messages, older, olderQuestions } = part
  const next = [userMessage, answer]
  if (userMessage.parentId === null) return { ...EMPTY, messages: next }
  const same = messages.findIndex((message) => message.id === userMessage.id)
  if (same >= 0) return { messages: [...messages.slice(0, same), ...next], older, olderQuestions }
  const parent = messages.findIndex((message) => message.id === userMessage.parentId)
  if (parent >= 0) return { messages: [...messages.slice(0, parent + 1), ...next], older, olderQuestions }
  // The question itself comes before the part, as the last one there.
  if (messages[0]?.parentId === userMessage.id)
    return { messages: next, older: older - 1, olderQuestions: olderQuestions - 1 }
  if (messages[0]?.parentId === userMessage.parentId) return { messages: next, older, olderQuestions }
  return { messages: [...messages, ...next], older, olderQuestions }
}
