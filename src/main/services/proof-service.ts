import type { LedgerProgressView, LedgerProofView, RebuiltView } from '../../shared/ipc/views'
import type { Result } from '../../shared/ipc/transport'
import type { LedgerFault, Portion, ProofStep } from '../storage/ledger-proof'
import type { Storage } from '../storage/storage'
import type { EventHub } from './event-hub'
import { done, refused } from './result'

interface Needs {
  readonly storage: Pick<Storage, 'ledgerProof' | 'isOpen'>
  readonly hub: EventHub
  /** Sums are not what they were. */
  readonly changed: () => void
  /** How much is done between two turns of the loop, so that answers go on streaming. */
  readonly portion?: Portion
}

type Work = LedgerProgressView['work']
type Answer = Result<LedgerProofView | RebuiltView>

/** Verifies the ledger, or writes the sums beside it anew, without keeping anything else waiting. */
export function createProofService({ storage, hub, changed, portion }: Needs) {
  let running: { readonly work: Work; readonly answer: Promise<Answer> } | null = null
  let cancelled = false

  async function walk<Found>(work: Work, steps: Generator<ProofStep, Found, undefined>): Promise<Result<Found>> {
    let told = -1
    for (;;) {
      // A file that is closed is proven by nobody.
      if (!storage.isOpen()) return refused('shutting_down')
      if (cancelled) return refused('cancelled')
      const step = steps.next()
      if (step.done === true) return done(step.value)
      const progress = progressOf(work, step.value)
      // A hundred times at most, however long the ledger is.
      const percent = Math.floor(progress.permille / 10)
      if (percent > told) hub.emit('ledger.progress', { progress })
      told = Math.max(told, percent)
      await new Promise(setImmediate)
    }
  }

  /** One at a time: the same again waits for the one that runs. */
  function start<View extends LedgerProofView | RebuiltView>(
    work: Work,
    run: () => Promise<Result<View>>,
  ): Promise<Result<View>> {
    // What runs under this name answers with this view.
    if (running?.work === work) return running.answer as Promise<Result<View>>
    if (running !== null) return Promise.resolve(refused('ledger_busy'))
    cancelled = false
    const answer = run().finally(() => {
      running = null
      hub.emit('ledger.progress', { progress: null })
    })
    running = { work, answer }
    return answer
  }

  return {
    verify: (): Promise<Result<LedgerProofView>> =>
      start<LedgerProofView>('verify', async () => {
        const found = await walk('verify', storage.ledgerProof.prove(portion))
        if (!found.ok) return found
        if ('kind' in found.value) return done({ ok: false, ...found.value })
        return done({ ok: true, entries: found.value.entries, lastHash: found.value.hash.toString('hex') })
      }),

    /** Of a ledger that is not what was booked nothing is written anew. */
    rebuild: (): Promise<Result<RebuiltView>> =>
      start<RebuiltView>('rebuild', async () => {
        const found = await walk('rebuild', storage.ledgerProof.rebuild(portion))
        if (!found.ok) return found
        if ('kind' in found.value) return done(unsound(found.value))
        const { entries, mended } = found.value
        if (mended.calls > 0 || mended.days > 0 || mended.months) changed()
        return done({ ok: true, entries, mended })
      }),

    /** Ends what runs, if something does; nothing is changed by it. */
    cancel(): Result<null> {
      cancelled = true
      return done(null)
    },
  }
}

/** What can be asked of it. */
export type ProofService = ReturnType<typeof createProofService>

function unsound(fault: LedgerFault): RebuiltView {
  return { ok: false, ...fault }
}

/** By how long each takes in a large ledger, in permille of the whole. */
const SHARE = {
  entries: [0, 450],
  calls: [450, 300],
  days: [750, 230],
  months: [980, 20],
} as const satisfies Record<ProofStep['of'], readonly [from: number, width: number]>

function progressOf(work: Work, { of, done: looked, total }: ProofStep): LedgerProgressView {
  const [from, width] = SHARE[of]
  return { work, of, done: looked, total, permille: from + Math.floor(total === 0 ? width : (width * looked) / total) }
}
