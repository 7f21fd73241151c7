import type { ReactNode } from 'react'
import type { BackgroundView, SettingsView } from '../../../shared/ipc/views'
import { Page } from '../../ui/Page'
import { Appearance } from './Appearance'
import { AskAboveChoice } from './AskAboveChoice'
import { BackgroundSwitches } from './BackgroundSwitches'
import { BudgetDays } from './BudgetDays'
import { LoopChoice } from './LoopChoice'
import { NetworkSettings } from './NetworkSettings'
import { RetentionSettings } from './RetentionSettings'
import { SendKeyChoice } from './SendKeyChoice'
import { StopChoice } from './StopChoice'

interface SettingsPageProps {
  readonly leading?: ReactNode
  /** What the page was opened for: a switch, how long conversations are kept, or when many requests are asked about. */
  readonly at: keyof BackgroundView | 'retention' | 'loop' | null
  readonly onBudgetDays: (days: SettingsView['budgetDays']) => void
  /** How keys are kept, which another feature knows. */
  readonly keyProtection: ReactNode
  readonly onNetworkLog: () => void
  /** Once conversations are kept for another time. */
  readonly onRetention: () => void
  /** What is kept of everything, which another feature knows. */
  readonly data: ReactNode
}

/** What is set once, and holds everywhere. */
export function SettingsPage({
  leading,
  at,
  onBudgetDays,
  keyProtection,
  onNetworkLog,
  onRetention,
  data,
}: SettingsPageProps) {
  return (
    <Page title="Settings" leading={leading}>
      <Appearance />
      <RetentionSettings asked={at === 'retention'} onKept={onRetention} />
      <SendKeyChoice />
      <AskAboveChoice />
      <LoopChoice asked={at === 'loop'} />
      <StopChoice />
      <BudgetDays onKept={onBudgetDays} />
      {keyProtection}
      <BackgroundSwitches at={at === 'retention' || at === 'loop' ? null : at} />
      <NetworkSettings onLog={onNetworkLog} />
      {data}
    </Page>
  )
}
