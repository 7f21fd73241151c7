import type { ProviderId } from '../../core/provider'
import { retentionFrom, type Retention } from '../../core/retention'
import type { Result } from '../../shared/ipc/transport'
import type { SettingsView } from '../../shared/ipc/views'
import type { NetworkSettings } from '../egress/dial'
import type { Storage } from '../storage/storage'
import { parseProxy } from './proxy'
import { done, refused } from './result'

type Theme = SettingsView['theme']

type Loop = SettingsView['loop']

type Background = keyof SettingsView['background']

const RECENT = 8
const ASK_ABOVE: readonly SettingsView['askAbove'][] = ['never', 'usd0.10', 'usd1', 'usd5']
/** A person sends less; what is stuck in a circle sends more. */
const USUAL_LOOP = { calls: 30, spent: 'usd5', minutes: 5 } as const
const LOOP_CALLS: readonly Loop['calls'][] = [10, 30, 100, 300]
const LOOP_SPENT: readonly Loop['spent'][] = ['usd1', 'usd5', 'usd20', 'usd100']
const LOOP_MINUTES: readonly Loop['minutes'][] = [1, 5, 15, 60]
const LOCK_AFTER: readonly SettingsView['lockAfterMinutes'][] = [5, 15, 60]

/** A title costs money that nobody asked to spend; the others are free, or part of what was asked. */
const USUALLY_ON: SettingsView['background'] = { titles: false, retries: true, keyChecks: true, lateCosts: true }

interface Needs {
  readonly storage: Storage
  /** Tells the window's surroundings; called at start too. */
  readonly applyTheme: (theme: Theme) => void
  /** Tells what makes connections; called at start too. */
  readonly applyNetwork: (network: NetworkSettings) => void
}

/** Settings that are kept. What lies in the file is not trusted to be what was written. */
export function createSettingsService({ storage, applyTheme, applyNetwork }: Needs) {
  const names = (name: string): string[] => {
    const value = storage.settings.get(name)
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  }
  const theme = (): Theme => {
    const value = storage.settings.get('theme')
    return value === 'light' || value === 'dark' ? value : 'system'
  }
  const isOn = (purpose: Background): boolean => {
    const value = storage.settings.get(`background.${purpose}`)
    return typeof value === 'boolean' ? value : USUALLY_ON[purpose]
  }
  /** One of these, or what is usual. */
  const among = <Value>(name: string, values: readonly Value[], usual: Value): Value => {
    const kept = storage.settings.get(name)
    return values.find((value) => value === kept) ?? usual
  }
  const loop = (): Loop => ({
    on: storage.settings.get('loop.on') !== false,
    calls: among('loop.calls', LOOP_CALLS, USUAL_LOOP.calls),
    spent: among('loop.spent', LOOP_SPENT, USUAL_LOOP.spent),
    minutes: among('loop.minutes', LOOP_MINUTES, USUAL_LOOP.minutes),
  })
  const network = (): NetworkSettings => {
    const proxy = storage.settings.get('network.proxy')
    return {
      systemCertificates: storage.settings.get('network.systemCertificates') === true,
      proxy: typeof proxy === 'string' ? parseProxy(proxy) : null,
    }
  }
  const view = (): SettingsView => ({
    theme: theme(),
    favouriteModels: names('favouriteModels'),
    recentModels: names('recentModels'),
    stopMode: storage.settings.get('stopMode') === 'count' ? 'count' : 'end',
    budgetDays: storage.settings.get('budgetDays') === 'utc' ? 'utc' : 'local',
    background: {
      titles: isOn('titles'),
      retries: isOn('retries'),
      keyChecks: isOn('keyChecks'),
      lateCosts: isOn('lateCosts'),
    },
    network: network(),
    lockAfterMinutes: LOCK_AFTER.find((minutes) => minutes === storage.settings.get('lockAfterMinutes')) ?? 0,
    retention: retentionFrom(storage.settings.get('retention')) ?? 'forever',
    retentionAnswered: retentionFrom(storage.settings.get('retention')) !== null,
    askAbove: ASK_ABOVE.find((above) => above === storage.settings.get('askAbove')) ?? 'usd1',
    sendKey: storage.settings.get('sendKey') === 'mod_enter' ? 'mod_enter' : 'enter',
    loop: loop(),
  })
  applyTheme(theme())
  applyNetwork(network())

  return {
    view,

    setTheme(input: { theme: Theme }): Result<SettingsView> {
      storage.settings.put('theme', input.theme)
      applyTheme(input.theme)
      return done(view())
    },

    setStopMode(input: { stopMode: SettingsView['stopMode'] }): Result<SettingsView> {
      storage.settings.put('stopMode', input.stopMode)
      return done(view())
    },

    setBudgetDays(input: { budgetDays: SettingsView['budgetDays'] }): Result<SettingsView> {
      storage.settings.put('budgetDays', input.budgetDays)
      return done(view())
    },

    setBackground(input: { purpose: Background; on: boolean }): Result<SettingsView> {
      storage.settings.put(`background.${input.purpose}`, input.on)
      return done(view())
    },

    setLockAfter(input: { minutes: SettingsView['lockAfterMinutes'] }): Result<SettingsView> {
      storage.settings.put('lockAfterMinutes', input.minutes)
      return done(view())
    },

    setRetention(input: { retention: Retention }): Result<SettingsView> {
      storage.settings.put('retention', input.retention)
      return done(view())
    },

    setAskAbove(input: { askAbove: SettingsView['askAbove'] }): Result<SettingsView> {
      storage.settings.put('askAbove', input.askAbove)
      return done(view())
    },

    setSendKey(input: { sendKey: SettingsView['sendKey'] }): Result<SettingsView> {
      storage.settings.put('sendKey', input.sendKey)
      return done(view())
    },

    setLoop(input: Loop): Result<SettingsView> {
      storage.transaction(() => {
        for (const name of ['on', 'calls', 'spent', 'minutes'] as const)
          storage.settings.put(`loop.${name}`, input[name])
      })
      return done(view())
    },

    setNetwork(input: NetworkSettings): Result<SettingsView> {
      const proxy = input.proxy === null ? null : parseProxy(input.proxy)
      if (input.proxy !== null && proxy === null) return refused('proxy_invalid', 'proxy')
      storage.transaction(() => {
        storage.settings.put('network.systemCertificates', input.systemCertificates)
        storage.settings.put('network.proxy', proxy)
      })
      applyNetwork(network())
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
