import { create } from 'zustand'
import type { Result } from '../../../shared/ipc/transport'
import type { LedgerProgressView, LedgerProofView, RebuiltView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'

/** What was found, and by what. */
export type Found =
  | { readonly work: 'verify'; readonly result: Result<LedgerProofView> }
  | { readonly work: 'rebuild'; readonly result: Result<RebuiltView> }

interface LedgerState {
  /** What is asked for now. */
  readonly asked: Found['work'] | null
  /** How far what runs has come, whoever has asked for it: a page that was loaded anew has not. */
  readonly progress: LedgerProgressView | null
  /** It takes so long that it can be cancelled: most are done before anybody could. */
  readonly slow: boolean
  readonly found: Found | null
  receive(progress: LedgerProgressView | null): void
  verify(): Promise<void>
  rebuild(): Promise<void>
  cancel(): Promise<void>
}

/** From here on it is told how far it is. */
const SLOW_MS = 400

/** Verifying the ledger and rebuilding its sums. Goes on while other pages are looked at. */
export const useLedger = create<LedgerState>()((set, get) => {
  async function run(work: Found['work'], ask: () => Promise<Found>): Promise<void> {
    if (get().asked !== null) return
    set({ asked: work, found: null, slow: false })
    const timer = setTimeout(() => set({ slow: true }), SLOW_MS)
    const found = await ask()
    clearTimeout(timer)
    set({ asked: null, found, slow: false })
  }

  return {
    asked: null,
    progress: null,
    slow: false,
    found: null,
    receive: (progress) => set({ progress }),
    verify: () => run('verify', async () => ({ work: 'verify', result: await request('ledger.verify', {}) })),
    rebuild: () => run('rebuild', async () => ({ work: 'rebuild', result: await request('ledger.rebuild', {}) })),
    async cancel() {
      await request('ledger.cancel', {})
    },
  }
})
