/** Scripts that are written without spaces, or put their particles straight behind a word. */
const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`
const LETTER = new RegExp(`[${CJK}]$`, 'u')
/** A mark before asterisks that would close there but for the letter behind them, and marks of these scripts in any case. */
const BEFORE_CLOSING = new RegExp(
  String.raw`[\u3001-\u303F\uFF01-\uFF09\uFF0B-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF3E\uFF5B-\uFF65](?=\*)|(?![*_])\p{P}(?=\*+[${CJK}])`,
  'gu',
)

/** Whether such a letter stands right before: asterisks behind it may open whatever follows them. */
export function endsInCjk(text: string): boolean {
  return LETTER.test(text)
}

/**
 * A masked source in which asterisks close behind marks, as these scripts need: CommonMark takes the spaces around a word
 * for granted, and would show the asterisks of `**「a」**の`. As long as the one given.
 */
export function closingBehindMarks(masked: string): string {
  return masked.includes('*') ? masked.replaceAll(BEFORE_CLOSING, (mark) => 'a'.repeat(mark.length)) : masked
}
