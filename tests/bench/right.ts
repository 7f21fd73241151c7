import { Problem } from '../../scripts/lib/problem.mjs'
import type { Storage } from '../../src/main/storage/storage'
import { faultOf } from '../support/ledger'

/** Ends the run where a benchmark does the wrong thing fast. */
export function sameAs(what: string, is: unknown, must: unknown): void {
  if (is !== must)
    throw new Problem(`Wrong result, so nothing was timed: ${what} is ${String(is)}, not ${String(must)}.`)
}

/** The same for sums under keys. A sum of nothing may be there or missing. */
export function sameSums(what: string, is: ReadonlyMap<string, bigint>, must: ReadonlyMap<string, bigint>): void {
  for (const key of new Set([...is.keys(), ...must.keys()])) {
    sameAs(`${what} of ${key}`, is.get(key) ?? 0n, must.get(key) ?? 0n)
  }
}

/** Proves a ledger, from its first entry to its last, and its sums by day. */
export function proveLedger(storage: Storage): void {
  sameAs('the fault in the ledger', JSON.stringify(faultOf(storage, 10_000)), 'null')
}
