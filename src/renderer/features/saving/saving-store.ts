import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EventPayload, RequestError, RequestInput } from '../../../shared/ipc/transport'
import { request as askMain, type Request } from '../../bridge/client'

/** What can be saved as a file. */
type Saveable = 'spend.save' | 'budget.saveHistory'

/** What becomes of a file its user has asked for. */
export type Saving =
  | { readonly kind: 'none' }
  /** Its user is asked where. */
  | { readonly kind: 'asked' }
  /** `rows`: how many there will be; null where that is not known. */
  | { readonly kind: 'writing'; readonly rowCount: number; readonly rows: number | null }
  | { readonly kind: 'saved'; readonly rowCount: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly error: RequestError }

interface SavingState {
  readonly saving: Saving
  /** Asks where, and writes it there. Nothing while another one is asked about or written. */
  save<Name extends Saveable>(name: Name, input: RequestInput<Name>): Promise<void>
  /** Stops what is written. */
  stop(): void
  receive(progress: EventPayload<'saving.progress'>): void
  dismiss(): void
}

/** The file that is being saved. `request` is the bridge; tests answer in its place. */
export function createSavingStore(request: Request): StoreApi<SavingState> {
  return createStore<SavingState>()((set, get) => ({
    saving: { kind: 'none' },
    async save(name, input) {
      const { kind } = get().saving
      if (kind === 'asked' || kind === 'writing') return
      set({ saving: { kind: 'asked' } })
      const result = await request(name, input)
      if (result.ok) return set({ saving: { kind: 'saved', rowCount: result.value.rowCount } })
      if (result.error.code !== 'cancelled') return set({ saving: { kind: 'refused', error: result.error } })
      // Whoever backs out of the question knows; whoever stops a file may wonder what is left of it.
      set({ saving: { kind: get().saving.kind === 'writing' ? 'stopped' : 'none' } })
    },
    stop() {
      void request('saving.cancel', {})
    },
    receive({ rowCount, rows }) {
      const { kind } = get().saving
      if (kind === 'asked' || kind === 'writing') set({ saving: { kind: 'writing', rowCount, rows } })
    },
    dismiss() {
      const { kind } = get().saving
      if (kind !== 'asked' && kind !== 'writing') set({ saving: { kind: 'none' } })
    },
  }))
}

export const savingStore = createSavingStore(askMain)

/** The window's own file. */
export function useSaving(): Saving {
  return useStore(savingStore, (state) => state.saving)
}
