/**
 * What is selected of an element, as text that reads like Markdown; null while nothing of it is. A selection that begins
 * or ends elsewhere counts as far as it goes into the element.
 */
export function selectedText(element: HTMLElement): string | null {
  const selection = document.getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  if (!range.intersectsNode(element)) return null
  const inside = range.cloneRange()
  if (!element.contains(range.startContainer)) inside.setStart(element, 0)
  if (!element.contains(range.endContainer)) inside.setEnd(element, element.childNodes.length)
  const text = textOf(inside.cloneContents())
  return text === '' ? null : text
}

// Where lines and paragraphs end, until it is known how many ends meet there.
const LINE = '\u0001'
const PARAGRAPH = '\u0002'
// oxlint-disable-next-line no-control-regex -- The two marks above, which mean nothing in a text.
const ENDS = /[\u0001\u0002]+/g
// oxlint-disable-next-line no-control-regex -- as above
const ENDS_AROUND = /^[\u0001\u0002]+|[\u0001\u0002]+$/g
// oxlint-disable-next-line no-control-regex -- as above
const LINES = /[\u0001\u0002]+|\n/g

function textOf(content: DocumentFragment): string {
  return write(content)
    .replaceAll(ENDS, (ends) => (ends.includes(PARAGRAPH) ? '\n\n' : '\n'))
    .trim()
}

/** What is there to be used, and no part of what was said. */
const CONTROLS = new Set(['BUTTON', 'OUTPUT', 'SVG'])
const PARAGRAPHS = new Set(['P', 'H3', 'H4', 'H5', 'H6', 'BLOCKQUOTE', 'UL', 'OL', 'TABLE', 'DIV', 'HR'])

function write(node: Node): string {
  if (node instanceof Text) return node.data.replaceAll(ENDS, '')
  if (!(node instanceof Element)) return inner(node)
  if (CONTROLS.has(node.tagName.toUpperCase()) || node.hasAttribute('data-control')) return ''
  if (node.hasAttribute('data-formula')) return formula(node)
  switch (node.tagName) {
    case 'BR':
      return '\n'
    case 'INPUT':
      return (node as HTMLInputElement).checked ? '[x] ' : '[ ] '
    case 'CODE':
      return `\`${node.textContent}\``
    case 'PRE':
      return `${PARAGRAPH}\`\`\`\n${node.textContent.replace(/\n$/, '')}\n\`\`\`${PARAGRAPH}`
    case 'LI':
      return `${LINE}${item(node)}${LINE}`
    case 'TR':
      return `${LINE}${[...node.children].map((cell) => inner(cell)).join(' | ')}${LINE}`
  }
  // A list within an item goes on below it.
  if (node.parentElement?.tagName === 'LI' && /^[UO]L$/.test(node.tagName)) return `${LINE}${inner(node)}${LINE}`
  return PARAGRAPHS.has(node.tagName) ? `${PARAGRAPH}${inner(node)}${PARAGRAPH}` : inner(node)
}

function inner(node: Node): string {
  return [...node.childNodes].map(write).join('')
}

function item(node: Element): string {
  const mark = node.parentElement?.tagName === 'OL' ? `${numberOf(node)}. ` : '- '
  const text = inner(node).replaceAll(ENDS_AROUND, '')
  return mark + text.replaceAll(LINES, (end) => `${end}${' '.repeat(mark.length)}`)
}

/** Of what was cloned the first item may be the middle of its list; counting on from its start is as near as it gets. */
function numberOf(node: Element): number {
  const list = node.parentElement as HTMLOListElement
  return list.start + [...list.children].indexOf(node)
}

/** The TeX a drawn formula was made of; part of one is only its letters. */
function formula(node: Element): string {
  const tex = node.querySelector('annotation')?.textContent
  if (tex === undefined) return inner(node)
  return node.querySelector('.katex-display') === null ? `$${tex}$` : `${PARAGRAPH}$$${tex}$$${PARAGRAPH}`
}
