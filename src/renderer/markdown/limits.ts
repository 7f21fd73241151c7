/** Bounds that no honest answer reaches, so that no answer can stop the window. Beyond each, text stays plain text. */
export const LIMITS = {
  /** Characters of an answer, of one block, and of one run of inline text. */
  answer: 2_000_000,
  block: 100_000,
  run: 50_000,
  /** Characters of the open end that are parsed at every step; a longer one only once it has grown by its sixteenth. */
  eager: 8_000,
  /** Characters of the last block whose open marks are closed while it is written. */
  repair: 4_000,
  /** Lists and quotes inside each other, and emphasis and links inside each other. */
  blockDepth: 12,
  inlineDepth: 16,
} as const
