import type { Replayed } from './replay'

/** What does not hold in a replayed file, one sentence each; none when it is consistent. */
export function problemsOf({ flags, lines, costPico }: Replayed, strict: boolean): string[] {
  const negative = lines.filter(({ units, pico }) => units < 0 || (pico?.startsWith('-') ?? false))
  const unpriced = lines.filter((line) => line.class === 'unpriced')
  return [
    ...(flags.includes('usage_inconsistent') ? ['its totals and their parts do not agree'] : []),
    ...(flags.includes('malformed_usage') ? ['it reports a count that is none: negative, broken or out of range'] : []),
    ...negative.map(({ bucket }) => `${bucket} came out negative`),
    ...sumProblems(lines, costPico),
    ...(strict ? [...new Set(unpriced.map(({ model, bucket }) => `${model} has no price for ${bucket}`))] : []),
  ]
}

/** The cost against its lines, once more and on its own. */
function sumProblems(lines: Replayed['lines'], costPico: string | null): string[] {
  if (costPico === null) return []
  const sum = lines.reduce((total, { pico }) => total + BigInt(pico ?? 0), 0n)
  return sum.toString() === costPico ? [] : ['its lines do not add up to its cost']
}
