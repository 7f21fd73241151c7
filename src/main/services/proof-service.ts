import type { Result } from '../../shared/ipc/transport'
import type { LedgerProofView } from '../../shared/ipc/views'
import { PROOF_START, type LedgerFault, type ProofState } from '../storage/ledger-proof'
import type { Storage } from '../storage/storage'
import { done } from './result'

/** A few milliseconds of work between two turns of the loop, so that answers go on streaming. */
const ENTRIES_AT_ONCE = 1000
const CALLS_AT_ONCE = 300

/** Verifies the ledger from the first entry to the last, without keeping anything else waiting. */
export function createProofService(proof: Storage['ledgerProof']) {
  return {
    async verify(): Promise<Result<LedgerProofView>> {
      let at: ProofState = PROOF_START
      for (;;) {
        const next = proof.step(at, ENTRIES_AT_ONCE)
        if (next === null) break
        if ('kind' in next) return done(faulty(next))
        at = next
        await new Promise(setImmediate)
      }
      const fault = proof.end(at) ?? (await callsOf(proof)) ?? proof.days()
      return done(fault === null ? { ok: true, entries: at.entries, lastHash: at.hash.toString('hex') } : faulty(fault))
    },
  }
}

/** What can be asked of it. */
export type ProofService = ReturnType<typeof createProofService>

async function callsOf(proof: Storage['ledgerProof']): Promise<LedgerFault | null> {
  for (let at = 0; ;) {
    const next = proof.calls(at, CALLS_AT_ONCE)
    if (typeof next !== 'number') return next
    at = next
    await new Promise(setImmediate)
  }
}

function faulty(fault: LedgerFault): LedgerProofView {
  return { ok: false, ...fault }
}
