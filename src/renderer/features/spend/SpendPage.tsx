import { useEffect, type ReactNode } from 'react'
import type { ConversationId } from '../../../core/ids'
import type { BackgroundView } from '../../../shared/ipc/views'
import { unlessComposing } from '../../lib/ime'
import { requestWords } from '../../lib/request-words'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Background } from './Background'
import { Breakdown } from './Breakdown'
import type { Pricing } from './CallCost'
import { CallDialog } from './CallDialog'
import { CallsTable } from './CallsTable'
import { Crumbs } from './Crumbs'
import { Daily } from './Daily'
import { Headline } from './Headline'
import type { MonthBudget } from './MonthTotal'
import styles from './SpendPage.module.css'
import { endedWords, groupingWords, meanWords, moreWords } from './spend-report-words'
import { useSpend } from './spend-store'
import { drilled, filtered, groupedBy, placeOf, rangeOf, type SpendPlace } from './spend-view'
import { cachingWords } from './spend-words'
import { ViewTools } from './ViewTools'

interface SpendPageProps {
  readonly leading?: ReactNode
  /** What is looked at first; null for this month. */
  readonly show: SpendPlace | null
  readonly modelName: (id: string) => string
  readonly onOpenConversation: (id: ConversationId) => void
  readonly pricing: Pricing
  /** What the month is held to; null without a limit for everything. */
  readonly budget: MonthBudget | null
  /** Stands under the headline. */
  readonly budgets: ReactNode
  /** Leads to the switch of what left by itself. */
  readonly onSetting: (setting: keyof BackgroundView) => void
}

/** What was spent: one number, how sure it is, where it went, and the calls it is made of. */
export function SpendPage(props: SpendPageProps) {
  const { leading, show, modelName, onOpenConversation, pricing, budget, budgets, onSetting } = props
  const { place, past, detail, call, error, go, back, load, loadMore, openCall, closeCall, leave } = useSpend()
  const { day } = useToday()
  const today = day
  useEffect(() => {
    go(show ?? placeOf('month', rangeOf('month', today)))
    return leave
    // A day that begins while the page is open moves nobody away from what is looked at.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [go, leave])
  useEffect(() => {
    const press = unlessComposing((event: KeyboardEvent) => {
      if (event.key !== 'ArrowLeft' || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (event.target instanceof Element && event.target.closest('[role=dialog], [role=menu]') !== null) return
      event.preventDefault()
      back()
    })
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [back])

  const shown = detail?.place ?? null
  const top = shown !== null && shown.parent === null
  const isMonth = top && shown.preset === 'month'
  const by = shown?.query.by ?? 'model'
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
      {place !== null && <Crumbs place={place} canBack={past.length > 0} onBack={back} onGo={go} />}
      {detail !== null && <Headline detail={detail} budget={budget} onOpen={go} />}
      {(place === null || (place.parent === null && place.preset === 'month')) && budgets}
      {place !== null && <ViewTools place={place} onGo={go} />}
      {shown !== null && detail !== null && (
        <div className={styles.columns}>
          <Daily
            detail={detail}
            today={today}
            budget={isMonth ? (budget?.limitPico ?? null) : null}
            onOpen={(step, key, name) => go(drilled(shown, step, key, name))}
            onProviders={() => go(groupedBy(shown, 'provider'))}
          />
          <Breakdown
            className={styles.models}
            id="spend-parts"
            title={groupingWords(by)}
            by={by}
            groups={detail.report.groups}
            empty="Each part gets a line here, from the first answer on."
            more={detail.report.more === null ? '' : moreWords(detail.report.more)}
            onOpen={(key, name) => go(drilled(shown, by, key, name))}
          />
          {by !== 'conversation' && detail.conversations.length > 0 && (
            <Breakdown
              id="spend-conversations"
              title="Top conversations"
              by="conversation"
              groups={detail.conversations}
              empty=""
              more=""
              onOpen={(key, name) => go(drilled(shown, 'conversation', key, name))}
            />
          )}
          <Background
            groups={detail.report.background}
            when={isMonth ? 'this month' : 'in these days'}
            onOpen={(key, name) => go(drilled(shown, 'purpose', key, name))}
            onSetting={onSetting}
          />
          <div className={styles.small}>
            {detail.report.failed.callCount > 0 && (
              <button type="button" onClick={() => go(filtered(shown, { outcome: 'failed' }, 'Failed'))}>
                {endedWords(detail.report.failed, 'failed call', 'failed calls')}
              </button>
            )}
            {detail.report.stopped.callCount > 0 && (
              <button type="button" onClick={() => go(filtered(shown, { outcome: 'stopped' }, 'Stopped'))}>
                {endedWords(detail.report.stopped, 'stopped call', 'stopped calls')}
              </button>
            )}
            <p>{cachingWords(detail.report.cacheSaved)}</p>
            <p>{meanWords(detail.report)}</p>
          </div>
        </div>
      )}
      {detail !== null && detail.calls.length > 0 && (
        <CallsTable
          calls={detail.calls}
          modelName={modelName}
          onOpenConversation={onOpenConversation}
          onOpenCall={(id) => void openCall(id)}
          pricing={pricing}
        />
      )}
      {detail !== null && detail.next !== null && (
        <Button className={styles.more} onClick={() => void loadMore()}>
          Show older calls
        </Button>
      )}
      <CallDialog
        call={call}
        onClose={closeCall}
        onMessage={({ conversationId }) => {
          closeCall()
          onOpenConversation(conversationId)
        }}
      />
    </Page>
  )
}
