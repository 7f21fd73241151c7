import { Lexer, Tokenizer, type Links, type Token, type Tokens } from 'marked'
import { LIMITS } from './limits'

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

/** Leaves footnotes, and what is nested too deep, to the paragraph they would otherwise be. */
class BoundedTokenizer extends Tokenizer {
  #depth = 0

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.#within(() => super.blockquote(src))
  }

  override list(src: string): Tokens.List | undefined {
    return this.#within(() => super.list(src))
  }

  override def(src: string): Tokens.Def | undefined {
    return /^ {0,3}\[\^/.test(src) ? undefined : super.def(src)
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
    super({ gfm: true, breaks: true, tokenizer: new BoundedTokenizer() })
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
