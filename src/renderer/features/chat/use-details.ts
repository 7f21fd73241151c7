import { useEffect, useState } from 'react'
import type { MessageDetailsView } from '../../../shared/ipc/detail-views'
import type { RequestError } from '../../../shared/ipc/transport'
import type { MessageView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'

export interface Details {
  /** The last that were read; null before. */
  readonly view: MessageDetailsView | null
  readonly error: RequestError | null
}

/** The details of an answer while they are looked at; read again when what it cost becomes known later. */
export function useDetails(message: MessageView, open: boolean): Details {
  const [details, setDetails] = useState<Details>({ view: null, error: null })
  useEffect(() => {
    if (!open) return undefined
    let current = true
    const read = async (): Promise<void> => {
      const result = await request('message.details', { messageId: message.id })
      if (!current) return
      setDetails(({ view }) => (result.ok ? { view: result.value, error: null } : { view, error: result.error }))
    }
    void read()
    return () => {
      current = false
    }
  }, [message, open])
  return details
}
