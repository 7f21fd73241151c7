import { useEffect, useState } from 'react'
import type { ConversationId, MessageId } from '../../../core/ids'
import type { ModelEstimateView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { optionKey } from './options'

/** What sending would cost on each model, by the key of its option. */
export type ModelEstimates = ReadonlyMap<string, ModelEstimateView>

const NONE: ModelEstimates = new Map()

/** A text, and the message in the place of which it would stand. */
export interface Estimated {
  readonly text: string
  readonly editOf?: MessageId
}

/** What this would cost on each model, asked for each time the picker opens. `read` must be the same function. */
export function useModelEstimates(
  open: boolean,
  conversationId: ConversationId | null,
  read: () => Estimated,
): ModelEstimates {
  const [estimates, setEstimates] = useState(NONE)
  useEffect(() => {
    if (!open) return undefined
    let closed = false
    async function ask(): Promise<void> {
      const result = await request('estimate.models', { conversationId, ...read() })
      if (!closed) setEstimates(result.ok ? byOption(result.value) : NONE)
    }
    void ask()
    return () => {
      closed = true
      setEstimates(NONE)
    }
  }, [open, conversationId, read])
  return estimates
}

/** Rows look theirs up by key: a gateway lists hundreds. */
export function byOption(estimates: readonly ModelEstimateView[]): ModelEstimates {
  return new Map(estimates.map((estimate) => [optionKey(estimate.connectionId, estimate.model), estimate]))
}
