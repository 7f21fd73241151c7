import { create } from 'zustand'
import type { ModelView } from '../../../shared/ipc/views'

interface ModelsState {
  readonly models: readonly ModelView[]
  /** The model of the conversation looked at last; what a new one begins with. */
  readonly lastUsed: string | null
  receive(models: readonly ModelView[]): void
  remember(model: string | null): void
}

/** What can be asked, and what was asked last. */
export const useModels = create<ModelsState>()((set) => ({
  models: [],
  lastUsed: null,
  receive: (models) => set({ models }),
  remember(model) {
    if (model !== null) set({ lastUsed: model })
  },
}))

/** The name people know a model by; its id while the catalogue does not know it. */
export function nameOf(models: readonly ModelView[], id: string | null): string {
  return models.find((model) => model.id === id)?.name ?? id ?? 'a model'
}
