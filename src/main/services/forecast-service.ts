import { forecast, FORECAST_DAYS } from '../../core/forecast'
import { localDay, monthOf } from '../../core/period'
import { dayAfter, daysIn, lastDayOf } from '../../core/spend-query'
import type { Result } from '../../shared/ipc/transport'
import type { ForecastView } from '../../shared/ipc/spend-views'
import type { Clock } from '../ports'
import { addUp } from '../storage/spend-calls'
import type { Storage } from '../storage/storage'
import { done } from './result'
import { costView } from './views'

interface Needs {
  readonly storage: Storage
  readonly clock: Clock
}

/** Between what the current local calendar month will probably end, from what days before have cost. */
export function createForecastService({ storage, clock }: Needs) {
  return {
    forecast(): Result<ForecastView> {
      const now = clock.now()
      const today = localDay(now, clock.offsetMinutes(now))
      const [first, last] = [`${monthOf(today)}-01`, lastDayOf(today)]
      const spent = addUp(storage.spendCalls.sums({ from: first, to: today }, {}, ['doubt']))
      const unpriced = storage.spendCalls.sums({ from: first, to: today }, { costClass: 'unpriced' }, [])
      const daysLeft = (daysIn({ from: today, to: last }) ?? 1) - 1
      const { days, ofToday } = before(today)
      const range = forecast({
        days,
        today: ofToday,
        spent: spent.atLeast,
        dayOfMonth: Number(today.slice(8)),
        daysLeft,
      })
      return done({
        month: monthOf(today),
        today,
        lastDay: last,
        daysLeft,
        spent: costView(spent),
        range: range && { least: range.least.toString(), most: range.most.toString() },
        unpricedCalls: addUp(unpriced).calls,
        inFlight: spent.inFlight,
      })
    },
  }

  /** What days have cost, from the first that anything was asked on. */
  function before(today: string): { days: bigint[]; ofToday: bigint } {
    const sums = storage.spendCalls.sums({ from: dayAfter(today, -FORECAST_DAYS), to: today }, {}, ['day'])
    const costs = new Map(sums.map(({ day, pico }) => [day, pico]))
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
