import { Menu as Base } from '@base-ui/react/menu'
import { useRef, type ReactNode } from 'react'
import { classNames } from '../lib/class-names'
import { IconButton } from './IconButton'
import styles from './Menu.module.css'
import { usePopupPlace } from './popup-place'

export interface MenuAct {
  readonly label: string
  readonly icon: ReactNode
  /** The key that does the same, as it is called on the keyboard. */
  readonly shortcut?: string
  readonly danger?: boolean
  readonly act: () => void
}

interface MenuProps {
  /** Of the button that opens it. */
  readonly label: string
  readonly icon: ReactNode
  readonly acts: readonly MenuAct[]
  readonly className?: string | undefined
  /** At which end of the button it opens. */
  readonly align?: 'start' | 'end'
}

/** A button with an icon that opens a list of acts. */
export function Menu({ label, icon, acts, className, align = 'start' }: MenuProps) {
  // Inside the landmark it belongs to rather than at the end of the body.
  const container = useRef<HTMLDivElement>(null)
  const place = usePopupPlace(container)
  const chosen = useRef<MenuAct | null>(null)

  // Done once the menu has given the focus back, so that the act may move it.
  function finish(open: boolean): void {
    if (open) return
    const { current } = chosen
    chosen.current = null
    current?.act()
  }

  return (
    <div ref={container} className={styles.place}>
      <Base.Root onOpenChangeComplete={finish}>
        <Base.Trigger
          render={
            <IconButton label={label} className={className}>
              {icon}
            </IconButton>
          }
        />
        <Base.Portal container={place}>
          <Base.Positioner className={styles.positioner} align={align} sideOffset={4} positionMethod="fixed">
            <Base.Popup className={styles.popup}>
              {acts.map((act) => (
                <Base.Item
                  key={act.label}
                  className={classNames(styles.item, act.danger === true && styles.danger)}
                  onClick={() => {
                    chosen.current = act
                  }}
                >
                  {act.icon}
                  <span className={styles.label}>{act.label}</span>
                  {act.shortcut !== undefined && (
                    <span aria-hidden="true" className={styles.shortcut}>
                      {act.shortcut}
                    </span>
                  )}
                </Base.Item>
              ))}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  )
}
