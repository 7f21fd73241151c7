import { Search } from 'lucide-react'
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { textOf } from '../../core/conversation'
import type { BudgetId, ConversationId, TurnId } from '../../core/ids'
import { chatStore, useChat } from '../features/chat/chat-store'
import { Composer } from '../features/chat/Composer'
import { ConversationHeader } from '../features/chat/ConversationHeader'
import { ConversationOptions } from '../features/chat/ConversationOptions'
import { draftKeyOf, draftsStore, useQueued } from '../features/chat/drafts-store'
import { openEdit } from '../features/chat/edits-store'
import { EstimateLine } from '../features/chat/EstimateLine'
import { PrivateLine } from '../features/chat/PrivateLine'
import { LiveTranscript } from '../features/chat/LiveTranscript'
import { RunningContext } from '../features/chat/running-context'
import { useSteadyConversation } from '../features/chat/steady-conversation'
import type { TranscriptHandle } from '../features/chat/Transcript'
import { useConversations } from '../features/conversations/conversations-store'
import { ModelSelect } from '../features/models/ModelSelect'
import type { ModelOption } from '../features/models/options'
import { useSettings } from '../features/settings/settings-store'
import { KeyDialog } from '../features/vault/KeyDialog'
import { useVault } from '../features/vault/vault-store'
import { SHORTCUTS } from '../lib/keyboard'
import { useEscape } from '../lib/use-escape'
import { IconButton } from '../ui/IconButton'
import { askAgain } from './asking-again'
import { ComposerNotice } from './ComposerNotice'
import styles from './ConversationPage.module.css'
import { FirstMessage } from './FirstMessage'
import { isOfDestination, isStillMeant, leaveIntention, meantNow } from './intention'
import { navigation, NEW_CONVERSATION, type Lead } from './navigation-store'
import { PageContext } from './page-context'
import { RaiseLimit } from './RaiseLimit'
import { toLoopSettings } from './to-loop-settings'
import { useAnswerActs, type KeyWanted } from './use-answer-acts'
import { useConversationLimit } from './use-conversation-limit'
import { useDestination } from './use-destination'
import { useForesight } from './use-foresight'
import { useLimitWords } from './use-limit-words'
import { usePicker } from './use-picker'
import { useSending } from './use-sending'

interface ConversationPageProps {
  readonly conversationId: ConversationId | null
  /** Without an id: it begins as a private one. */
  readonly beginsPrivate: boolean
  /** What has led here; null where it was the list. */
  readonly lead: Lead | null
  readonly composer: RefObject<HTMLTextAreaElement | null>
  readonly leading: ReactNode
  readonly onSetPrice: (option: ModelOption, focusAfter: () => HTMLElement | null) => void
}

