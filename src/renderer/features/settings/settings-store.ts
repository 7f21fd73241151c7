import { create } from 'zustand'
import type { RequestError, Result } from '../../../shared/ipc/transport'
import type { BackgroundView, SettingsView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'

type Kept = Omit<SettingsView, 'favouriteModels' | 'recentModels'>

interface SettingsState extends Kept {
  receive(settings: SettingsView): void
  /** Each is shown at once, and taken back if it was not kept: null, or why not. */
  setTheme(theme: SettingsView['theme']): Promise<RequestError | null>
  setStopMode(stopMode: SettingsView['stopMode']): Promise<RequestError | null>
  setBudgetDays(budgetDays: SettingsView['budgetDays']): Promise<RequestError | null>
  setBackground(purpose: keyof BackgroundView, on: boolean): Promise<RequestError | null>
  setLockAfter(minutes: SettingsView['lockAfterMinutes']): Promise<RequestError | null>
  setAskAbove(askAbove: SettingsView['askAbove']): Promise<RequestError | null>
  setSendKey(sendKey: SettingsView['sendKey']): Promise<RequestError | null>
  setLoop(loop: SettingsView['loop']): Promise<RequestError | null>
  /** Shown as it was kept: an address is kept in its own form. */
  setNetwork(network: SettingsView['network']): Promise<RequestError | null>
  /** Shown once it is kept: it may delete. */
  setRetention(retention: SettingsView['retention']): Promise<RequestError | null>
}

/** What the user has set; kept by the main process, shown here. */
export const useSettings = create<SettingsState>()((set, get) => {
  async function change(shown: Partial<Kept>, before: () => Partial<Kept>, kept: () => Promise<Result<SettingsView>>) {
    set(shown)
    const result = await kept()
    if (result.ok) return null
    set(before())
    return result.error
  }

  return {
    theme: 'system',
    stopMode: 'end',
    budgetDays: 'local',
    background: { titles: false, retries: false, keyChecks: false, lateCosts: false },
    network: { systemCertificates: false, proxy: null },
    lockAfterMinutes: 0,
    sendKey: 'enter',
    askAbove: 'never',
    loop: { on: false, calls: 30, spent: 'usd5', minutes: 5 },
    retention: 'forever',
    retentionAnswered: true,
    receive: (settings) => set(settings),
    setTheme(theme) {
      const before = get().theme
      return change(
        { theme },
        () => ({ theme: before }),
        () => request('settings.setTheme', { theme }),
      )
    },
    setStopMode(stopMode) {
      const before = get().stopMode
      return change(
        { stopMode },
        () => ({ stopMode: before }),
        () => request('settings.setStopMode', { stopMode }),
      )
    },
    setBudgetDays(budgetDays) {
      const before = get().budgetDays
      const kept = () => request('settings.setBudgetDays', { budgetDays })
      return change({ budgetDays }, () => ({ budgetDays: before }), kept)
    },
    setLockAfter(lockAfterMinutes) {
      const before = get().lockAfterMinutes
      const kept = () => request('settings.setLockAfter', { minutes: lockAfterMinutes })
      return change({ lockAfterMinutes }, () => ({ lockAfterMinutes: before }), kept)
    },
    setAskAbove(askAbove) {
      const before = get().askAbove
      const kept = () => request('settings.setAskAbove', { askAbove })
      return change({ askAbove }, () => ({ askAbove: before }), kept)
    },
    setSendKey(sendKey) {
      const before = get().sendKey
      const kept = () => request('settings.setSendKey', { sendKey })
      return change({ sendKey }, () => ({ sendKey: before }), kept)
    },
    setLoop(loop) {
      const before = get().loop
      return change(
        { loop },
        () => ({ loop: before }),
        () => request('settings.setLoop', loop),
      )
    },
    async setNetwork(network) {
      const result = await request('settings.setNetwork', network)
      if (!result.ok) return result.error
      set({ network: result.value.network })
      return null
    },
    async setRetention(retention) {
      const result = await request('settings.setRetention', { retention })
      if (!result.ok) return result.error
      set({ retention: result.value.retention, retentionAnswered: result.value.retentionAnswered })
      return null
    },
    setBackground(purpose, on) {
      // Only this one is put back: another may have been switched in the meantime.
      const withSwitch = (is: boolean) => ({ background: { ...get().background, [purpose]: is } })
      return change(
        withSwitch(on),
        () => withSwitch(!on),
        () => request('settings.setBackground', { purpose, on }),
      )
    },
  }
})
