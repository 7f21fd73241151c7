import { useState } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'

/** Why the last change of a section was not kept; null while all were. */
export function useKept() {
  const [error, setError] = useState<RequestError | null>(null)
  return { error, keep: (change: Promise<RequestError | null>) => void change.then(setError) }
}
