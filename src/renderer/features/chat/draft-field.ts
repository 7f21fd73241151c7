import type { RefObject } from 'react'
import { draftOf, draftsStore, type DraftKey } from './drafts-store'

/**
 * Shows a draft in a field from now on, until the returned function is called. The field keeps its own text: a controlled one
 * would redraw at every keystroke of a long message.
 */
export function showDraftIn(field: RefObject<HTMLTextAreaElement | null>, draftKey: DraftKey): () => void {
  const show = () => {
    const text = draftOf(draftKey)
    if (field.current !== null && field.current.value !== text) field.current.value = text
  }
  show()
  return draftsStore.subscribe(show)
}
