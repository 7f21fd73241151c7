import { useEffect, useRef, useState } from 'react'
import type { ConnectionId, ConversationId, MessageId } from '../../../core/ids'
import type { EstimateView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { draftOf, draftsStore, type DraftKey } from './drafts-store'
import { createEstimator, type Estimator } from './estimator'

interface EstimateInput {
  readonly conversationId: ConversationId | null
  readonly draftKey: DraftKey
  /** The message that is edited. */
  readonly editOf?: MessageId
  /** Null while there is nowhere to send to. */
  readonly connectionId: ConnectionId | null
  readonly model: string | null
  /** What else an estimate depends on; asked again when one of these is another. */
  readonly occasions: readonly unknown[]
}

interface Known {
  readonly of: string
  readonly estimate: EstimateView | null
}

/** What sending the draft would cost now; null while nobody knows. Typing draws nothing: only an answer does. */
export function useEstimate({
  conversationId,
  draftKey,
  editOf,
  connectionId,
  model,
  occasions,
}: EstimateInput): EstimateView | null {
  const [known, setKnown] = useState<Known | null>(null)
  const estimator = useRef<Estimator | null>(null)
  const of = `${draftKey} ${connectionId} ${model}`

  useEffect(() => {
    if (connectionId === null || model === null) return undefined
    const edit = editOf === undefined ? {} : { editOf }
    const subject = { conversationId, connectionId, model, ...edit, text: () => draftOf(draftKey) }
    const current = createEstimator(request, subject, (estimate) => setKnown({ of, estimate }))
    estimator.current = current
    let before = draftOf(draftKey)
    const unsubscribe = draftsStore.subscribe(() => {
      const text = draftOf(draftKey)
      if (text === before) return
      before = text
      current.changed(true)
    })
    return () => {
      unsubscribe()
      current.end()
    }
  }, [of, conversationId, draftKey, editOf, connectionId, model])

  // oxlint-disable-next-line react/exhaustive-deps -- the occasions are the point
  useEffect(() => estimator.current?.changed(), [of, ...occasions])

  // Never the one of another model or conversation.
  return known?.of === of ? known.estimate : null
}
