import type { MarkedToken, Token, Tokens } from 'marked'
import { Fragment, type ReactNode } from 'react'
import { classNames } from '../lib/class-names'
import { CodeBlock } from './CodeBlock'
import { directionOf } from './direction'
import { decodeEntities } from './entities'
import { renderFormula, renderInline, type Context } from './inline'
import { isFenceClosed } from './held'
import { LIMITS } from './limits'
import styles from './Markdown.module.css'
import type { FormulaToken } from './math/formula-text'
import { renderTable } from './table'

const HEADINGS = ['h3', 'h4', 'h5', 'h6'] as const
const SIZES = [styles.size1, styles.size2, styles.size3, styles.size4]

/** The element of one block. `level` is the one its heading has on the page; null where headings are only large text. */
export function renderBlock(token: Token, level: number | null, context: Context): ReactNode {
  if (token.raw.length > LIMITS.block && token.type !== 'code') return plainBlock(token.raw)
  if (token.type === 'formula') return renderFormula(token as FormulaToken)
  return render(token as MarkedToken, level, context)
}

function render(token: MarkedToken, level: number | null, context: Context): ReactNode {
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'paragraph':
      return (
        <p className={styles.contained} dir="auto">
          {renderInline(token.tokens, context)}
        </p>
      )
    case 'heading': {
      const Heading = level === null ? 'p' : (HEADINGS[level - 3] ?? 'h6')
      return (
        <Heading
          className={classNames(styles.contained, styles.heading, SIZES[token.depth - 1] ?? styles.size4)}
          dir="auto"
        >
          {renderInline(token.tokens, context)}
        </Heading>
      )
    }
    case 'code':
      return (
        <CodeBlock
          code={token.text}
          language={languageOf(token)}
          complete={!context.open || isFenceClosed(token.raw)}
        />
      )
    case 'blockquote':
      return (
        <blockquote className={classNames(styles.contained, styles.quote)} dir={directionOf(token)}>
          {renderInner(token.tokens, context)}
        </blockquote>
      )
    case 'list':
      return renderList(token, context)
    case 'hr':
      return <hr className={styles.rule} />
    case 'table':
      return renderTable(token, context)
    default:
      return plainBlock(token.raw)
  }
}

function plainBlock(raw: string): ReactNode {
  return (
    <p className={classNames(styles.contained, styles.plain)} dir="auto">
      {raw.replace(/\n+$/, '')}
    </p>
  )
}

function renderList(token: Tokens.List, context: Context): ReactNode {
  const items = token.items.map((item, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- Items have no identity but their place.
    <li key={index} className={classNames(item.task && styles.task)}>
      {renderInner(item.tokens, context)}
    </li>
  ))
  const className = classNames(styles.contained, styles.list, token.loose && styles.loose)
  return token.ordered ? (
    <ol className={className} start={token.start === '' ? 1 : token.start} dir={directionOf(token)}>
      {items}
    </ol>
  ) : (
    <ul className={className} dir={directionOf(token)}>
      {items}
    </ul>
  )
}

/** Inside lists and quotes: text may stand without a paragraph around it, and headings are no part of the outline. */
export function renderInner(tokens: readonly Token[], context: Context): ReactNode {
  return tokens.map((token, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- as above
    <Fragment key={index}>
      {token.type === 'text' || token.type === 'checkbox'
        ? renderInline([token], context)
        : renderBlock(token, null, context)}
    </Fragment>
  ))
}

function languageOf(token: Tokens.Code): string {
  return (
    decodeEntities(token.lang ?? '')
      .split(/[\s{,]/, 1)[0]
      ?.slice(0, 32) ?? ''
  )
}
