import type { SafeLink } from './link-policy'

/** What a link asks of the window around it. It does nothing by itself. */
export interface LinkActs {
  /** It was activated, by click, middle click or key. `text` is what it says of itself, which its author chose. */
  open(link: SafeLink, text: string): void
  /** It is under the pointer or has the focus; null when it is left. */
  point(link: SafeLink | null): void
}
