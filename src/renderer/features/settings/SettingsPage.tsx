import type { ReactNode } from 'react'
import type { BackgroundView, SettingsView } from '../../../shared/ipc/views'
import { Page } from '../../ui/Page'
import { Appearance } from './Appearance'
import { BackgroundSwitches } from './BackgroundSwitches'
import { BudgetDays } from './BudgetDays'
import { NetworkSettings } from './NetworkSettings'
import { StopChoice } from './StopChoice'

interface SettingsPageProps {
  readonly leading?: ReactNode
  /** The switch the page was opened for. */
  readonly at: keyof BackgroundView | null
  readonly onBudgetDays: (days: SettingsView['budgetDays']) => void
  /** How keys are kept, which another feature knows. */
  readonly keyProtection: ReactNode
  readonly onNetworkLog: () => void
}

/** What is set once, and holds everywhere. */
export function SettingsPage({ leading, at, onBudgetDays, keyProtection, onNetworkLog }: SettingsPageProps) {
  return (
    <Page title="Settings" leading={leading}>
      <Appearance />
      <StopChoice />
      <BudgetDays onKept={onBudgetDays} />
      {keyProtection}
      <BackgroundSwitches at={at} />
      <NetworkSettings onLog={onNetworkLog} />
    </Page>
  )
}
