import { Lexer, Tokenizer, type Links, type Token, type Tokens } from 'marked'
import { closingBehindMarks, endsInCjk } from './emphasis'
import { LIMITS } from './limits'
import { paragraphBeforeFormula, readFormula, readFormulaBlock } from './math/formula-text'
import { paragraphBeforeNote, readMark, readNote, type NoteToken } from './footnotes'

/** What a text consists of, with the addresses that its reference links go by. */
export interface Lexed {
  readonly tokens: readonly Token[]
  readonly links: Links
}

/**
 * Splits Markdown into tokens; throws nothing. `links` holds what earlier parts of the same text have defined. A newline
 * inside a paragraph is a line break, as people write in a chat.
 */
export function lex(text: string, links: Links = {}): Lexed {
  if (text.length > LIMITS.answer) return { tokens: [plain(text)], links }
  try {
    const lexer = new BoundedLexer()
    Object.assign(lexer.tokens.links, links)
    const tokens = lexer.lex(text)
    return { tokens: [...tokens], links: tokens.links }
  } catch {
    return { tokens: [plain(text)], links }
  }
}

/** Text that is shown as it is. */
export function plain(raw: string): Tokens.Text {
  return { type: 'text', raw, text: raw }
}

/** Reads footnotes, which marked does not know, and leaves what is nested too deep to the paragraph it would otherwise be. */
class BoundedTokenizer extends Tokenizer {
  #depth = 0
  /** The run that is read, as emphasis is found in it: the same for each of its asterisks. */
  #masked = { from: '', to: '' }

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.#within(() => super.blockquote(src))
  }

  override list(src: string): Tokens.List | undefined {
    return this.#within(() => super.list(src))
  }

  override def(src: string): Tokens.Def | undefined {
    return /^ {0,3}\[\^/.test(src) ? undefined : super.def(src)
  }

  override paragraph(src: string): Tokens.Paragraph | undefined {
    const ends = [
      this.#depth === 0 && src.includes('[^') ? paragraphBeforeNote(src) : src.length,
      /\$\$|\\\[/.test(src) ? paragraphBeforeFormula(src) : src.length,
    ]
    return super.paragraph(src.slice(0, Math.min(...ends)))
  }

  /** Text ends where a formula may begin. Cut before it is read: else each dollar costs all that follows it. */
  override inlineText(src: string): Tokens.Text | undefined {
    const dollar = src.indexOf('$', 1)
    return super.inlineText(dollar < 0 ? src : src.slice(0, dollar))
  }

  override emStrong(src: string, masked: string, before = ''): Tokens.Em | Tokens.Strong | undefined {
    if (this.#masked.from !== masked) this.#masked = { from: masked, to: closingBehindMarks(masked) }
    return super.emStrong(src, this.#masked.to, endsInCjk(before) ? '' : before)
  }

  override reflink(src: string, links: Links): Tokens.Link | Tokens.Image | Tokens.Text | undefined {
    const link = super.reflink(src, links)
    return link?.type === 'link' || link?.type === 'image' ? link : ((readMark(src) as never) ?? link)
  }

  /** A footnote where `src` begins; inside lists and quotes it is text. */
  note(src: string): NoteToken | undefined {
    const found = this.#depth === 0 ? readNote(src) : null
    if (found === null) return undefined
    const { raw, label, text } = found
    return this.#within(() => ({ type: 'note', raw, label, tokens: this.lexer.blockTokens(text, []) }))
  }

  #within<T>(read: () => T | undefined): T | undefined {
    if (this.#depth >= LIMITS.blockDepth) return undefined
    this.#depth += 1
    try {
      return read()
    } finally {
      this.#depth -= 1
    }
  }
}

class BoundedLexer extends Lexer {
  #depth = 0

  constructor() {
    const tokenizer = new BoundedTokenizer()
    const block = [
      (src: string) => tokenizer.note(src) as Tokens.Generic | undefined,
      (src: string) => (readFormulaBlock(src) ?? undefined) as Tokens.Generic | undefined,
    ]
    const inline = [
      (src: string) => (/^[$\\]/.test(src) ? (readFormula(src) ?? undefined) : undefined) as Tokens.Generic | undefined,
    ]
    super({ gfm: true, breaks: true, tokenizer, extensions: { block, inline, renderers: {}, childTokens: {} } })
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (src.length > LIMITS.run || this.#depth >= LIMITS.inlineDepth) {
      tokens.push(plain(src))
      return tokens
    }
    this.#depth += 1
    try {
      return super.inlineTokens(src, tokens)
    } finally {
      this.#depth -= 1
    }
  }
}
