import type { Allowance } from '../../core/budget'
import { DEFAULT_CACHE_CHOICE } from '../../core/caching'
import { pathTo, textOf, titleFrom, type Message } from '../../core/conversation'
import type { CallId, ConnectionId, ConversationId, MessageId, TurnId } from '../../core/ids'
import { withoutSecrets } from '../../core/secret-guard'
import type { StartedTurn } from '../../shared/ipc/contract'
import type { Result } from '../../shared/ipc/transport'
import type { Conversation } from '../storage/conversations'
import type { Storage } from '../storage/storage'
import { withheldFor, type EarlierKeys } from './earlier-keys'
import type { ModelService } from './model-service'
import { keysIn, ownKeysIn } from './own-keys'
import { done, refused } from './result'
import { sendableTarget, type Target } from './target'
import { launchTurn, type LauncherNeeds, type Plan } from './turn-launcher'
import { branchesIn, messageView } from './views'

interface Ask {
  readonly conversationId: ConversationId | null
  readonly connectionId: ConnectionId
  readonly model: string
  readonly text: string
  /** The message of which this becomes another version. */
  readonly editOf?: MessageId | undefined
  readonly allow?: readonly Allowance[] | undefined
  readonly allowLoop?: boolean | undefined
  /** The user has seen that the text holds a key, and wants it to go out. */
  readonly allowSecret?: boolean | undefined
  readonly earlierKeys?: EarlierKeys | undefined
  readonly private?: boolean | undefined
}

interface AskAgain {
  readonly turnId: TurnId
  /** Who answers this once; else who answers in its conversation. */
  readonly to?: { readonly connectionId: ConnectionId; readonly model: string } | undefined
  readonly allow?: readonly Allowance[] | undefined
  readonly allowLoop?: boolean | undefined
  readonly earlierKeys?: EarlierKeys | undefined
}

