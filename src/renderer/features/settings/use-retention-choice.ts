import { useEffect, useState } from 'react'
import type { Retention } from '../../../core/retention'
import type { RequestError } from '../../../shared/ipc/transport'
import type { RetentionPreviewView } from '../../../shared/ipc/data-views'
import { request } from '../../bridge/client'
import { fieldsOf, readRetention, sameRetention, type RetentionFields } from '../../lib/retention-words'
import { useSettings } from './settings-store'

export interface RetentionChoiceState {
  readonly fields: RetentionFields
  /** What is wrong with the number of days, once it was to be kept. */
  readonly error: string | null
  readonly change: (fields: RetentionFields) => void
  /** What is chosen; null while the number of days is not one. */
  readonly chosen: Retention | null
  /** Whether it differs from what is kept. */
  readonly changed: boolean
  /** Says what is wrong, if anything is. */
  readonly complain: () => void
}

/** How long everything is to be kept, while it is being chosen. */
export function useRetentionChoice(): RetentionChoiceState {
  const kept = useSettings((state) => state.retention)
  const [fields, setFields] = useState(() => fieldsOf(kept))
  const [complaining, setComplaining] = useState(false)
  const read = readRetention(fields)
  const chosen = 'error' in read ? null : read.retention
  return {
    fields,
    error: complaining && 'error' in read ? read.error : null,
    change(next) {
      setFields(next)
      setComplaining(false)
    },
    chosen,
    changed: !sameRetention(chosen, kept),
    complain: () => setComplaining(true),
  }
}

/** What was foreseen of a retention. */
export interface Foreseen {
  readonly retention: Retention
  readonly preview: RetentionPreviewView
}

/** What it would delete, asked anew for every choice; null until it is known, and while `wanted` is. */
export function useRetentionPreview(wanted: Retention | null): {
  readonly foreseen: Foreseen | null
  readonly error: RequestError | null
} {
  const [foreseen, setForeseen] = useState<Foreseen | null>(null)
  const [error, setError] = useState<RequestError | null>(null)
  // The same choice is another object every time it is read.
  const key = JSON.stringify(wanted)
  useEffect(() => {
    const retention = JSON.parse(key) as Retention | null
    if (retention === null) return undefined
    let stale = false
    async function ask(of: Retention): Promise<void> {
      const result = await request('retention.preview', { retention: of })
      if (stale) return
      setError(result.ok ? null : result.error)
      setForeseen(result.ok ? { retention: of, preview: result.value } : null)
    }
    void ask(retention)
    return () => {
      stale = true
    }
  }, [key])
  return { foreseen: foreseen !== null && sameRetention(foreseen.retention, wanted) ? foreseen : null, error }
}
