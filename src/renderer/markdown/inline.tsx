import type { MarkedToken, Token, Tokens } from 'marked'
import { Fragment, type ReactNode } from 'react'
import { decodeEntities } from './entities'
import { Link } from './Link'
import type { LinkActs } from './link-acts'
import { safeLink } from './link-policy'
import styles from './Markdown.module.css'
import { Formula } from './math/Formula'
import type { FormulaToken } from './math/formula-text'
import { NoteMark } from './NoteMark'
import type { NoteMarkToken, NoteNumbers } from './footnotes'

/** What the parts of an answer need to know of where they stand. */
export interface Context {
  readonly links: LinkActs
  /** Inside a link, where no other may stand. */
  readonly inLink: boolean
  /** It is still being written. */
  readonly open: boolean
  /** The numbers of footnotes. */
  readonly notes: NoteNumbers
}

/** The elements of a run of text. */
export function renderInline(tokens: readonly Token[] | undefined, context: Context): ReactNode {
  return tokens?.map((token, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- Tokens have no identity but their place.
    <Fragment key={index}>{renderOwn(token, context) ?? renderToken(token as MarkedToken, context)}</Fragment>
  ))
}

/** Anything without a case of its own, raw HTML above all, is shown as it was written. */
function renderToken(token: MarkedToken, context: Context): ReactNode {
  switch (token.type) {
    case 'text':
      // `raw`: in `text` marked has already decoded some of the references.
      return token.tokens === undefined ? decodeEntities(token.raw) : renderInline(token.tokens, context)
    case 'escape':
      return token.text
    case 'strong':
      return <strong>{renderInline(token.tokens, context)}</strong>
    case 'em':
      return <em>{renderInline(token.tokens, context)}</em>
    case 'del':
      return <del>{renderInline(token.tokens, context)}</del>
    case 'codespan':
      return (
        <code className={styles.codespan} dir="ltr">
          {token.text}
        </code>
      )
    case 'br':
      return <br />
    case 'link':
      return renderLink(token, context)
    case 'image':
      return renderImage(token, context)
    case 'checkbox':
      return (
        <input
          className={styles.checkbox}
          type="checkbox"
          checked={token.checked}
          readOnly
          disabled
          aria-label={token.checked ? 'Done' : 'To do'}
        />
      )
    default:
      return token.raw
  }
}

/** The tokens that are not marked's. */
function renderOwn(token: Token, context: Context): ReactNode {
  if (token.type === 'noteMark') return renderMark(token as NoteMarkToken, context)
  if (token.type === 'formula') return renderFormula(token as FormulaToken)
  return undefined
}

/** A formula. */
export function renderFormula({ tex, display, raw }: FormulaToken): ReactNode {
  return <Formula tex={tex} display={display} raw={raw.trim()} />
}

/** Text, where there is no such footnote or no room for a control. */
function renderMark({ raw, label }: NoteMarkToken, context: Context): ReactNode {
  const number = context.inLink ? undefined : context.notes.get(label)
  return number === undefined ? raw : <NoteMark number={number} />
}

function renderLink(token: Tokens.Link, context: Context): ReactNode {
  const literal = token.autolink === true
  const link = context.inLink ? null : safeLink(literal ? token.href : decodeEntities(token.href))
  const text = literal
    ? token.text
    : renderInline(token.tokens, { ...context, inLink: link !== null || context.inLink })
  if (link === null) return text
  return (
    <Link link={link} acts={context.links}>
      {text}
    </Link>
  )
}

/** No image is ever fetched: whoever wrote its address would learn that, and when, the answer was read. */
function renderImage(token: Tokens.Image, context: Context): ReactNode {
  const link = safeLink(decodeEntities(token.href))
  const alt = decodeEntities(token.text)
  const words = ['Image:', alt, link === null ? '' : `(${link.leadsTo})`, 'not loaded'].filter((word) => word !== '')
  if (link === null || context.inLink) return words.join(' ')
  return (
    <Link link={link} acts={context.links}>
      {words.join(' ')}
    </Link>
  )
}
