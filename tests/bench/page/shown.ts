import { withoutSpace } from '../texts/answer'

/** What is in the page and no text of the answer: controls, and all of a formula but its source. */
const NO_TEXT = 'button, output, .katex-html, semantics > :not(annotation), div:has(> button)'

/** All characters of an answer that a reader sees, without white space; of a formula its TeX. */
export function shownIn(root: Element): string {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(NO_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  )
  const texts: string[] = []
  while (walker.nextNode() !== null) {
    if (walker.currentNode instanceof Text) texts.push(walker.currentNode.data)
  }
  return withoutSpace(texts.join(''))
}
