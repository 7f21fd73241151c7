/** Characters a token stands for on average in the texts people chat in; within about 30 % for plain prose. */
const CHARACTERS_PER_TOKEN = 4

/**
 * About how many tokens a text is. For booking what a stopped answer must at least have used, and for nothing exact:
 * the figure is always shown as an estimate. Some text is at least one token.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}
