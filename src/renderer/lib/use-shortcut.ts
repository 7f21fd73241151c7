import { useEffect } from 'react'
import { unlessComposing } from './ime'
import { isShortcut, type Shortcut } from './keyboard'

/** What has the keyboard for itself while it is open. */
const POPUPS = '[role=dialog], [role=alertdialog], [role=menu]'

/** Calls `act` on a shortcut anywhere in the window, unless a popup is open. */
export function useShortcut(shortcut: Shortcut, act: () => void): void {
  useEffect(() => {
    const press = unlessComposing((event: KeyboardEvent) => {
      if (!isShortcut(event, shortcut)) return
      if (event.target instanceof Element && event.target.closest(POPUPS) !== null) return
      event.preventDefault()
      act()
    })
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [act, shortcut])
}
