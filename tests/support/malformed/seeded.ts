import { MARK, type Wrong } from './values'

/** Numbers from 0 to 1, the same for the same text. */
function seeded(text: string): () => number {
  let state = Array.from(text).reduce((sum, sign) => (Math.imul(sum, 31) + (sign.codePointAt(0) ?? 0)) | 0, 17)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A good input with something grown at random beside it, which no row of the contract has. */
export function seededValues(seed: string, good: object): readonly Wrong[] {
  const next = seeded(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item
  const word = (): string =>
    `${MARK}${Math.floor(next() * 1e9).toString(36)}${pick(['', '\u0000', '\ud83d', '🗝', '\u202e'])}`
  const grow = (levels: number): unknown => {
    const kind = levels === 0 ? Math.floor(next() * 4) : Math.floor(next() * 6)
    if (kind === 0) return word()
    if (kind === 1) return (next() - 0.5) * 10 ** Math.floor(next() * 300)
    if (kind === 2) return pick([true, false, null, undefined, Number.NaN, -0])
    if (kind === 3) return BigInt(Math.floor(next() * 1e15))
    const size = Math.floor(next() * 4)
    if (kind === 4) return Array.from({ length: size }, () => grow(levels - 1))
    return Object.fromEntries(Array.from({ length: size }, () => [word(), grow(levels - 1)]))
  }
  return Array.from({ length: 16 }, (_, index) => ({
    what: `also something at random, number ${index}`,
    value: { ...good, [word()]: grow(5) },
  }))
}
