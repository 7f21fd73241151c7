import { useEffect } from 'react'
import { unlessComposing } from './ime'

/** What takes Escape for itself while it is open. */
const POPUPS = '[role=dialog], [role=alertdialog], [role=listbox], [role=menu], [role=combobox][aria-expanded=true]'

/** Calls `act` on Escape anywhere in the window, unless a popup or an input method needs it. */
export function useEscape(act: () => void, active: boolean): void {
  useEffect(() => {
    if (!active) return undefined
    const press = unlessComposing((event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      if (event.target instanceof Element && event.target.closest(POPUPS) !== null) return
      act()
    })
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [act, active])
}
