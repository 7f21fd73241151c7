import { createContext, use, type RefObject } from 'react'

/**
 * Where popups of a part of the page are drawn whose pieces cut off what hangs over their edges; null where each popup is
 * drawn beside its button.
 */
export const PopupPlace = createContext<RefObject<HTMLElement | null> | null>(null)

/** Where a popup is drawn; `own` lies beside its button. */
export function usePopupPlace(own: RefObject<HTMLElement | null>): RefObject<HTMLElement | null> {
  return use(PopupPlace) ?? own
}
