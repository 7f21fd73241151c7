/** What a key press must tell for `isComposing`; React's and the browser's own events both do. */
export interface KeyPress {
  readonly keyCode: number
  readonly isComposing?: boolean
  readonly nativeEvent?: { readonly isComposing: boolean }
}

/** The key code of every key an input method keeps for itself. */
const PROCESSED_BY_INPUT_METHOD = 229

/**
 * Whether an input method is composing, so that Enter picks a candidate and Escape drops it. Asked before every key
 * that sends, picks or closes. The key code covers the Enter that ends a composition, which some systems no longer
 * mark as composing.
 */
export function isComposing(event: KeyPress): boolean {
  return (
    event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === PROCESSED_BY_INPUT_METHOD
  )
}
