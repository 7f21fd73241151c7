/** A text as it is compared: without case and accents. */
export interface Folded {
  readonly text: string
  /** Where each character was; null where they all stayed. */
  readonly from: Uint32Array | null
  /** Of the text before. */
  readonly length: number
}

const foldedSigns = new Map<string, string>()

/** The accents of Latin, Greek and Cyrillic letters. Elsewhere such signs are letters of their own. */
const ACCENTS = /[\u0300-\u036F]/g

function foldSign(sign: string): string {
  const known = foldedSigns.get(sign)
  if (known !== undefined) return known
  const apart = sign.normalize('NFD')
  // What has none stays in one piece: a Korean syllable is no row of letters here.
  const bare = apart.replace(ACCENTS, '')
  const folded = (bare === apart ? sign : bare).toLowerCase().replace(ACCENTS, '')
  if (foldedSigns.size < 20_000) foldedSigns.set(sign, folded)
  return folded
}

/** Folds a text: “É” is the same as “e”. */
export function fold(text: string): Folded {
  // oxlint-disable-next-line no-control-regex -- All of ASCII.
  if (/^[\u0000-\u007F]*$/.test(text)) return { text: text.toLowerCase(), from: null, length: text.length }
  const pieces: string[] = []
  const from: number[] = []
  let at = 0
  for (const sign of text) {
    const folded = foldSign(sign)
    pieces.push(folded)
    for (let index = 0; index < folded.length; index += 1) from.push(at + (folded.length === sign.length ? index : 0))
    at += sign.length
  }
  return { text: pieces.join(''), from: Uint32Array.from(from), length: at }
}

/** What is looked for, as it is compared; empty when it is nothing. */
export function needleOf(query: string): string {
  return query.trim() === '' ? '' : fold(query.replace(/\s+/g, ' ')).text
}

/** Where the needle begins in a folded text, each after the end of the one before. */
export function findAll(folded: string, needle: string): readonly number[] {
  const found: number[] = []
  if (needle === '') return found
  for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + needle.length)) found.push(at)
  return found
}

/** A hit in the text before it was folded: its first character and the one after its last. */
export function placeOfHit(
  { from, length: whole }: Folded,
  at: number,
  length: number,
): readonly [start: number, end: number] {
  if (from === null) return [at, at + length]
  // An accent of its own goes with its letter.
  const last = from[at + length - 1] ?? 0
  return [from[at] ?? 0, Math.max(last + 1, from[at + length] ?? whole)]
}
