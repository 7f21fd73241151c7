/** A stretch of the text that lies in one piece where it came from. */
interface Run<Source> {
  readonly at: number
  readonly source: Source
  readonly from: number
}

/** Where a formula is: it has a look, and no text. */
const FORMULA = '\uFFFC'

/**
 * Text as it is seen: runs of white space are one space, except in code, and what begins a new line, a cell or a block is
 * on a line of its own. Knows of each character where it came from.
 */
export function createFlow<Source>() {
  let text = ''
  const runs: Run<Source>[] = []

  function push(piece: string, source: Source, from: number): void {
    runs.push({ at: text.length, source, from })
    text += piece
  }

  return {
    /** `asWritten`: with all its white space. */
    add(words: string, asWritten: boolean, source: Source): void {
      if (asWritten) return push(words, source, 0)
      for (const { 0: piece, index } of words.matchAll(/[ \t\n\r\f]+|[^ \t\n\r\f]+/g)) {
        if (!/^[ \t\n\r\f]/.test(piece)) push(piece, source, index)
        else if (!/(?:^|[ \n])$/.test(text)) push(' ', source, index)
      }
    },
    /** What comes is not on the line of what was. */
    edge(): void {
      if (text !== '' && !text.endsWith('\n')) text += '\n'
    },
    formula(): void {
      text += FORMULA
    },
    text: (): string => text,
    /** Where the character at `index` came from. */
    placeOf(index: number): { readonly source: Source; readonly offset: number } | null {
      let low = 0
      let high = runs.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((runs[middle]?.at ?? Infinity) <= index) low = middle + 1
        else high = middle
      }
      const run = runs[low - 1]
      return run === undefined ? null : { source: run.source, offset: run.from + index - run.at }
    },
  }
}

/** A text in the making. */
export type Flow<Source> = ReturnType<typeof createFlow<Source>>

/** Elements that begin and end lines, by their tags. */
export const ON_LINES_OF_THEIR_OWN: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote div pre table thead tbody tr th td hr br'.split(' '),
)
/** Elements without any text that is seen. */
export const WITHOUT_TEXT: ReadonlySet<string> = new Set('input svg output'.split(' '))
