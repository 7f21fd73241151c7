import { requests } from '../../../src/shared/ipc/contract'
import type { RequestName } from '../../../src/shared/ipc/transport'
import { sampleOf, wrongFor, type KnownIds } from './schema'
import { seededValues } from './seeded'
import { signatureOf } from './signature'
import { type Wrong } from './values'

export { MARK, NO_SUCH_DAYS } from './values'
export type { KnownIds } from './schema'

/** The names of all requests there are. */
export const requestNames = Object.keys(requests) as RequestName[]

/** An input the contract takes, made from its schema. */
export function sampleInput(name: RequestName, ids: KnownIds = {}): unknown {
  return sampleOf(requests[name].input, ids)
}

/** Malformed inputs of one request, no two the same: always the same ones, in the same order. */
export function malformedInputs(name: RequestName, ids: KnownIds = {}): readonly Wrong[] {
  const seen = new Set<string>()
  const good = sampleInput(name, ids) as object
  return [...wrongFor(requests[name].input, ids), ...seededValues(name, good)].filter(({ value, tamed }) => {
    const signature = `${tamed ?? ''}${signatureOf(value)}`
    if (seen.has(signature)) return false
    seen.add(signature)
    return true
  })
}
