import { Fragment, isValidElement, type ReactNode } from 'react'
import { renderBlock } from './block'
import { createBlockReader } from './blocks'
import { CodeBlock } from './CodeBlock'
import { startsFromRight } from './direction'
import { renderNotes } from './footnote-list'
import type { NotesToken } from './footnotes'
import type { LinkActs } from './link-acts'
import { Link } from './Link'
import type { SafeLink } from './link-policy'
import styles from './Markdown.module.css'
import { Formula } from './math/Formula'
import { NoteMark, NoteReturn } from './NoteMark'
import { Scroller } from './Scroller'

/** Nobody points at what is copied. */
const NO_ACTS: LinkActs = { open: () => undefined, point: () => undefined }

/**
 * An answer as HTML for a mail or a document: the elements it is shown as, and nothing they mean here alone. No script, no
 * class, no style, no image; text is always escaped. Code is `pre`, a formula its TeX, a link leads where it is shown to
 * lead. The headings of an answer, which begin at the third level of the page, begin at the first.
 */
export function richText(text: string): string {
  return createBlockReader()(text, false)
    .map(({ token, level, notes }) => {
      const context = { links: NO_ACTS, inLink: false, open: false, notes }
      if (token.type === 'notes') return write(renderNotes(token as NotesToken, context))
      const html = write(renderBlock(token, level, context))
      return token.type === 'formula' ? `<p>${html}</p>` : html
    })
    .join('')
}

/** What an element of ours may have. */
interface Props {
  readonly children?: ReactNode
  readonly className?: string
  readonly dir?: string
  readonly start?: number
  readonly checked?: boolean
  readonly link?: SafeLink
  readonly code?: string
  readonly raw?: string
  readonly number?: number
}

/** Elements that mean the same everywhere; others give their content alone. */
const TAGS: Readonly<Record<string, string>> = {
  h3: 'h1',
  h4: 'h2',
  h5: 'h3',
  h6: 'h4',
  ...Object.fromEntries(
    [
      'p',
      'blockquote',
      'ul',
      'ol',
      'li',
      'strong',
      'em',
      'del',
      'code',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
    ].map((tag) => [tag, tag] as const),
  ),
}

function write(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return escaped(String(node))
  if (Array.isArray(node)) return node.map((each: ReactNode) => write(each)).join('')
  if (!isValidElement<Props>(node)) return ''
  const { type, props } = node
  const inner = (): string => write(props.children)
  switch (type) {
    case Fragment:
    case Scroller:
      return inner()
    case Link:
      return `<a href="${escaped(props.link?.url ?? '')}">${inner()}</a>`
    case CodeBlock:
      return `<pre><code>${escaped(props.code ?? '')}</code></pre>`
    case Formula:
      return `<code>${escaped(props.raw ?? '')}</code>`
    case NoteMark:
      return `<sup>${props.number ?? ''}</sup>`
    case NoteReturn:
      return ''
    case 'br':
    case 'hr':
      return `<${type}>`
    case 'input':
      return props.checked === true ? '☑ ' : '☐ '
    case 'div':
      return `<hr>${inner()}`
  }
  const tag = typeof type === 'string' ? TAGS[type] : undefined
  return tag === undefined ? inner() : element(tag, props, inner())
}

const CODE = /<code>[\s\S]*?<\/code>|&\w+;/g

function element(tag: string, { className, dir, start }: Props, inner: string): string {
  // Inside lists and quotes a heading is only large text.
  const content = tag === 'p' && hasClass(className, styles.heading) ? `<strong>${inner}</strong>` : inner
  const attributes = [
    tag === 'ol' && start !== undefined && start !== 1 ? ` start="${start}"` : '',
    tag === 'table' ? ' border="1" cellspacing="0" cellpadding="6"' : '',
    hasClass(className, styles.alignCenter) ? ' align="center"' : '',
    hasClass(className, styles.alignEnd) ? ' align="right"' : '',
    dir === 'rtl' || (dir === 'auto' && startsFromRight(inner.replaceAll(CODE, ''))) ? ' dir="rtl"' : '',
  ]
  return `<${tag}${attributes.join('')}>${content}</${tag}>`
}

function hasClass(classes: string | undefined, name: string | undefined): boolean {
  return name !== undefined && classes !== undefined && classes.split(' ').includes(name)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
}
