import { useRef, useState } from 'react'
import { Dialog } from '../../ui/Dialog'
import type { PriceSubject } from './price-subject'
import { PriceForm } from './PriceForm'

interface PriceDialogProps {
  /** Null keeps the dialog closed. */
  readonly subject: PriceSubject | null
  readonly onClose: () => void
  /** Calls that had no price have one now. */
  readonly onSettled: () => void
}

/** Asks for a price of the user's own for one model of one connection, and shows those there are. */
export function PriceDialog({ subject, onClose, onSettled }: PriceDialogProps) {
  const first = useRef<HTMLInputElement>(null)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(subject)
  if (subject !== null && subject !== shown) setShown(subject)
  return (
    <Dialog
      open={subject !== null}
      onClose={onClose}
      title={`Price of ${shown?.modelName ?? ''}`}
      description={`At ${shown?.connectionName ?? ''}. Calls that were booked without a price are settled with it; calls that had one keep theirs.`}
      initialFocus={first}
      finalFocus={() => shown?.focusAfter() ?? true}
    >
      {shown !== null && <PriceForm subject={shown} firstField={first} onClose={onClose} onSettled={onSettled} />}
    </Dialog>
  )
}
