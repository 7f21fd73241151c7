import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import type { CallId, ConversationId, MessageId } from '../../../core/ids'
import type { RequestInput } from '../../../shared/ipc/transport'
import type { BackgroundView } from '../../../shared/ipc/views'
import { requestWords } from '../../lib/request-words'
import { useBackKey } from '../../lib/use-back-key'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import type { Pricing } from './CallCost'
import { CallDialog } from './CallDialog'
import { CallsTable } from './CallsTable'
import { Crumbs } from './Crumbs'
import { CustomDays } from './CustomDays'
import { Headline } from './Headline'
import type { MonthBudget } from './MonthTotal'
import { SpendParts } from './SpendParts'
import styles from './SpendPage.module.css'
import { useSpend } from './spend-store'
import { placeOf, rangeOf, type SpendPlace } from './spend-view'
import { usePlaceScroll } from './use-place-scroll'
import { ViewTools } from './ViewTools'

interface SpendPageProps {
  readonly leading?: ReactNode
  /** What is looked at first; null for this month. */
  readonly show: SpendPlace | null
  readonly modelName: (id: string) => string
  /** Leads to a message, or with null to a conversation as it is; the page may be come back to. */
  readonly onOpenConversation: (id: ConversationId, messageId: MessageId | null) => void
  readonly onPrice: (priceId: string) => void
  readonly pricing: Pricing
  /** What the month is held to; null without a limit for everything. */
  readonly budget: MonthBudget | null
  /** All limits, and where they are set. */
  readonly budgets: ReactNode
  /** Leads to the switch of what left by itself. */
  readonly onSetting: (setting: keyof BackgroundView) => void
  /** Saves a view as a file. */
  readonly onSave: (input: RequestInput<'spend.save'>) => void
}

/** What was spent: one number, how sure it is, where it went, and the calls it is made of. */
export function SpendPage(props: SpendPageProps) {
  const { leading, show, modelName, onOpenConversation, onPrice, pricing, budget, budgets, onSetting, onSave } = props
  const { place, past, detail, call, error, load, loadMore, openCall, closeCall } = useSpend()
  const { day: today } = useToday()
  const { body, leave } = useReturn()
  const headline = useRef<HTMLElement>(null)
  const { note } = usePlaceScroll(detail?.place ?? null, body, headline)
  const go = (to: SpendPlace) => {
    note()
    useSpend.getState().go(to)
  }
  const back = useCallback(() => useSpend.getState().back(), [])
  const opener = useRef<Element | null>(null)
  const [led, setLed] = useState(0)
  const begun = useRef(false)
  useEffect(() => {
    const { begin, pause, resume } = useSpend.getState()
    if (begun.current) resume()
    else begin(show ?? placeOf('month', rangeOf('month', today)))
    begun.current = true
    return pause
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- A day that begins while the page is open moves nobody away.
  }, [])
  useBackKey(back)

  function lookInto(id: CallId): void {
    opener.current = document.activeElement
    void openCall(id)
  }

  function lead(id: ConversationId, messageId: MessageId | null): void {
    leave(call === null ? document.activeElement : opener.current)
    closeCall()
    // Out of sight it could not close, and would be seen closing on the way back.
    setLed((count) => count + 1)
    onOpenConversation(id, messageId)
  }

  const isTop = place === null || place.parent === null
  return (
    <Page
      title="Spend"
      leading={leading}
      bodyRef={body}
      actions={place !== null && <ViewTools place={place} onGo={go} onSave={onSave} />}
    >
      {error !== null && (
        <Notice
          kind="danger"
          title="The calls could not be read."
          actions={<Button onClick={() => void load()}>Try again</Button>}
        >
          {requestWords(error)}
        </Notice>
      )}
      {place !== null && place.preset === 'custom' && isTop && (
        // Begun anew with every range, so that what was typed and not asked is not taken for it.
        <CustomDays key={`${place.query.range.from} ${place.query.range.to}`} place={place} onGo={go} />
      )}
      {place !== null && <Crumbs place={place} canBack={past.length > 0} onBack={back} onGo={go} />}
      {detail !== null && <Headline ref={headline} detail={detail} budget={budget} onOpen={go} />}
      {detail !== null && <SpendParts detail={detail} today={today} budget={budget} onGo={go} onSetting={onSetting} />}
      {isTop && budgets}
      {detail !== null && detail.calls.length > 0 && (
        <CallsTable
          calls={detail.calls}
          modelName={modelName}
          onOpenConversation={(id) => lead(id, null)}
          onOpenCall={lookInto}
          pricing={pricing}
        />
      )}
      {detail !== null && detail.next !== null && (
        <Button className={styles.more} onClick={() => void loadMore()}>
          Show older calls
        </Button>
      )}
      <CallDialog
        key={led}
        call={call}
        onClose={closeCall}
        onMessage={lead}
        onPrice={(id) => {
          closeCall()
          onPrice(id)
        }}
      />
    </Page>
  )
}

/** Back on the page its reader is where they left it: as far down, and with the focus on what they left by. */
function useReturn() {
  const body = useRef<HTMLDivElement>(null)
  const left = useRef<{ readonly top: number; readonly by: Element | null } | null>(null)
  useLayoutEffect(() => {
    const { current: kept } = left
    left.current = null
    if (kept === null || body.current === null) return
    body.current.scrollTop = kept.top
    if (kept.by instanceof HTMLElement) kept.by.focus({ preventScroll: true })
  }, [])
  return {
    body,
    leave: (by: Element | null) => {
      left.current = { top: body.current?.scrollTop ?? 0, by }
    },
  }
}
