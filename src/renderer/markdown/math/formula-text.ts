/** A formula in a text: its TeX between marks. */
export interface FormulaToken {
  readonly type: 'formula'
  readonly raw: string
  readonly tex: string
  /** On a line of its own, and large. */
  readonly display: boolean
}

/** TeX between marks, without an empty line; the marks of a display may stand on lines of their own. */
const DISPLAY = /^(?:\$\$((?:(?!\$\$|\n[ \t]*\n)[\s\S])+)\$\$|\\\[((?:(?!\\\]|\n[ \t]*\n)[\s\S])+)\\\])/
const PARENTHESES = /^\\\(((?:(?!\\\)|\n[ \t]*\n)[\s\S])+)\\\)/
/** Within a line, close to its dollars, and no digit after them: “$5 and $10” are prices. */
const DOLLARS = /^\$(?![\s$])([^$\n`]*[^$\s`\\])\$(?![\d\w$])/
/** An amount of money, and words after it: “$5 to 10$”. */
const PRICE = /^\d[\d.,]*(?:\s+[\p{L}\d][^\\^_=+*/]*)?$/u
const LONGEST = 3_000
/** Places of one paragraph where a formula is looked for that ends it. */
const MOST_BEGINS = 20

/** A formula where `src` begins. */
export function readFormula(text: string): FormulaToken | null {
  // One without an end costs no more than the longest there is.
  const src = text.slice(0, LONGEST + 8)
  const display = DISPLAY.exec(src)
  if (display !== null) return formula(display[0], display[1] ?? display[2] ?? '', true)
  const inline = PARENTHESES.exec(src) ?? DOLLARS.exec(src)
  return inline === null || (src.startsWith('$') && isPrice(inline[1] ?? ''))
    ? null
    : formula(inline[0], inline[1] ?? '', false)
}

function isPrice(tex: string): boolean {
  return PRICE.test(tex)
}

function formula(raw: string, tex: string, display: boolean): FormulaToken | null {
  return tex.trim() === '' || tex.length > LONGEST ? null : { type: 'formula', raw, tex: tex.trim(), display }
}

/** A display that is all there is on its lines, with the newline after it. */
export function readFormulaBlock(src: string): FormulaToken | null {
  const indent = /^ {0,3}(?=\$\$|\\\[)/.exec(src)
  if (indent === null) return null
  const found = readFormula(src.slice(indent[0].length))
  if (found === null || !found.display) return null
  const after = /^[ \t]*(?:\n|$)/.exec(src.slice(indent[0].length + found.raw.length))
  return after === null ? null : { ...found, raw: indent[0] + found.raw + after[0] }
}

/** Where in a paragraph a formula begins that has its lines for itself; its whole length if none does. */
export function paragraphBeforeFormula(src: string): number {
  const blank = src.search(/\n[ \t]*\n/)
  const paragraph = src.slice(0, blank < 0 ? src.length : blank)
  const begins = [...paragraph.matchAll(/\n(?= {0,3}(?:\$\$|\\\[))/g)]
  for (const { index } of begins.slice(0, MOST_BEGINS)) {
    if (readFormulaBlock(src.slice(index + 1, index + LONGEST + 100)) !== null) return index + 1
  }
  return src.length
}

const FINISHED =
  /`[^`\n]*`|\$\$(?:(?!\$\$|\n[ \t]*\n)[\s\S])+\$\$|\\\[(?:(?!\\\]|\n[ \t]*\n)[\s\S])+\\\]|\\\((?:(?!\\\)|\n[ \t]*\n)[\s\S])+\\\)|\$(?![\s$])[^$\n`]*[^$\s`\\]\$(?![\d\w$])/g
const BEGUN = /(?:\$\$|\\\[|\\\()(?:(?!\n[ \t]*\n)[\s\S])*$|(?<![\w$])\$(?=[^\s\d$])[^$\n`]*[\\^_={][^$\n`]*$|\\$|\$$/

/** Characters at the end of a text that are a formula without its end. */
export function formulaHeld(raw: string): number {
  if (!/[$\\]/.test(raw)) return 0
  const open = raw.slice(-LONGEST).replaceAll(FINISHED, (done) => ' '.repeat(done.length))
  const begun = BEGUN.exec(open)
  return begun === null ? 0 : open.length - begun.index
}
