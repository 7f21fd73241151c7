import { isValidElement, type ReactNode } from 'react'
import { renderBlock } from './block'
import { createBlockReader } from './blocks'
import { CodeBlock } from './CodeBlock'
import { createFlow, ON_LINES_OF_THEIR_OWN, WITHOUT_TEXT, type Flow } from './flow'
import { renderNotes } from './footnote-list'
import type { NotesToken } from './footnotes'
import { Formula } from './math/Formula'
import { NoteMark, NoteReturn } from './NoteMark'
import { Scroller } from './Scroller'

type Props = Readonly<Record<string, unknown>> & { readonly children?: ReactNode }

const NOWHERE = { open: () => undefined, point: () => undefined }

/**
 * The text an answer shows, without showing it: from the same blocks and the same elements as are drawn, so that a mark
 * in the middle of a word, a reference or a link reads here as it does there.
 */
export function shownText(markdown: string): string {
  const flow = createFlow<null>()
  for (const { token, level, notes } of createBlockReader()(markdown, false)) {
    const context = { links: NOWHERE, inLink: false, open: false, notes }
    read(token.type === 'notes' ? renderNotes(token as NotesToken, context) : renderBlock(token, level, context), flow)
    flow.edge()
  }
  return flow.text()
}

/**
 * What shows other letters than are written between its marks, or hides some: references, images, footnotes, links and
 * what they refer to.
 */
const SHOWS_OTHERWISE = /&|\[\^|\]\s*[[(:]|!\[/

/** The letters of something that is looked for, with any marks between them; null where it has none. */
export function lettersOf(needle: string): RegExp | null {
  const letters = needle.match(/[\p{L}\p{N}]/gu)
  return letters === null ? null : new RegExp(letters.join('[^\\p{L}\\p{N}]*'), 'u')
}

/** Whether the text an answer shows may hold these letters: a cheap look at what is written. Never no where it does. */
export function mayShow(markdown: string, letters: RegExp | null): boolean {
  return letters === null || SHOWS_OTHERWISE.test(markdown) || letters.test(markdown)
}

function read(node: ReactNode, flow: Flow<null>): void {
  if (typeof node === 'string' || typeof node === 'number') return flow.add(String(node), false, null)
  if (Array.isArray(node)) {
    for (const each of node as ReactNode[]) read(each, flow)
    return
  }
  if (!isValidElement<Props>(node)) return
  const { type, props } = node
  if (typeof type !== 'string') return readPart(type, props, flow)
  if (WITHOUT_TEXT.has(type)) return
  const ownLine = ON_LINES_OF_THEIR_OWN.has(type)
  if (ownLine) flow.edge()
  read(props.children, flow)
  if (ownLine) flow.edge()
}

/** What our own components make of what they are given. */
function readPart(type: unknown, props: Props, flow: Flow<null>): void {
  if (type === Formula) return flow.formula()
  if (type === NoteMark) return flow.add(String(props['number']), false, null)
  if (type === NoteReturn) return flow.add('↩', false, null)
  const ownLine = type === CodeBlock || type === Scroller
  if (ownLine) flow.edge()
  if (type === CodeBlock) {
    flow.add(String(props['language']), false, null)
    flow.edge()
    flow.add(String(props['code']), true, null)
  } else read(props.children, flow)
  if (ownLine) flow.edge()
}
