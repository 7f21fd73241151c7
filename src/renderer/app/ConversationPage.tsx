import { useCallback, useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { ConversationId } from '../../core/ids'
import { chatStore, useChat } from '../features/chat/chat-store'
import { Composer } from '../features/chat/Composer'
import { ConversationHeader } from '../features/chat/ConversationHeader'
import type { DraftKey } from '../features/chat/drafts-store'
import { Transcript, type TranscriptHandle } from '../features/chat/Transcript'
import { useConversations } from '../features/conversations/conversations-store'
import { isUsable } from '../lib/connections'
import { ModelSelect } from '../features/models/ModelSelect'
import type { ModelOption } from '../features/models/options'
import { KeyDialog } from '../features/vault/KeyDialog'
import { useVault } from '../features/vault/vault-store'
import { useEscape } from '../lib/use-escape'
import { ComposerNotice } from './ComposerNotice'
import styles from './ConversationPage.module.css'
import { FirstMessage } from './FirstMessage'
import { navigation } from './navigation-store'
import { useAnswerActs, type KeyWanted } from './use-answer-acts'
import { useDestination } from './use-destination'

interface ConversationPageProps {
  readonly conversationId: ConversationId | null
  readonly composer: RefObject<HTMLTextAreaElement | null>
  readonly leading: ReactNode
  readonly onSetPrice: (option: ModelOption, focusAfter: () => HTMLElement | null) => void
}

/** A conversation: brings together its messages, its model, its key and the place to write. */
export function ConversationPage({ conversationId, composer, leading, onSetPrice }: ConversationPageProps) {
  const draftKey: DraftKey = conversationId ?? 'new'
  const conversation = useChat((state) => (conversationId === null ? undefined : state.conversations[conversationId]))
  const sending = useChat((state) => state.sending.includes(draftKey))
  const freshFailure = useChat((state) => state.freshFailure)
  const refused = useChat((state) => state.refusal?.key === draftKey)
  const connections = useVault((state) => state.connections)
  // The list's word on the title is the newest: renaming is told there.
  const title = useConversations((state) => state.conversations.find(({ id }) => id === conversationId)?.title)
  const [wanted, setWanted] = useState<KeyWanted | null>(null)
  const transcript = useRef<TranscriptHandle>(null)
  const modelRef = useRef<HTMLButtonElement>(null)
  const { connection, model, modelName, options, option, choose } = useDestination(conversation)
  const { open, send, refuse, retry, stop } = chatStore.getState()
  const { go, addKey } = navigation.getState()
  const runningTurnId = conversation?.runningTurn?.turnId

  useEffect(() => {
    if (conversationId === null || conversation !== undefined) return
    void open(conversationId)
  }, [conversation, conversationId, open])

  const acts = useAnswerActs({ conversationId, composerRef: composer, modelRef, onKeyWanted: setWanted })

  const stopAnswer = useCallback(() => {
    if (runningTurnId !== undefined) void stop(runningTurnId)
  }, [runningTurnId, stop])
  useEscape(stopAnswer, runningTurnId !== undefined)

  async function sendMessage(text: string): Promise<DraftKey | null> {
    // Still being opened: its earlier messages are not known yet.
    if (conversationId !== null && conversation === undefined) return null
    if (connection === null || model === null) {
      // A conversation whose connection is gone waits for another to be chosen; none is taken in its place.
      refuse({ key: draftKey, error: { code: connections.some(isUsable) ? 'model_unknown' : 'key_missing' } })
      return null
    }
    const id = await send({ conversationId, connectionId: connection.id, model, text })
    if (id === null) return null
    const { place } = navigation.getState()
    // Whoever has gone elsewhere in the meantime stays there.
    if (place.name === 'conversation' && place.conversationId === conversationId) {
      go({ name: 'conversation', conversationId: id })
      transcript.current?.jump()
    }
    return id
  }

  return (
    <div className={styles.page}>
      <ConversationHeader
        title={title ?? conversation?.title ?? 'New conversation'}
        spend={conversation?.spend ?? null}
        leading={leading}
      >
        <ModelSelect
          options={options}
          value={option}
          fallbackName={modelName}
          onChange={choose}
          onSetPrice={(priced) => onSetPrice(priced, () => modelRef.current)}
          trigger={modelRef}
        />
      </ConversationHeader>
      {conversation === undefined ? (
        <FirstMessage pending={conversationId !== null} told={refused} onAddKey={addKey} />
      ) : (
        <Transcript
          key={conversation.id}
          ref={transcript}
          conversation={conversation}
          freshFailure={freshFailure}
          acts={acts}
        />
      )}
      <Composer
        draftKey={draftKey}
        modelName={model === null || connection === null ? 'a model' : modelName}
        fieldRef={composer}
        running={runningTurnId !== undefined}
        sending={sending}
        onSend={sendMessage}
        onStop={stopAnswer}
        notice={
          <ComposerNotice
            draftKey={draftKey}
            connection={connection}
            onAddKey={() => (connection === null ? addKey() : setWanted({ connectionId: connection.id, turnId: null }))}
          />
        }
      />
      <KeyDialog
        connection={connections.find(({ id }) => id === wanted?.connectionId) ?? null}
        sendsAgain={wanted !== null && wanted.turnId !== null}
        onClose={() => setWanted(null)}
        onSaved={() => {
          chatStore.getState().dismissRefusal()
          if (conversationId !== null && wanted !== null && wanted.turnId !== null) {
            void retry(conversationId, wanted.turnId)
          }
        }}
        focusAfterRef={composer}
      />
    </div>
  )
}
