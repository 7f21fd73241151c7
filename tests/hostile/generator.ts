import { HTML_FAMILIES } from './families/html'
import { MARKDOWN_FAMILIES } from './families/markdown'
import { aimOf, type Family, type Payload } from './payload'

/** Every kind of attack the generator knows. */
export const FAMILIES: readonly Family[] = [...HTML_FAMILIES, ...MARKDOWN_FAMILIES]

/**
 * All of our own payloads, the same in every run. Two that differ only in their number count as one and are made once.
 */
export function generatePayloads(): readonly Payload[] {
  const known = new Set<string>()
  const payloads: Payload[] = []
  for (const { name, templates } of FAMILIES) {
    for (const template of templates) {
      const shape = template(aimOf(0))
      if (known.has(shape)) continue
      known.add(shape)
      const id = payloads.length + 1
      payloads.push({ id, family: name, text: template(aimOf(id)) })
    }
  }
  return payloads
}

/** So many of each family, evenly spread over it. */
export function sampleOf(payloads: readonly Payload[], perFamily: number): readonly Payload[] {
  const families = Map.groupBy(payloads, ({ family }) => family)
  return [...families.values()].flatMap((members) => {
    const step = Math.max(1, members.length / perFamily)
    return Array.from(
      { length: Math.min(perFamily, members.length) },
      (_, at) => members[Math.floor(at * step)],
    ).filter((payload) => payload !== undefined)
  })
}

/** Where a stream may cut a text: at three points of it, the same in every run, never past its ends. */
export function cutsOf(payload: Payload): readonly [number, number, number] {
  const { length } = payload.text
  const at = (part: number) =>
    Math.min(Math.max(1, Math.floor(length * part) + (payload.id % 3)), Math.max(1, length - 1))
  return [at(0.25), at(0.5), at(0.8)]
}
