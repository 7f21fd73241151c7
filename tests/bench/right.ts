import { Problem } from '../../scripts/lib/problem.mjs'
import { PROOF_START, type ProofState } from '../../src/main/storage/ledger-proof'
import type { Storage } from '../../src/main/storage/storage'

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

const AT_ONCE = 10_000

/** Proves a ledger of so many lines, from its first entry to its last, and its sums by day. */
export function proveLedger({ ledgerProof }: Storage, lines: number): void {
  let at: ProofState = PROOF_START
  for (;;) {
    const reached = ledgerProof.step(at, AT_ONCE)
    if (reached === null) break
    if ('kind' in reached) throw new Problem(`The ledger is not sound at entry ${JSON.stringify(reached)}.`)
    at = reached
  }
  sameAs('the number of ledger lines', at.entries, lines)
  sameAs('the fault at the end of the ledger', ledgerProof.end(at), null)
  sameAs('the fault in the sums by day', ledgerProof.days(), null)
}
