import { useEffect, useState } from 'react'
import type { ConversationId } from '../../../core/ids'
import type { ModelEstimateView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { optionKey } from './options'

/** What sending would cost on each model, by the key of its option. */
export type ModelEstimates = ReadonlyMap<string, ModelEstimateView>

const NONE: ModelEstimates = new Map()

/** What the draft would cost on each model, asked for each time the picker opens. `text` must be the same function. */
export function useModelEstimates(
  open: boolean,
  conversationId: ConversationId | null,
  text: () => string,
): ModelEstimates {
  const [estimates, setEstimates] = useState(NONE)
  useEffect(() => {
    if (!open) return undefined
    let closed = false
    async function ask(): Promise<void> {
      const result = await request('estimate.models', { conversationId, text: text() })
      if (!closed) setEstimates(result.ok ? byOption(result.value) : NONE)
    }
    void ask()
    return () => {
      closed = true
      setEstimates(NONE)
    }
  }, [open, conversationId, text])
  return estimates
}

/** Rows look theirs up by key: a gateway lists hundreds. */
export function byOption(estimates: readonly ModelEstimateView[]): ModelEstimates {
  return new Map(estimates.map((estimate) => [optionKey(estimate.connectionId, estimate.model), estimate]))
}
