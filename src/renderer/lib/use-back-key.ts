import { useEffect } from 'react'
import { unlessComposing } from './ime'

/** Where the keys have a meaning of their own: in a text they go back a word on some systems. */
const OWN = '[role=dialog], [role=menu], textarea, input'

/** Calls `back` on Alt and the left arrow anywhere else in the window; null while there is no way back. */
export function useBackKey(back: (() => void) | null): void {
  useEffect(() => {
    if (back === null) return undefined
    const press = unlessComposing((event: KeyboardEvent) => {
      if (event.key !== 'ArrowLeft' || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (event.target instanceof Element && event.target.closest(OWN) !== null) return
      event.preventDefault()
      back()
    })
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [back])
}
