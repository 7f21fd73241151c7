import { useMemo, type RefObject } from 'react'
import type { ConnectionId, ConversationId, TurnId } from '../../core/ids'
import { request } from '../bridge/client'
import type { AnswerActs } from '../features/chat/answer-acts'
import { chatStore } from '../features/chat/chat-store'
import { useVault } from '../features/vault/vault-store'
import { navigation, NEW_CONVERSATION } from './navigation-store'

/** A key that is asked for, and the answer that waits for it. */
export interface KeyWanted {
  readonly connectionId: ConnectionId
  readonly turnId: TurnId | null
}

interface AnswerActsInput {
  readonly conversationId: ConversationId | null
  readonly composerRef: RefObject<HTMLTextAreaElement | null>
  readonly modelRef: RefObject<HTMLButtonElement | null>
  readonly onKeyWanted: (wanted: KeyWanted) => void
}

/** The acts of an answer, the same object for as long as possible: a new one would redraw every answer. */
export function useAnswerActs({ conversationId, composerRef, modelRef, onKeyWanted }: AnswerActsInput): AnswerActs {
  const connections = useVault((state) => state.connections)
  return useMemo(
    () => ({
      connectionLabel: (id) => connections.find((connection) => connection.id === id)?.label ?? null,
      retry(turnId) {
        if (conversationId !== null) void chatStore.getState().retry(conversationId, turnId)
        // The button that was pressed goes away with the answer it belonged to.
        composerRef.current?.focus()
      },
      replaceKey(connectionId, turnId) {
        const exists = connections.some((connection) => connection.id === connectionId)
        if (connectionId !== null && exists) onKeyWanted({ connectionId, turnId })
        else navigation.getState().addKey()
      },
      openLink: (url) => void request('link.open', { url }),
      openKeys: () => navigation.getState().go({ name: 'keys' }),
      newConversation: () => navigation.getState().go(NEW_CONVERSATION),
      chooseModel: () => modelRef.current?.focus(),
    }),
    [connections, conversationId, composerRef, modelRef, onKeyWanted],
  )
}
