import { create } from 'zustand'
import type { ConnectionModelsView, ModelView, SettingsView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import type { ModelChoice } from './model-choice'
import type { ModelOption } from './options'

interface ModelsState {
  /** Everything the catalogue knows, retired models included: for names. */
  readonly models: readonly ModelView[]
  /** What each connection offers now: for choosing. */
  readonly offered: readonly ConnectionModelsView[]
  /** `provider/model`. */
  readonly favourites: readonly string[]
  readonly recents: readonly string[]
  /** The choice of the conversation looked at last; what a new one begins with. */
  readonly lastUsed: ModelChoice | null
  receive(models: readonly ModelView[]): void
  receiveOffered(offered: readonly ConnectionModelsView[]): void
  receiveSettings(settings: SettingsView): void
  remember(choice: ModelChoice | null): void
  toggleFavourite(option: ModelOption): Promise<void>
}

/** What can be asked, and what was asked last. */
export const useModels = create<ModelsState>()((set, get) => ({
  models: [],
  offered: [],
  favourites: [],
  recents: [],
  lastUsed: null,
  receive: (models) => set({ models }),
  receiveOffered: (offered) => set({ offered }),
  receiveSettings: ({ favouriteModels, recentModels }) => set({ favourites: favouriteModels, recents: recentModels }),
  remember(choice) {
    if (choice !== null && choice.model !== null) set({ lastUsed: choice })
  },
  async toggleFavourite({ favouriteKey, connection: { provider }, model: { id } }) {
    const favourite = !get().favourites.includes(favouriteKey)
    const result = await request('settings.setFavourite', { provider, model: id, favourite })
    if (result.ok) get().receiveSettings(result.value)
  },
}))

/** The name people know a model by; its id while the catalogue does not know it. */
export function nameOf(models: readonly ModelView[], id: string | null): string {
  return models.find((model) => model.id === id)?.name ?? id ?? 'a model'
}
