import { Popover as Base } from '@base-ui/react/popover'
import { useRef, type ReactNode } from 'react'
import styles from './Details.module.css'
import { IconButton } from './IconButton'
import { usePopupPlace } from './popup-place'

interface DetailsProps {
  /** Of the button that opens it, and of what it opens. */
  readonly label: string
  readonly icon: ReactNode
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A quiet button that opens a few sentences beside it, for what a tooltip would tell the pointer alone. */
export function Details({ label, icon, className, children }: DetailsProps) {
  // Inside the landmark it belongs to rather than at the end of the body.
  const container = useRef<HTMLSpanElement>(null)
  const place = usePopupPlace(container)
  return (
    <>
      <Base.Root>
        <Base.Trigger
          render={
            <IconButton label={label} className={className}>
              {icon}
            </IconButton>
          }
        />
        <Base.Portal container={place}>
          <Base.Positioner className={styles.positioner} align="end" sideOffset={4} positionMethod="fixed">
            <Base.Popup className={styles.popup} aria-label={label}>
              <Base.Description render={<div />}>{children}</Base.Description>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
      <span ref={container} className={styles.place} />
    </>
  )
}
