import { create } from 'zustand'
import type { SettingsView } from '../../../shared/ipc/views'

interface SettingsState {
  readonly theme: SettingsView['theme']
  receive(settings: SettingsView): void
}

/** What the user has set; kept by the main process, shown here. */
export const useSettings = create<SettingsState>()((set) => ({
  theme: 'system',
  receive: ({ theme }) => set({ theme }),
}))
