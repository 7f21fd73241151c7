/** Characters a token stands for on average in the texts people chat in; within about 30 % for plain prose. */
const CHARACTERS_PER_TOKEN = 4

/**
 * About how many tokens a text is. For booking what a stopped answer must at least have used, and for nothing exact:
 * the figure is always shown as an estimate. Some text is at least one token.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** The most tokens a text can be: no token stands for less than a byte of UTF-8. */
export function mostTokens(text: string): number {
  let bytes = text.length
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    // A surrogate is half of a character of four bytes.
    if (unit >= 0x80) bytes += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}
