import { useEffect, type ReactNode } from 'react'
import type { ConversationId } from '../../../core/ids'
import type { BackgroundView } from '../../../shared/ipc/views'
import { costTitle, sumFigure } from '../../lib/cost-words'
import { formatCounted, formatMonthName } from '../../lib/format'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Background } from './Background'
import { Breakdown } from './Breakdown'
import type { Pricing } from './CallCost'
import { CallsTable } from './CallsTable'
import { Daily } from './Daily'
import { LedgerCheck } from './LedgerCheck'
import styles from './SpendPage.module.css'
import { useSpend } from './spend-store'
import { cachingWords, certaintyWords } from './spend-words'

interface SpendPageProps {
  readonly leading?: ReactNode
  readonly modelName: (id: string) => string
  readonly onOpenConversation: (id: ConversationId) => void
  readonly pricing: Pricing
  /** Stands under the headline. */
  readonly budgets: ReactNode
  /** Leads to the switch of what left by itself. */
  readonly onSetting: (setting: keyof BackgroundView) => void
}

/** What this month has cost: one number, how sure it is, where it went, and the calls it is made of. */
export function SpendPage({ leading, modelName, onOpenConversation, pricing, budgets, onSetting }: SpendPageProps) {
  const month = useSpend((state) => state.month)
  const detail = useSpend((state) => state.detail)
  const error = useSpend((state) => state.error)
  const load = useSpend((state) => state.load)
  const leave = useSpend((state) => state.leave)
  useEffect(() => {
    void load()
    return leave
  }, [load, leave])

  return (
    <Page title="Spend" leading={leading}>
      {error !== null && (
        <Notice
          kind="danger"
          title="The calls could not be read."
          actions={<Button onClick={() => void load()}>Try again</Button>}
        >
          {requestWords(error)}
        </Notice>
      )}
      {month !== null && (
        <section className={styles.headline} aria-label="This month">
          <p className={styles.money} title={costTitle(month.spend)}>
            {sumFigure(month.spend)}
          </p>
          <p className={styles.under}>
            {month.callCount === 0
              ? `Nothing spent in ${formatMonthName(month.month)} yet`
              : `${formatMonthName(month.month)}, ${formatCounted(month.callCount, 'call', 'calls')}`}
          </p>
          {detail !== null && <p className={styles.under}>{certaintyWords(month, detail.calls)}</p>}
          {detail !== null && <p className={styles.under}>{cachingWords(detail.cacheSaved)}</p>}
          <LedgerCheck calls={detail?.calls ?? []} />
        </section>
      )}
      {budgets}
      {month !== null && detail !== null && (
        <div className={styles.columns}>
          <Daily month={month} spend={detail} />
          <Breakdown
            className={styles.models}
            id="spend-models"
            title="By model"
            groups={detail.byModel}
            empty="Each model you use gets a line here, from the first answer on."
          />
          {detail.byProvider.length > 1 && (
            <Breakdown id="spend-providers" title="By provider" groups={detail.byProvider} />
          )}
          <Background groups={detail.background} onSetting={onSetting} />
        </div>
      )}
      {detail !== null && detail.calls.length > 0 && (
        <CallsTable
          calls={detail.calls}
          modelName={modelName}
          onOpenConversation={onOpenConversation}
          pricing={pricing}
        />
      )}
    </Page>
  )
}
