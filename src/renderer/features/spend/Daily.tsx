import { useState } from 'react'
import { picoFromString } from '../../../core/money'
import type { ProviderId } from '../../../core/provider'
import { dayAfter, type SpendGrouping, type TimeStep } from '../../../core/spend-query'
import { costTitle } from '../../lib/cost-words'
import { providers } from '../../lib/providers'
import { Checkbox } from '../../ui/Checkbox'
import { ProviderTile } from '../../ui/ProviderTile'
import { TextButton } from '../../ui/TextButton'
import styles from './Daily.module.css'
import { DailyChart } from './DailyChart'
import { PartsTable } from './PartsTable'
import { daysFigure, dayTitle, doubtWords, runningTotals, stepsOf, stepWords, type SpendDay } from './spend-days'
import type { SpendDetail } from './spend-store'
import { partFigure, togetherOf } from './spend-words'
import { ViewToggle, type DailyView } from './ViewToggle'

const TITLES: Readonly<Record<TimeStep, string>> = { day: 'Daily', week: 'Weekly', month: 'Monthly' }
/** More colours than this nobody tells apart. */
const COLOURS = 6

interface DailyProps {
  readonly detail: SpendDetail
  readonly today: string
  /** The budget these days are held to; null where there is none for all of them. */
  readonly budget: string | null
  readonly onOpen: (by: SpendGrouping, key: string, name: string) => void
  readonly onProviders: () => void
}

/** The range step by step, and what each provider has of it. */
export function Daily({ detail, today, budget, onOpen, onProviders }: DailyProps) {
  const [view, setView] = useState<DailyView>('chart')
  const [running, setRunning] = useState(false)
  const [limited, setLimited] = useState(true)
  const [looked, setLooked] = useState<SpendDay | null>(null)
  const { report, providers: byProvider } = detail
  const { step, series, query } = report
  const order = byProvider.flatMap(({ provider }) => provider ?? [])
  const named = order.slice(0, COLOURS)
  // One alone has the colour of the rest to itself.
  const rest = order.length === COLOURS + 1 ? [] : order.slice(COLOURS)
  const days = stepsOf(query.range, step, series, order)
  const past = days.filter(({ key }) => key < dayAfter(today, 1))
  const doubts = doubtWords(days)
  // A line needs two ends.
  const isRunning = running && days.length > 1
  return (
    <section aria-labelledby="spend-daily">
      <div className={styles.head}>
        <h2 id="spend-daily" className={styles.title}>
          {TITLES[step]}
        </h2>
        <ViewToggle label={`${TITLES[step]} spend`} value={view} onChange={setView} />
      </div>
      {byProvider.length > 0 && (
        <ul className={styles.legend} aria-label="Providers">
          {(rest.length === 0 ? order : named).map((provider) => (
            <LegendItem
              key={provider}
              provider={provider}
              detail={detail}
              onOpen={() => onOpen('provider', provider, providers[provider].name)}
            />
          ))}
          {rest.length > 0 && (
            <li>
              <TextButton
                plain
                title={rest.map((provider) => providers[provider].name).join(', ')}
                onClick={onProviders}
              >
                {rest.length} others
              </TextButton>
              <span>{partFigure(togetherOf(byProvider.filter(({ provider }) => isAmong(rest, provider))))}</span>
            </li>
          )}
        </ul>
      )}
      {view === 'chart' || series.length === 0 ? (
        <>
          <DailyChart
            range={query.range}
            step={step}
            today={today}
            days={days}
            named={named}
            running={isRunning ? { totals: runningTotals(past), words: daysFigure(past) } : null}
            budget={budget === null || (isRunning && !limited) ? null : picoFromString(budget)}
            onOpen={({ key }) => onOpen(step, key, stepWords(step, key))}
            onLook={setLooked}
          />
          {series.length > 0 && (
            <div className={styles.lines}>
              {days.length > 1 && <Checkbox label="Running total" checked={running} onChange={setRunning} />}
              {isRunning && budget !== null && <Checkbox label="Budget" checked={limited} onChange={setLimited} />}
              {/* What the bar itself is called, for those who see it. */}
              <p className={styles.looked} aria-hidden="true">
                {looked !== null && dayTitle(looked, step)}
              </p>
            </div>
          )}
          {doubts !== '' && <p className={styles.doubts}>{doubts}</p>}
        </>
      ) : (
        <PartsTable
          label={`${TITLES[step]} spend`}
          head={`${step === 'day' ? 'Day' : step === 'week' ? 'Week' : 'Month'} and provider`}
          parts={series.map((part) => ({
            key: `${part.key} ${part.provider}`,
            name: `${stepWords(step, part.key)}, ${providers[part.provider].name}`,
            part,
          }))}
          onOpen={(both) => {
            const [key = ''] = both.split(' ')
            onOpen(step, key, stepWords(step, key))
          }}
        />
      )}
    </section>
  )
}

interface LegendItemProps {
  readonly provider: ProviderId
  readonly detail: SpendDetail
  readonly onOpen: () => void
}

function LegendItem({ provider, detail, onOpen }: LegendItemProps) {
  const group = detail.providers.find((part) => part.provider === provider)
  if (group === undefined) return null
  return (
    <li title={costTitle(group.spend)}>
      <ProviderTile provider={provider} />
      <TextButton plain onClick={onOpen}>
        {providers[provider].name}
      </TextButton>
      <span>{partFigure(group.spend)}</span>
    </li>
  )
}

function isAmong(some: readonly ProviderId[], provider: ProviderId | null): boolean {
  return provider !== null && some.includes(provider)
}
