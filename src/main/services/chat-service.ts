import { titleFrom, type Message } from '../../core/conversation'
import { PROVIDERS } from '../../core/provider'
import type { ConnectionId, ConversationId, TurnId } from '../../core/ids'
import type { StartedTurn } from '../../shared/ipc/contract'
import type { Result } from '../../shared/ipc/transport'
import type { Conversation } from '../storage/conversations'
import type { ModelService } from './model-service'
import { done, refused } from './result'
import type { SettingsService } from './settings-service'
import { launchTurn, type LauncherNeeds, type Plan, type Target } from './turn-launcher'
import { messageView } from './views'

interface Ask {
  readonly conversationId: ConversationId | null
  readonly connectionId: ConnectionId
  readonly model: string
  readonly text: string
}

/** Asking: decides whether a turn may begin and with whom; `turn-launcher` does the rest. */
export function createChatService(needs: LauncherNeeds & { models: ModelService; settings: SettingsService }) {
  const { storage, catalog, clock, newId } = needs

  /** Who is to answer, or why nobody can. Never anyone but whom the user chose. */
  const target = (connectionId: ConnectionId | null, modelId: string | null): Result<Target> => {
    const connection = connectionId === null ? undefined : storage.connections.get(connectionId)
    if (connection === undefined) return refused('not_found', 'connectionId')
    const model = modelId === null ? undefined : needs.models.find(connection, modelId)
    if (modelId === null || model === undefined) return refused('model_unknown', 'model')
    const needsKey = PROVIDERS[connection.provider].key === 'required'
    if (needsKey && connection.keyId === null) return refused('key_missing', 'connectionId')
    return done({ connection, model, modelId })
  }

  const launch = (plan: Plan): Result<StartedTurn> => {
    const answer = launchTurn(needs, plan)
    needs.settings.noteModel(plan.to.connection.provider, plan.to.modelId)
    const { turnId, conversation } = plan
    return done({
      turnId,
      conversationId: conversation.id,
      userMessage: messageView(plan.question, null, catalog),
      answer: messageView(answer, null, catalog),
    })
  }

  return {
    start(ask: Ask): Result<StartedTurn> {
      const to = target(ask.connectionId, ask.model)
      if (!to.ok) return to
      if (ask.text.trim() === '') return refused('bad_request', 'text')
      const existing = ask.conversationId === null ? null : storage.conversations.get(ask.conversationId)
      if (existing === undefined) return refused('not_found', 'conversationId')
      if (existing !== null && storage.turns.runningIn(existing.id) !== undefined) return refused('turn_running')
      const now = clock.now()
      const conversation: Conversation = existing ?? {
        id: newId('conversation'),
        title: titleFrom(ask.text),
        connectionId: ask.connectionId,
        model: ask.model,
        headId: null,
        createdMs: now,
        updatedMs: now,
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
      }
      const isNewConversation = existing === null
      return launch({
        turnId,
        conversation,
        isNewConversation,
        question,
        isNewQuestion: true,
        to: to.value,
        attemptOf: null,
      })
    },

    /** The same question to the conversation's current model; the earlier answer stays as a sibling. */
    retry({ turnId }: { turnId: TurnId }): Result<StartedTurn> {
      const earlier = storage.messages.answerOf(turnId)
      if (earlier === undefined || earlier.parentId === null) return refused('not_found', 'turnId')
      const question = storage.messages.get(earlier.parentId)
      const conversation = storage.conversations.get(earlier.conversationId)
      if (question === undefined || conversation === undefined) return refused('not_found', 'turnId')
      if (storage.turns.runningIn(conversation.id) !== undefined) return refused('turn_running')
      // Anywhere but at the end everything after it would go out of sight.
      if (conversation.headId !== earlier.id) return refused('not_found', 'turnId')
      const to = target(conversation.connectionId, conversation.model)
      if (!to.ok) return to
      return launch({
        turnId: newId('turn'),
        conversation,
        isNewConversation: false,
        question,
        isNewQuestion: false,
        to: to.value,
        attemptOf: storage.calls.ofTurn(turnId).at(-1)?.id ?? null,
      })
    },

    stop({ turnId }: { turnId: TurnId }): Result<null> {
      const turn = needs.running.get(turnId)
      // It may have ended while the click was on its way, which is what was wanted.
      if (turn === undefined && storage.turns.get(turnId) === undefined) return refused('not_found', 'turnId')
      turn?.stop()
      return done(null)
    },

    /** Books every running answer as it stands; the process is about to end. */
    interruptAll(): void {
      for (const turn of needs.running.values()) turn.interrupt()
    },
  }
}

/** What can be asked of it. */
export type ChatService = ReturnType<typeof createChatService>
