import { clearMergeCache, countTokens } from 'gpt-tokenizer/encoding/o200k_base'

/** Longest run that is merged in one go, in characters. A run half a line long is rare in anything people write. */
export const LONGEST_RUN = 128

/**
 * The vocabulary's own rule cuts a text into words, numbers, signs and blanks before anything is merged, and merging one
 * such piece of n bytes takes n * n steps: 20,000 line-drawing signs take seconds. These are the four kinds of run a
 * piece can be made of (a number never has more than three digits), each at the length where we cut it ourselves.
 */
const FULL_RUN = new RegExp(
  [String.raw`[\p{L}\p{M}]`, String.raw`[^\s\p{L}\p{N}]`, String.raw`[\r\n/]`, String.raw`\s`]
    .map((kind) => `${kind}{${LONGEST_RUN}}`)
    .join('|'),
  'gu',
)

/** What looks like a special token is text like any other: it came from a person or a model, not from a template. */
const AS_PLAIN_TEXT = { disallowedSpecial: new Set<string>() }

/** The text in order, cut after every run of `LONGEST_RUN`; nearly every text is one slice. Never between surrogates. */
export function* slicesOf(text: string): Generator<string, void, undefined> {
  let from = 0
  for (const run of text.matchAll(FULL_RUN)) {
    const to = run.index + run[0].length
    yield text.slice(from, to)
    from = to
  }
  yield text.slice(from)
}

/**
 * Tokens of a text in OpenAI's o200k vocabulary: exactly, but for a token or two at each cut of a run longer than
 * `LONGEST_RUN`. Takes time in proportion to the text's length, whatever the text.
 */
export function countText(text: string): number {
  let tokens = 0
  for (const slice of slicesOf(text)) tokens += countTokens(slice, AS_PLAIN_TEXT)
  return tokens
}

/** One count per text, in order. Keeps nothing of the texts: the library would remember pieces of them. */
export function countTexts(texts: readonly string[]): number[] {
  const counts = texts.map(countText)
  clearMergeCache()
  return counts
}
