/** How much of the whole a part is, 0 to 1000, rounded down. Nothing of nothing is 0. */
export function permille(part: bigint, whole: bigint): number {
  if (part <= 0n || whole <= 0n) return 0
  return part >= whole ? 1000 : Number((part * 1000n) / whole)
}
