import { useEffect, useRef, useState, type RefObject } from 'react'
import type { PriceRowView } from '../../../shared/ipc/price-views'
import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { usePriceBook } from './price-book-store'
import { removalWords } from './price-page-words'
import { ratesWords } from './price-words'

interface RemovePriceDialogProps {
  /** The own price that is to go; null keeps the dialog closed. */
  readonly price: PriceRowView | null
  /** What then counts; null where nothing is known. */
  readonly instead: PriceRowView | null
  /** When the prices were read. */
  readonly atMs: number
  readonly onClose: () => void
  /** Where focus goes once the price is gone with what asked for it. */
  readonly focusAfterRef: RefObject<HTMLElement | null>
}

/** Makes sure before a price of the user's own counts no more. */
export function RemovePriceDialog({ price, instead, atMs, onClose, focusAfterRef }: RemovePriceDialogProps) {
  const remove = usePriceBook((state) => state.remove)
  const [error, setError] = useState<RequestError | null>(null)
  const removed = useRef(false)
  useEffect(() => {
    if (price !== null) removed.current = false
  }, [price])
  // Keeps its words while it fades out.
  const [shown, setShown] = useState({ price, instead })
  if (price !== null && price !== shown.price) setShown({ price, instead })

  function close(): void {
    setError(null)
    onClose()
  }

  async function confirm(): Promise<void> {
    const priceId = price?.own?.priceId
    if (priceId === undefined || removed.current) return
    // Before it is known: the news that it is gone takes its row away ahead of the answer.
    removed.current = true
    const refusal = await remove(priceId)
    if (refusal === null) return close()
    removed.current = false
    return setError(refusal)
  }

  return (
    <Dialog
      open={price !== null}
      onClose={close}
      title={`Remove your price of ${shown.price?.modelName ?? ''}?`}
      description={
        shown.price === null
          ? ''
          : `${ratesWords(shown.price)} per M. ${removalWords(shown.price, shown.instead, atMs)}`
      }
      finalFocus={() => (removed.current ? (focusAfterRef.current ?? true) : true)}
    >
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={close}>Cancel</Button>
        <Button kind="danger" onClick={() => void confirm()}>
          Remove price
        </Button>
      </DialogActions>
    </Dialog>
  )
}