/** Asking: decides whether a turn may begin and with whom; `turn-launcher` does the rest. */
export function createChatService(needs: LauncherNeeds & { models: ModelService }) {
  const { storage, catalog, clock, newId, meter } = needs

  const launch = (plan: Plan): Result<StartedTurn> => {
    const answer = launchTurn(needs, plan)
    if (!answer.ok) return answer
    needs.settings.noteModel(plan.to.connection.provider, plan.to.modelId)
    const { turnId, conversation } = plan
    const branches = branchesIn(storage, conversation.id, [plan.question, answer.value])
    const { connectionId, model } = storage.conversations.get(conversation.id) ?? conversation
    return done({
      turnId,
      conversationId: conversation.id,
      connectionId,
      model,
      userMessage: messageView(plan.question, catalog, branches),
      answer: messageView(answer.value, catalog, branches),
      isPrivate: conversation.isPrivate,
      retention: needs.conversations.retentionOf(conversation.id),
    })
  }

  /** What a new message would be added to; counted before it is asked whether it may be. */
  const pathOf = ({ conversationId, editOf }: Ask): Message[] => {
    const conversation = conversationId === null ? undefined : branchFor(storage, conversationId, editOf)
    return conversation === undefined ? [] : pathTo(conversation.headId, storage.messages.of(conversation.id))
  }

  /** Opens the stored keys that a history may hold, so that they are known by the time it is looked at. */
  const learnKeysOf = async (path: readonly Message[]): Promise<void> => {
    await ownKeysIn(needs, path.map(({ parts }) => textOf(parts)).join('\n'))
  }

  /** Everything that is decided at one moment, after the counting: what was true before it may not be any more. */
  const begin = (ask: Ask, measured: Plan['measured']): Result<StartedTurn> => {
    const to = sendableTarget(needs, ask.connectionId, ask.model)
    if (!to.ok) return to
    const existing = ask.conversationId === null ? null : storage.conversations.get(ask.conversationId)
    if (existing === undefined) return refused('not_found', 'conversationId')
    const branch = existing && branchFor(storage, existing.id, ask.editOf)
    if (branch === undefined) return refused('not_found', 'editOf')
    if (existing !== null && storage.turns.runningIn(existing.id) !== undefined) return refused('turn_running')
    const now = clock.now()
    const conversation: Conversation = existing ?? {
      id: newId('conversation'),
      // A key that was sent on purpose need not stand in the sidebar as well.
      title: titleFrom(withoutSecrets(ask.text, keysIn(needs, ask.text))),
      connectionId: ask.connectionId,
      model: ask.model,
      headId: null,
      createdMs: now,
      updatedMs: now,
      caching: DEFAULT_CACHE_CHOICE,
      titledBy: null,
      isPrivate: ask.private === true,
    }
    const turnId = newId('turn')
    const question: Message = {
      id: newId('message'),
      conversationId: conversation.id,
      parentId: branch?.headId ?? null,
      turnId,
      role: 'user',
      parts: [{ type: 'text', text: ask.text }],
      state: 'complete',
      createdMs: now,
      provider: null,
      connectionId: null,
      model: null,
      failure: null,
      stopReason: null,
      thought: null,
    }
    const withheld = withheldFor(needs, {
      conversationId: conversation.id,
      path: pathOf(ask),
      fresh: question,
      to: to.value.connection,
      choice: ask.earlierKeys,
    })
    if (!withheld.ok) return withheld
    return launch({
      turnId,
      conversation,
      isNewConversation: existing === null,
      question,
      isNewQuestion: true,
      to: to.value,
      measured,
      withheld: withheld.value,
      attemptOf: null,
      consent: { budgets: ask.allow ?? [], loop: ask.allowLoop === true },
    })
  }

  /** What is asked again and in which conversation, or why it cannot be. */
  const again = (turnId: TurnId): Result<{ earlier: Message; question: Message; conversation: Conversation }> => {
    const earlier = storage.messages.answerOf(turnId)
    if (earlier === undefined || earlier.parentId === null) return refused('not_found', 'turnId')
    const question = storage.messages.get(earlier.parentId)
    const conversation = storage.conversations.get(earlier.conversationId)
    if (question === undefined || conversation === undefined) return refused('not_found', 'turnId')
    if (storage.turns.runningIn(conversation.id) !== undefined) return refused('turn_running')
    return done({ earlier, question, conversation })
  }

  /** The call that is tried again: asking somebody else is not asking again. */
  const repeated = (turnId: TurnId, { connection, modelId }: Target): CallId | null => {
    const call = storage.calls.ofTurn(turnId).at(-1)
    return call?.connectionId === connection.id && call.modelRequested === modelId ? call.id : null
  }

  return {
    async start(ask: Ask): Promise<Result<StartedTurn>> {
      const to = sendableTarget(needs, ask.connectionId, ask.model)
      if (!to.ok) return to
      if (ask.text.trim() === '') return refused('bad_request', 'text')
      // What is on disk already does not become private by going on.
      if (ask.private === true && ask.conversationId !== null) return refused('bad_request', 'private')
      if (ask.editOf !== undefined && ask.conversationId === null) return refused('bad_request', 'editOf')
      const ranges = await ownKeysIn(needs, ask.text)
      if (ranges.length > 0 && ask.allowSecret !== true)
        return { ok: false, error: { code: 'key_misplaced', field: 'text', ranges } }
      await learnKeysOf(pathOf(ask))
      const measured = await meter.measure([...pathOf(ask), draftOf(ask.text)])
      if (!storage.isOpen()) return refused('shutting_down')
      return begin(ask, measured)
    },

    /** The same question again, wherever it is in its conversation; the earlier answer stays as a sibling. */
    async retry({ turnId, to: other, allow, allowLoop, earlierKeys }: AskAgain): Promise<Result<StartedTurn>> {
      const before = again(turnId)
      if (!before.ok) return before
      const { question: asked } = before.value
      const path = pathTo(asked.id, storage.messages.of(asked.conversationId))
      await learnKeysOf(path)
      const measured = await meter.measure(path)
      if (!storage.isOpen()) return refused('shutting_down')
      const known = again(turnId)
      if (!known.ok) return known
      const { question, conversation } = known.value
      const { connectionId, model } = other ?? conversation
      const to = sendableTarget(needs, connectionId, model)
      if (!to.ok) return to
      const withheld = withheldFor(needs, {
        conversationId: conversation.id,
        path,
        fresh: null,
        to: to.value.connection,
        choice: earlierKeys,
      })
      if (!withheld.ok) return withheld
      return launch({
        turnId: newId('turn'),
        conversation,
        isNewConversation: false,
        question,
        isNewQuestion: false,
        to: to.value,
        measured,
        withheld: withheld.value,
        attemptOf: repeated(turnId, to.value),
        consent: { budgets: allow ?? [], loop: allowLoop === true },
      })
    },

    retryNow({ turnId }: { turnId: TurnId }): Result<null> {
      if (storage.turns.get(turnId) === undefined) return refused('not_found', 'turnId')
      needs.running.get(turnId)?.retryNow()
      return done(null)
    },

    stop({ turnId }: { turnId: TurnId }): Result<null> {
      const turn = needs.running.get(turnId)
      // It may have ended while the click was on its way, which is what was wanted.
      if (turn === undefined && storage.turns.get(turnId) === undefined) return refused('not_found', 'turnId')
      turn?.stop()
      return done(null)
    },

    /** Of an answer that has ended meanwhile there is nothing more to send. */
    seen({ turnId, seq }: { turnId: TurnId; seq: number }): Result<null> {
      needs.running.get(turnId)?.seen(seq)
      return done(null)
    },

    /** Books every running answer as it stands; the process is about to end. */
    interruptAll(): void {
      for (const turn of needs.running.all()) turn.interrupt()
    },
  }
}

/** What can be asked of it. */
export type ChatService = ReturnType<typeof createChatService>

/**
 * A conversation with what a new message follows as its end: the end that is shown, or with `editOf` what that message of the
 * user's own follows. Undefined when one of them is not there.
 */
export function branchFor(
  { conversations, messages }: Pick<Storage, 'conversations' | 'messages'>,
  id: ConversationId,
  editOf: MessageId | undefined,
): Conversation | undefined {
  const conversation = conversations.get(id)
  if (editOf === undefined || conversation === undefined) return conversation
  const edited = messages.get(editOf)
  const isOwn = edited?.conversationId === id && edited.role === 'user'
  return isOwn ? { ...conversation, headId: edited.parentId } : undefined
}

/** A text that is not a message yet, as the meter counts it. */
export function draftOf(text: string) {
  const nobody = { connectionId: null, model: null } as const
  return {
    id: null,
    role: 'user',
    parts: [{ type: 'text', text }],
    turnId: '' as TurnId,
    state: 'complete',
    ...nobody,
  } as const
}
