import { forecast, FORECAST_DAYS } from '../../core/forecast'
import { localDay, monthOf } from '../../core/period'
import { dayAfter, daysIn, lastDayOf } from '../../core/spend-query'
import type { Result } from '../../shared/ipc/transport'
import type { ForecastView } from '../../shared/ipc/spend-views'
import type { Clock } from '../ports'
import { addUp, classOf, type SpendSum } from '../storage/spend-calls'
import type { Storage } from '../storage/storage'
import { done } from './result'
import { costView } from './views'

interface Needs {
  readonly storage: Storage
  readonly clock: Clock
}

/** Between what the current local calendar month will probably end, from what days before have cost. */
export function createForecastService({ storage, clock }: Needs) {
  function current(): ForecastView {
    const now = clock.now()
    const today = localDay(now, clock.offsetMinutes(now))
    const [first, last] = [`${monthOf(today)}-01`, lastDayOf(today)]
    // A month is shorter than what it is judged by.
    const sums = storage.spendCalls.sums({ from: dayAfter(today, -FORECAST_DAYS), to: today }, {}, ['day', 'doubt'])
    const ofMonth = sums.filter(({ day }) => day >= first)
    const spent = addUp(ofMonth)
    const unpriced = ofMonth.filter(({ doubt }) => classOf(doubt) === 'unpriced')
    const daysLeft = (daysIn({ from: today, to: last }) ?? 1) - 1
    const { days, ofToday } = before(today, sums)
    const range = forecast({
      days,
      today: ofToday,
      spent: spent.atLeast,
      dayOfMonth: Number(today.slice(8)),
      daysLeft,
    })
    return {
      month: monthOf(today),
      today,
      lastDay: last,
      daysLeft,
      spent: costView(spent),
      range: range && { least: range.least.toString(), most: range.most.toString() },
      unpricedCalls: addUp(unpriced).calls,
      inFlight: spent.inFlight,
    }
  }

  return {
    current,
    forecast: (): Result<ForecastView> => done(current()),
  }

  /** What days have cost, from the first that anything was asked on. */
  function before(today: string, sums: readonly SpendSum[]): { days: bigint[]; ofToday: bigint } {
    const costs = new Map<string, bigint>()
    for (const { day, pico } of sums) costs.set(day, (costs.get(day) ?? 0n) + pico)
    const began = storage.spendCalls.firstDay() ?? today
    const days = Array.from({ length: FORECAST_DAYS }, (_, index) => dayAfter(today, index - FORECAST_DAYS))
    return {
      days: days.filter((day) => day >= began).map((day) => costs.get(day) ?? 0n),
      ofToday: costs.get(today) ?? 0n,
    }
  }
}

/** What can be asked of it. */
export type ForecastService = ReturnType<typeof createForecastService>
