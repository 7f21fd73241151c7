import type { Allowance } from '../../core/budget'
import { DEFAULT_CACHE_CHOICE } from '../../core/caching'
import { pathTo, textOf, titleFrom, type Message } from '../../core/conversation'
import type { ConnectionId, ConversationId, TurnId } from '../../core/ids'
import { withoutSecrets } from '../../core/secret-guard'
import type { StartedTurn } from '../../shared/ipc/contract'
import type { Result } from '../../shared/ipc/transport'
import type { Conversation } from '../storage/conversations'
import { withheldFor, type EarlierKeys } from './earlier-keys'
import type { ModelService } from './model-service'
import { keysIn, ownKeysIn } from './own-keys'
import { done, refused } from './result'
import { sendableTarget } from './target'
import { launchTurn, type LauncherNeeds, type Plan } from './turn-launcher'
import { messageView } from './views'

interface Ask {
  readonly conversationId: ConversationId | null
  readonly connectionId: ConnectionId
  readonly model: string
  readonly text: string
  readonly allow?: readonly Allowance[] | undefined
  /** The user has seen that the text holds a key, and wants it to go out. */
  readonly allowSecret?: boolean | undefined
  readonly earlierKeys?: EarlierKeys | undefined
  readonly private?: boolean | undefined
}

interface AskAgain {
  readonly turnId: TurnId
  readonly allow?: readonly Allowance[] | undefined
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
    return done({
      turnId,
      conversationId: conversation.id,
      userMessage: messageView(plan.question, catalog),
      answer: messageView(answer.value, catalog),
      isPrivate: conversation.isPrivate,
      retention: needs.conversations.retentionOf(conversation.id),
    })
  }

  /** What a new message would be added to; counted before it is asked whether it may be. */
  const pathOf = (conversationId: ConversationId | null): Message[] => {
    const conversation = conversationId === null ? undefined : storage.conversations.get(conversationId)
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
      parentId: conversation.headId,
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
      path: pathOf(ask.conversationId),
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
      allowed: ask.allow ?? [],
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
    // Anywhere but at the end everything after it would go out of sight.
    if (conversation.headId !== earlier.id) return refused('not_found', 'turnId')
    return done({ earlier, question, conversation })
  }

  return {
    async start(ask: Ask): Promise<Result<StartedTurn>> {
      const to = sendableTarget(needs, ask.connectionId, ask.model)
      if (!to.ok) return to
      if (ask.text.trim() === '') return refused('bad_request', 'text')
      // What is on disk already does not become private by going on.
      if (ask.private === true && ask.conversationId !== null) return refused('bad_request', 'private')
      const ranges = await ownKeysIn(needs, ask.text)
      if (ranges.length > 0 && ask.allowSecret !== true)
        return { ok: false, error: { code: 'key_misplaced', field: 'text', ranges } }
      await learnKeysOf(pathOf(ask.conversationId))
      const measured = await meter.measure([...pathOf(ask.conversationId), draftOf(ask.text)])
      if (!storage.isOpen()) return refused('shutting_down')
      return begin(ask, measured)
    },

    /** The same question to the conversation's current model; the earlier answer stays as a sibling. */
    async retry({ turnId, allow, earlierKeys }: AskAgain): Promise<Result<StartedTurn>> {
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
      const to = sendableTarget(needs, conversation.connectionId, conversation.model)
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
        attemptOf: storage.calls.ofTurn(turnId).at(-1)?.id ?? null,
        allowed: allow ?? [],
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