/** A conversation: brings together its messages, its model, its key and the place to write. */
export function ConversationPage({
  conversationId,
  beginsPrivate,
  lead,
  composer,
  leading,
  onSetPrice,
}: ConversationPageProps) {
  const draftKey = draftKeyOf(conversationId, beginsPrivate)
  // Without the text that streams: only the transcript shows it.
  const conversation = useSteadyConversation(conversationId)
  const sending = useChat((state) => state.sending.includes(draftKey))
  const earlier = useChat((state) => (conversationId === null ? null : (state.older[conversationId] ?? null)))
  const freshFailure = useChat((state) => state.freshFailure)
  const refused = useChat((state) => state.refusal?.key === draftKey)
  const destinationRefused = useChat((state) => isOfDestination(state.refusal))
  const gone =
    useChat(({ refusal }) => refusal?.key === conversationId && refusal.error.code === 'not_found') &&
    conversation === undefined
  const connections = useVault((state) => state.connections)
  const queued = useQueued(draftKey)
  const sendKey = useSettings((state) => state.sendKey)
  // The list's word on the title is the newest: renaming is told there.
  const listed = useConversations((state) => state.conversations.find(({ id }) => id === conversationId))
  const title = listed?.title
  const general = useSettings((state) => state.retention)
  const isPrivate =
    conversation?.isPrivate ?? (listed?.isPrivate === true || (conversationId === null && beginsPrivate))
  const [wanted, setWanted] = useState<KeyWanted | null>(null)
  const [raised, setRaised] = useState<BudgetId | null>(null)
  const picker = usePicker(conversationId)
  const chosenAgain = useRef(false)
  const transcript = useRef<TranscriptHandle>(null)
  const modelRef = useRef<HTMLButtonElement>(null)
  const { connection, model, modelName, options, option, choose } = useDestination(conversation)
  const { open, stop, setCaching, setRetention, dismissRefusal } = chatStore.getState()
  const { addKey } = navigation.getState()
  const runningTurnId = conversation?.runningTurn?.turnId
  const running = runningTurnId !== undefined
  const foresight = useForesight(
    conversationId,
    draftKey,
    conversation,
    { connection, model, option },
    picker.open,
    picker.estimated,
  )
  const statusId = useId()
  const shownTitle = title ?? conversation?.title ?? (isPrivate ? 'New private conversation' : 'New conversation')
  const limit = useConversationLimit(conversationId, shownTitle)
  const limits = useLimitWords()

  // Before it is opened as it is: its message may be far from the end, or on another branch.
  useEffect(() => {
    const messageId = lead?.messageId ?? null
    if (conversationId !== null && messageId !== null) void chatStore.getState().reach(conversationId, messageId)
  }, [conversationId, lead])

  useEffect(() => {
    if (conversationId === null || conversation !== undefined) return
    void open(conversationId)
  }, [conversation, conversationId, open])

  // Queued in the moment in which the answer ended: there is nothing it could wait for.
  const waitsForNothing = queued !== null && conversation !== undefined && !running && !sending
  useEffect(() => {
    if (waitsForNothing) draftsStore.getState().takeBack(draftKey)
  }, [waitsForNothing, draftKey])

  useEffect(() => () => leaveIntention(draftKey), [draftKey])

  const loadEarlier = useCallback(
    (most?: number) => {
      if (conversationId !== null) void chatStore.getState().loadOlder(conversationId, most)
    },
    [conversationId],
  )

  const goOnNow = useRef<() => void>(() => undefined)
  const acts = useAnswerActs({
    conversationId,
    composerRef: composer,
    modelRef,
    transcriptRef: transcript,
    onRetryWith: picker.pickAgain,
    onGoOn: useCallback(() => goOnNow.current(), []),
    onKeyWanted: setWanted,
    onRaise: setRaised,
  })

  const stopAnswer = useCallback(() => {
    if (runningTurnId !== undefined) void stop(runningTurnId)
  }, [runningTurnId, stop])
  useEscape(stopAnswer, running)

  const { sendMessage, sendAtCost, goOn, sendAnyway, redactAndSend, editSecret } = useSending({
    conversationId,
    isPrivate: beginsPrivate,
    conversation,
    connectionId: connection?.id ?? null,
    model,
    composer,
    onSent: () => transcript.current?.jump(),
  })
  useLayoutEffect(() => {
    goOnNow.current = () => void goOn()
  })

  const addKeyHere = useCallback(() => {
    if (connection === null) addKey()
    else setWanted({ connectionId: connection.id, turnId: null })
  }, [connection, addKey])
  const { pickNext } = picker

  function editLast(): boolean {
    const own = conversation?.messages.findLast(({ role }) => role === 'user')
    if (own === undefined) return false
    openEdit(own.id, textOf(own.parts), 'composer')
    return true
  }

  /** The button that was used, where nothing was chosen; it goes away with what it belonged to where something was. */
  function focusAfterPicker(): HTMLElement | null {
    const to = chosenAgain.current ? composer.current : picker.opener()
    chosenAgain.current = false
    return to
  }

  async function askWith(turnId: TurnId, { connection: to, model: { id } }: ModelOption): Promise<void> {
    chosenAgain.current = true
    if (conversationId === null) return
    const begun = await askAgain(conversationId, turnId, { connectionId: to.id, model: id })
    if (begun) transcript.current?.jump()
  }

  return (
    <div className={styles.page}>
      <ConversationHeader
        title={shownTitle}
        spend={conversation?.spend ?? null}
        leading={leading}
        options={
          conversation !== undefined && (
            <>
              <IconButton
                label="Find in conversation"
                shortcut={SHORTCUTS.find}
                onClick={() => transcript.current?.find()}
              >
                <Search />
              </IconButton>
              <ConversationOptions
                conversation={conversation}
                general={general}
                provider={connection?.provider ?? null}
                limit={limit.choice}
                onCaching={(caching) => void setCaching(conversation.id, caching)}
                onRetention={(retention) => setRetention(conversation.id, retention)}
              />
            </>
          )
        }
      >
        <ModelSelect
          options={options}
          value={option}
          fallbackName={modelName}
          onChange={(chosen) => {
            if (picker.again !== null) return void askWith(picker.again, chosen)
            choose(chosen)
            // What was said of a message was said of it on another model.
            if (destinationRefused) dismissRefusal()
          }}
          open={picker.open}
          onOpen={picker.onOpen}
          estimates={foresight.estimates}
          cache={foresight.cachedFor}
          limits={limits}
          onSetPrice={(priced) => onSetPrice(priced, () => modelRef.current)}
          trigger={modelRef}
          purpose={picker.again === null ? undefined : 'Regenerate once with'}
          focusAfter={picker.again === null ? undefined : focusAfterPicker}
        />
      </ConversationHeader>
      {isPrivate && <PrivateLine />}
      {conversation === undefined ? (
        <FirstMessage
          pending={conversationId !== null}
          gone={gone}
          isPrivate={isPrivate}
          told={refused}
          onAddKey={addKey}
          onNew={() => navigation.getState().go(NEW_CONVERSATION)}
        />
      ) : (
        <RunningContext value={running}>
          <PageContext
            value={{
              conversation,
              conversationId: conversation.id,
              destination: { connection, model, option },
              composer,
              onSent: () => transcript.current?.jump(),
              onRaise: setRaised,
              onChooseModel: pickNext,
              onAddKey: addKeyHere,
            }}
          >
            <LiveTranscript
              key={conversation.id}
              ref={transcript}
              conversation={conversation}
              freshFailure={freshFailure}
              acts={acts}
              earlier={earlier}
              onEarlier={loadEarlier}
              wanted={lead}
            />
          </PageContext>
        </RunningContext>
      )}
      {!gone && (
        <Composer
          draftKey={draftKey}
          modelName={model === null || connection === null ? 'a model' : modelName}
          fieldRef={composer}
          running={running}
          sending={sending}
          sendKey={sendKey}
          queued={queued}
          onSend={(text) => void sendMessage(text)}
          onEditLast={editLast}
          onStop={stopAnswer}
          notice={
            <ComposerNotice
              draftKey={draftKey}
              connection={connection}
              budgets={foresight.budgets}
              meets={foresight.meets}
              model={model}
              onCostAgreed={(question) => void sendAtCost(question)}
              onSendAnyway={(refusal) => void sendAnyway(refusal)}
              onUnlocked={(refusal) => {
                // Only what is still seen and meant goes out by an unlock.
                const { place } = navigation.getState()
                if (refusal === null) composer.current?.focus()
                else if (isStillMeant(refusal, meantNow(draftKey, place))) void sendAnyway(refusal)
              }}
              onRedact={(refusal) => void redactAndSend(refusal)}
              onEditSecret={editSecret}
              onRaise={setRaised}
              onChooseModel={pickNext}
              onLoopSettings={toLoopSettings}
              onAddKey={addKeyHere}
            />
          }
          describedBy={statusId}
          status={<EstimateLine id={statusId} estimate={foresight.estimate} cache={foresight.cache} />}
        />
      )}
      {limit.dialog}
      <RaiseLimit budgetId={raised} onClose={() => setRaised(null)} composer={composer} />
      <KeyDialog
        connection={connections.find(({ id }) => id === wanted?.connectionId) ?? null}
        keyId={wanted?.keyId}
        sendsAgain={wanted !== null && wanted.turnId !== null}
        onClose={() => setWanted(null)}
        onSaved={() => {
          dismissRefusal()
          if (conversationId !== null && wanted !== null && wanted.turnId !== null) {
            void askAgain(conversationId, wanted.turnId)
          }
        }}
        focusAfterRef={composer}
      />
    </div>
  )
}
