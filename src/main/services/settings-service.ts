import type { ProviderId } from '../../core/provider'
import type { Result } from '../../shared/ipc/transport'
import type { SettingsView } from '../../shared/ipc/views'
import type { Storage } from '../storage/storage'
import { done } from './result'

type Theme = SettingsView['theme']

const RECENT = 8

interface Needs {
  readonly storage: Storage
  /** Tells the window's surroundings; called at start too. */
  readonly applyTheme: (theme: Theme) => void
}

/** Settings that are kept. What lies in the file is not trusted to be what was written. */
export function createSettingsService({ storage, applyTheme }: Needs) {
  const names = (name: string): string[] => {
    const value = storage.settings.get(name)
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  }
  const theme = (): Theme => {
    const value = storage.settings.get('theme')
    return value === 'light' || value === 'dark' ? value : 'system'
  }
  const view = (): SettingsView => ({
    theme: theme(),
    favouriteModels: names('favouriteModels'),
    recentModels: names('recentModels'),
  })
  applyTheme(theme())

  return {
    view,

    setTheme(input: { theme: Theme }): Result<SettingsView> {
      storage.settings.put('theme', input.theme)
      applyTheme(input.theme)
      return done(view())
    },

    setFavourite(input: { provider: ProviderId; model: string; favourite: boolean }): Result<SettingsView> {
      const name = `${input.provider}/${input.model}`
      const others = names('favouriteModels').filter((other) => other !== name)
      storage.settings.put('favouriteModels', input.favourite ? [...others, name] : others)
      return done(view())
    },

    /** Notes that a model was asked. */
    noteModel(provider: ProviderId, model: string): void {
      const name = `${provider}/${model}`
      const recent = [name, ...names('recentModels').filter((other) => other !== name)].slice(0, RECENT)
      storage.settings.put('recentModels', recent)
    },
  }
}

/** What can be asked of it. */
export type SettingsService = ReturnType<typeof createSettingsService>
