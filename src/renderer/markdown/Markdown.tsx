import { memo, useState } from 'react'
import { classNames } from '../lib/class-names'
import { renderBlock } from './block'
import { createBlockReader, type Block } from './blocks'
import type { LinkActs } from './link-acts'
import styles from './Markdown.module.css'
import { renderNotes } from './footnote-list'
import type { NotesToken } from './footnotes'

interface MarkdownProps {
  readonly text: string
  /** More is to come: only the end is parsed again, and a caret stands there. */
  readonly streaming: boolean
  readonly links: LinkActs
}

/** Markdown as elements: nothing in it becomes markup, fetches an image or navigates. */
export function Markdown({ text, streaming, links }: MarkdownProps) {
  const [read] = useState(createBlockReader)
  const blocks = read(text, streaming)
  return (
    <div className={classNames(styles.prose, streaming && styles.streaming)}>
      {blocks.map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- Blocks are only ever added at the end.
        <MarkdownBlock
          key={block.token.type === 'notes' ? 'notes' : index}
          block={block}
          links={links}
          open={streaming && index >= blocks.length - 1}
        />
      ))}
    </div>
  )
}

interface MarkdownBlockProps {
  readonly block: Block
  readonly links: LinkActs
  /** It is the last of an answer that streams. */
  readonly open: boolean
}

/** Tokens are made anew at every step; a block whose source is the same is the same, and is not drawn again. */
export function isSameBlock(before: MarkdownBlockProps, after: MarkdownBlockProps): boolean {
  return (
    before.block.token.raw === after.block.token.raw &&
    before.block.token.type === after.block.token.type &&
    before.block.level === after.block.level &&
    before.block.references === after.block.references &&
    String([...before.block.notes]) === String([...after.block.notes]) &&
    before.open === after.open &&
    before.links === after.links
  )
}

const MarkdownBlock = memo(function MarkdownBlock({ block, links, open }: MarkdownBlockProps) {
  const context = { links, inLink: false, open, notes: block.notes }
  return block.token.type === 'notes'
    ? renderNotes(block.token as NotesToken, context)
    : renderBlock(block.token, block.level, context)
}, isSameBlock)
