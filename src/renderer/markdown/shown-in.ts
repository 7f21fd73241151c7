import { createFlow, ON_LINES_OF_THEIR_OWN, WITHOUT_TEXT, type Flow } from './flow'
import formulas from './math/Formula.module.css'

/** The text that is seen in an element, with the nodes it lies in. `asWritten`: with all its white space. */
export function shownIn(root: Element, asWritten: boolean): Flow<Text> {
  const flow = createFlow<Text>()
  read(root, asWritten, flow)
  return flow
}

function read(element: Element, asWritten: boolean, flow: Flow<Text>): void {
  for (const node of element.childNodes) {
    if (node instanceof Text) flow.add(node.data, asWritten, node)
    else if (node instanceof Element) readElement(node, asWritten, flow)
  }
}

function readElement(element: Element, asWritten: boolean, flow: Flow<Text>): void {
  const name = element.localName
  if (WITHOUT_TEXT.has(name) || element.hasAttribute('hidden')) return
  const { source = '' } = formulas
  if (element.hasAttribute('data-formula') || (source !== '' && element.classList.contains(source)))
    return flow.formula()
  const ownLine = ON_LINES_OF_THEIR_OWN.has(name)
  if (ownLine) flow.edge()
  read(element, asWritten || name === 'pre', flow)
  if (ownLine) flow.edge()
}

/** The stretch from one character of a text that is seen to another, in the page; null where there is none. */
export function rangeIn(flow: Flow<Text>, start: number, end: number): Range | null {
  const first = flow.placeOf(start)
  const last = flow.placeOf(end - 1)
  if (first === null || last === null) return null
  const range = new Range()
  range.setStart(first.source, first.offset)
  range.setEnd(last.source, last.offset + 1)
  return range
}
