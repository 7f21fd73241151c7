const LETTER = /\p{L}/u
const FROM_RIGHT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u
/** Code, which says nothing of the text around it, and what is read of neither a link nor a tag. */
const ASIDE = /`+[^`]*`+|\]\([^)]*\)|<[^>]*>/g

/** The first letter is near the beginning; whoever writes a book without one pays for no more than this. */
const LOOKED_AT = 1_000

/** Whether the first letter of a text is of a script that is written from the right. */
export function startsFromRight(text: string): boolean {
  const [letter] = LETTER.exec(text.slice(0, LOOKED_AT).replaceAll(ASIDE, '')) ?? []
  return letter !== undefined && FROM_RIGHT.test(letter)
}

/**
 * The direction of what holds blocks that have one of their own, such as a quote of paragraphs: left to itself a browser
 * would look past all of these, and put a mark or a bar on the wrong side.
 */
export function directionOf({ raw }: { readonly raw: string }): 'rtl' | 'auto' {
  return startsFromRight(raw) ? 'rtl' : 'auto'
}
