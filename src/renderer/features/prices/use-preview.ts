import { useEffect, useRef, useState } from 'react'
import type { ConnectionId } from '../../../core/ids'
import type { PricePreviewView } from '../../../shared/ipc/price-views'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'
import type { GivenPrice } from './price-form'

/** How long nobody types before it is worked out what a price would do. */
const STILL_MS = 250

interface Preview {
  /** The last one there was. */
  readonly preview: PricePreviewView | null
  /** Whether something else is entered by now. */
  readonly isStale: boolean
  /** What is entered now; null while it is no price. */
  want(price: GivenPrice | null): void
  /** Nothing is asked about any more. */
  clear(): void
  /** Whether what this price would do is shown. */
  isShown(price: GivenPrice): boolean
  /** Works it out at once. Why it could not, or null. */
  show(price: GivenPrice): Promise<RequestError | null>
}

/** What the price that is being entered for a connection would do. */
export function usePreview(connectionId: ConnectionId): Preview {
  const [shown, setShown] = useState<{ readonly key: string; readonly preview: PricePreviewView } | null>(null)
  const [wanted, setWanted] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  /** Counts questions, so that an answer about another price is dropped. */
  const latest = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])

  function drop(): void {
    clearTimeout(timer.current)
    latest.current += 1
  }

  async function show(price: GivenPrice): Promise<RequestError | null> {
    drop()
    const mine = latest.current
    const key = keyOf(price)
    setWanted(key)
    const result = await request('price.preview', { connectionId, price })
    if (mine !== latest.current) return null
    if (result.ok) setShown({ key, preview: result.value })
    return result.ok ? null : result.error
  }

  return {
    preview: shown?.preview ?? null,
    isStale: shown !== null && shown.key !== wanted,
    want(price) {
      drop()
      setWanted(price === null ? '' : keyOf(price))
      if (price === null || shown?.key === keyOf(price)) return
      timer.current = setTimeout(() => void show(price), STILL_MS)
    },
    clear() {
      drop()
      setShown(null)
    },
    isShown: (price) => shown?.key === keyOf(price),
    show,
  }
}

function keyOf(price: GivenPrice): string {
  return JSON.stringify(price)
}
