import { useMemo, type RefObject } from 'react'
import type { BudgetId, ConnectionId, ConversationId, KeyId, MessageId, TurnId } from '../../core/ids'
import { request } from '../bridge/client'
import { useBudgets } from '../features/budgets/budgets-store'
import type { AnswerActs } from '../features/chat/answer-acts'
import { chatStore } from '../features/chat/chat-store'
import { draftKeyOf, draftOf, draftsStore } from '../features/chat/drafts-store'
import { withQuote } from '../features/chat/quote'
import type { TranscriptHandle } from '../features/chat/Transcript'
import { keysOf } from '../features/vault/spare-keys'
import { useVault } from '../features/vault/vault-store'
import { askAgain } from './asking-again'
import { EditQuestion } from './EditQuestion'
import { linkActs } from './link-store'
import { providers } from '../lib/providers'
import { navigation, NEW_CONVERSATION } from './navigation-store'

/** A key that is asked for, and the answer that waits for it. */
export interface KeyWanted {
  readonly connectionId: ConnectionId
  readonly turnId: TurnId | null
  /** The key that is to be replaced, where it is still there; the one the connection uses otherwise. */
  readonly keyId?: KeyId | undefined
}

interface AnswerActsInput {
  readonly conversationId: ConversationId | null
  readonly composerRef: RefObject<HTMLTextAreaElement | null>
  readonly modelRef: RefObject<HTMLButtonElement | null>
  readonly transcriptRef: RefObject<TranscriptHandle | null>
  /** A model is to be chosen that answers this once. */
  readonly onRetryWith: (turnId: TurnId, from: HTMLElement | null) => void
  /** The same function as long as possible. */
  readonly onGoOn: () => void
  readonly onKeyWanted: (wanted: KeyWanted) => void
  /** The one budget that can have shortened an answer is to be raised. */
  readonly onRaise: (budgetId: BudgetId) => void
}

/** The acts of an answer, the same object for as long as possible: a new one would redraw every answer. */
export function useAnswerActs({
  conversationId,
  composerRef,
  modelRef,
  transcriptRef,
  onRetryWith,
  onGoOn,
  onKeyWanted,
  onRaise,
}: AnswerActsInput): AnswerActs {
  const connections = useVault((state) => state.connections)
  return useMemo(() => {
    /** Shows the end once an answer has begun there. */
    const show = async (begun: Promise<boolean>): Promise<void> => {
      if (await begun) transcriptRef.current?.jump()
    }
    return {
      connectionLabel: (id) => connections.find((connection) => connection.id === id)?.label ?? null,
      retry(turnId) {
        if (conversationId !== null) void show(askAgain(conversationId, turnId))
        // The button that was pressed goes away with the answer it belonged to.
        composerRef.current?.focus()
      },
      retryWith: onRetryWith,
      goOn: onGoOn,
      showBranch(messageId: MessageId) {
        if (conversationId === null) return
        transcriptRef.current?.stay()
        void chatStore.getState().showBranch(conversationId, messageId)
      },
      Editor: EditQuestion,
      quote(text) {
        if (conversationId === null) return
        const key = draftKeyOf(conversationId, false)
        draftsStore.getState().keep(key, withQuote(draftOf(key), text))
        const { current: field } = composerRef
        field?.focus()
        field?.setSelectionRange(field.value.length, field.value.length)
        field?.scrollTo({ top: field.scrollHeight })
      },
      retryNow(turnId) {
        void chatStore.getState().retryNow(turnId)
        composerRef.current?.focus()
      },
      stop(turnId) {
        void chatStore.getState().stop(turnId)
        composerRef.current?.focus()
      },
      replaceKey(connectionId, turnId, keyId) {
        const connection = connections.find(({ id }) => id === connectionId)
        if (connection === undefined) return navigation.getState().addKey()
        const isThere = keysOf(connection).some(({ id }) => id === keyId)
        // The key that failed is gone, and another has its place: that one is not replaced by mistake.
        if (keyId !== null && !isThere && connection.key.state !== 'none')
          return navigation.getState().go({ name: 'keys' })
        const isSpare = connection.spareKeys.some(({ id }) => id === keyId)
        return onKeyWanted({
          connectionId: connection.id,
          turnId,
          keyId: isSpare && keyId !== null ? keyId : undefined,
        })
      },
      links: linkActs,
      openPage(provider, page) {
        const url = provider === null ? null : providers[provider][page]
        if (url !== null) void request('link.open', { url })
      },
      openKeys: () => navigation.getState().go({ name: 'keys' }),
      showPrice: (at) => navigation.getState().go({ name: 'prices', at }),
      raiseLimit() {
        const limiting = useBudgets
          .getState()
          .budgets.filter(({ steps }) => steps.some(({ action }) => action !== 'warn'))
        // Which of several it was is not known: they are all on one page.
        const [only] = limiting
        if (only !== undefined && limiting.length === 1) onRaise(only.id)
        else navigation.getState().go({ name: 'spend' })
      },
      newConversation: () => navigation.getState().go(NEW_CONVERSATION),
      chooseModel: () => modelRef.current?.focus(),
    }
  }, [connections, conversationId, composerRef, modelRef, transcriptRef, onRetryWith, onGoOn, onKeyWanted, onRaise])
}
