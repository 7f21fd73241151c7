import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import styles from './Drawer.module.css'

interface DrawerProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Where focus goes on closing, or true for what opened it. */
  readonly focusAfter: () => HTMLElement | true
  readonly children: ReactNode
}

/** The sidebar of a narrow window: over the page, which is out of reach until it closes. */
export function Drawer({ open, onClose, focusAfter, children }: DrawerProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.scrim} />
        <Dialog.Popup className={styles.drawer} aria-label="Conversations" finalFocus={focusAfter}>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
