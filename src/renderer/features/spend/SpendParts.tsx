import type { BackgroundView } from '../../../shared/ipc/views'
import { TextButton } from '../../ui/TextButton'
import { Background } from './Background'
import { Breakdown } from './Breakdown'
import { Daily } from './Daily'
import { LedgerCheck } from './LedgerCheck'
import type { MonthBudget } from './MonthTotal'
import styles from './SpendParts.module.css'
import { endedWords, groupingWords, meanWords, moreWords } from './spend-report-words'
import type { SpendDetail } from './spend-store'
import { drilled, filtered, groupedBy, isWholeMonth, type SpendPlace } from './spend-view'
import { cachingWords } from './spend-words'

interface SpendPartsProps {
  readonly detail: SpendDetail
  readonly today: string
  readonly budget: MonthBudget | null
  readonly onGo: (place: SpendPlace) => void
  readonly onSetting: (setting: keyof BackgroundView) => void
}

/** Where it went: by day, by what was chosen, by conversation, and what nobody sent by hand. */
export function SpendParts({ detail, today, budget, onGo, onSetting }: SpendPartsProps) {
  const { place, report, conversations, calls } = detail
  const { by } = place.query
  const isMonth = isWholeMonth(place)
  return (
    <div className={styles.columns}>
      <Daily
        detail={detail}
        today={today}
        budget={isMonth ? (budget?.limitPico ?? null) : null}
        onOpen={(step, key, name) => onGo(drilled(place, step, key, name))}
        onProviders={() => onGo(groupedBy(place, 'provider'))}
      />
      <div className={styles.aside}>
        <Breakdown
          id="spend-parts"
          title={groupingWords(by)}
          by={by}
          groups={report.groups}
          empty="Each part gets a line here, from the first answer on."
          more={report.more === null ? '' : moreWords(report.more)}
          onOpen={(key, name) => onGo(drilled(place, by, key, name))}
        />
        <Background
          groups={report.background}
          when={isMonth ? 'this month' : 'in these days'}
          onOpen={(key, name) => onGo(drilled(place, 'purpose', key, name))}
          onSetting={onSetting}
        />
        <div className={styles.small}>
          {report.failed.callCount > 0 && (
            <TextButton onClick={() => onGo(filtered(place, { outcome: 'failed' }, 'Failed'))}>
              {endedWords(report.failed, 'failed call', 'failed calls')}
            </TextButton>
          )}
          {report.stopped.callCount > 0 && (
            <TextButton onClick={() => onGo(filtered(place, { outcome: 'stopped' }, 'Stopped'))}>
              {endedWords(report.stopped, 'stopped call', 'stopped calls')}
            </TextButton>
          )}
          <p>{cachingWords(report.cacheSaved)}</p>
          <p>{meanWords(report)}</p>
          <div className={styles.check}>
            <LedgerCheck calls={calls} />
          </div>
        </div>
      </div>
      {by !== 'conversation' && place.query.filter.conversationId === undefined && conversations.length > 0 && (
        <Breakdown
          id="spend-conversations"
          title="Top conversations"
          by="conversation"
          groups={conversations}
          first="table"
          empty=""
          more=""
          onOpen={(key, name) => onGo(drilled(place, 'conversation', key, name))}
        />
      )}
    </div>
  )
}
