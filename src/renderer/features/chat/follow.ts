/** How far from the end a reader still counts as being there. */
export const NEAR_END_PX = 48

export interface Scroll {
  /** How far the end lies below what is shown, in pixels. */
  readonly fromEnd: number
  /** How far the text has moved since the last look; negative is towards the beginning. */
  readonly moved: number
}

/**
 * Whether to go on showing the end of a growing transcript. Any move towards the beginning lets go at once; coming
 * back near the end takes hold again. At the very end it always holds: a transcript that became shorter moves by
 * itself, which is nobody's wish to leave.
 */
export function follows(before: boolean, { fromEnd, moved }: Scroll): boolean {
  // Said of a growing transcript that was followed a moment ago: its reader may have turned away since.
  if (moved === 0) return before
  if (fromEnd < 1) return true
  if (moved < 0) return false
  return before || fromEnd <= NEAR_END_PX
}
