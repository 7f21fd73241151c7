import { appendDelta, textOf, titleFrom } from '../../../core/conversation'
import type { StartedTurn } from '../../../shared/ipc/contract'
import type { BridgeEvent } from '../../../shared/ipc/transport'
import type { ConversationView, CostView, MessageView } from '../../../shared/ipc/views'

/** The events of running answers. */
export type TurnEvent = Extract<BridgeEvent, { readonly name: 'turn.delta' | 'turn.settled' }>

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
  return event.name === 'turn.delta'
    ? applyDelta(conversation, event.payload)
    : applySettled(conversation, event.payload)
}

type Delta = Extract<TurnEvent, { readonly name: 'turn.delta' }>['payload']
type Settled = Extract<TurnEvent, { readonly name: 'turn.settled' }>['payload']

function applyDelta(conversation: ConversationView, { turnId, messageId, seq, deltas }: Delta): Reduced {
  const { runningTurn, messages } = conversation
  if (runningTurn?.turnId !== turnId) {
    const known = messages.find((message) => message.id === messageId)
    // A straggler of an answer that has ended; an answer never seen needs the snapshot.
    return { conversation, gap: known === undefined || known.state === 'streaming' }
  }
  if (seq <= runningTurn.seq) return { conversation, gap: false }
  if (seq > runningTurn.seq + 1) return { conversation, gap: true }
  return {
    gap: false,
    conversation: {
      ...conversation,
      runningTurn: { ...runningTurn, seq },
      messages: messages.map((message) =>
        message.id === messageId ? { ...message, parts: deltas.reduce(appendDelta, [...message.parts]) } : message,
      ),
    },
  }
}

function applySettled(conversation: ConversationView, settled: Settled): Reduced {
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
      messages: conversation.messages.map((message) => (message.id === settled.message.id ? settled.message : message)),
    },
  }
}

/**
 * The conversation once an answer has begun: the shown branch up to the user's message, then the new answer. Asking
 * again keeps the user's message and puts the new answer in the place of the earlier one.
 */
export function applyStarted(conversation: ConversationView | undefined, started: StartedTurn): ConversationView {
  const { userMessage, answer, turnId, conversationId } = started
  return {
    id: conversationId,
    title: conversation?.title ?? titleFrom(textOf(userMessage.parts)),
    updatedMs: userMessage.createdMs,
    running: true,
    connectionId: answer.connectionId,
    model: answer.model,
    messages: [...before(conversation?.messages ?? [], userMessage), userMessage, answer],
    runningTurn: { turnId, messageId: answer.id, seq: 0 },
    spend: conversation?.spend ?? NO_COST,
  }
}

function before(messages: readonly MessageView[], userMessage: MessageView): readonly MessageView[] {
  const same = messages.findIndex((message) => message.id === userMessage.id)
  if (same >= 0) return messages.slice(0, same)
  const parent = messages.findIndex((message) => message.id === userMessage.parentId)
  return parent >= 0 ? messages.slice(0, parent + 1) : messages
}
