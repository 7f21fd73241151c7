import { useEffect, useId, useRef } from 'react'
import type { MessageView } from '../../shared/ipc/views'
import { useBudgets } from '../features/budgets/budgets-store'
import { useChat } from '../features/chat/chat-store'
import { EstimateLine } from '../features/chat/EstimateLine'
import { MessageEditor } from '../features/chat/MessageEditor'
import { useEstimate } from '../features/chat/use-estimate'
import { useSettings } from '../features/settings/settings-store'
import { ComposerNotice } from './ComposerNotice'
import { isStillMeant, leaveIntention, meantNow } from './intention'
import { navigation } from './navigation-store'
import { usePage } from './page-context'
import { toLoopSettings } from './to-loop-settings'
import { useSending } from './use-sending'

/** The editor of a message: it is guarded, estimated and sent as any other, to where the conversation goes now. */
export function EditQuestion({ message }: { readonly message: MessageView }) {
  const { conversation, conversationId, destination, composer, onSent, onRaise, onChooseModel, onAddKey } = usePage()
  const { connection, model, option } = destination
  const { id } = message
  const field = useRef<HTMLTextAreaElement>(null)
  const sending = useChat((state) => state.sending.includes(id))
  const sendKey = useSettings((state) => state.sendKey)
  const known = useBudgets((state) => state.budgets)
  const statusId = useId()
  const estimate = useEstimate({
    conversationId,
    draftKey: id,
    editOf: id,
    connectionId: connection?.id ?? null,
    model,
    occasions: [conversation.spend, conversation.caching, known, option],
  })
  const { sendMessage, sendAtCost, sendAnyway, redactAndSend, editSecret } = useSending({
    conversationId,
    isPrivate: false,
    conversation,
    connectionId: connection?.id ?? null,
    model,
    editOf: id,
    composer: field,
    onSent() {
      composer.current?.focus()
      onSent()
    },
  })

  useEffect(() => () => leaveIntention(id), [id])

  return (
    <MessageEditor
      message={message}
      fieldRef={field}
      composerRef={composer}
      busy={sending || conversation.runningTurn !== null}
      sendKey={sendKey}
      onSend={(text) => void sendMessage(text)}
      notice={
        <ComposerNotice
          draftKey={id}
          connection={connection}
          budgets={[]}
          meets={null}
          model={model}
          refusalsAlone
          onCostAgreed={(question) => void sendAtCost(question)}
          onSendAnyway={(refusal) => void sendAnyway(refusal)}
          onUnlocked={(refusal) => {
            const { place } = navigation.getState()
            if (refusal !== null && isStillMeant(refusal, meantNow(id, place))) void sendAnyway(refusal)
          }}
          onRedact={(refusal) => void redactAndSend(refusal)}
          onEditSecret={editSecret}
          onRaise={onRaise}
          onChooseModel={onChooseModel}
          onLoopSettings={toLoopSettings}
          onAddKey={onAddKey}
        />
      }
      describedBy={statusId}
      status={<EstimateLine id={statusId} estimate={estimate} cache={null} />}
    />
  )
}
