import type { CallId } from '../../core/ids'
import { localDay, monthOf } from '../../core/period'
import {
  COST_CLASSES,
  daysIn,
  isRange,
  stepFor,
  stepOf,
  type SpendFilter,
  type SpendQuery,
  type SpendRange,
} from '../../core/spend-query'
import type { Result } from '../../shared/ipc/transport'
import type {
  CallDetailView,
  CallsView,
  SpendClassView,
  SpendCountView,
  SpendExportView,
  SpendPageView,
  SpendPartView,
  SpendReportView,
  SpendStepView,
} from '../../shared/ipc/spend-views'
import type { Catalog } from '../catalog/catalog'
import type { Log } from '../log'
import type { Clock } from '../ports'
import { addUp, classOf, type SpendSum } from '../storage/spend-calls'
import type { Storage } from '../storage/storage'
import { callViews } from './call-views'
import type { ForecastService } from './forecast-service'
import { done, refused } from './result'
import { exportCalls, exportGroups } from './spend-export'
import { COLUMNS, groupsOf, groupViewer, type SpendGroup } from './spend-groups'
import { costView } from './views'

/** Groups shown at most. */
const MOST_GROUPS = 500
/** Calls shown at a time. */
const PAGE = 100

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly clock: Clock
  readonly log: Log
  readonly forecasts: ForecastService
}

/** What calls have cost: added up in any way, one by one, and as a file. Asking for it sends nothing. */
export function createSpendReportService({ storage, catalog, clock, log, forecasts }: Needs) {
  const { callList, detailView } = callViews({ storage, catalog })

  /** One at a time. */
  let preparing: Promise<void> = Promise.resolve()

  /**
   * Puts the sums of past months together where they are missing, a few thousand calls at a time, so that what is asked
   * next is read from few rows. Nothing is told from here: a call that is booked in between is in what is read then.
   */
  function prepare(range: SpendRange): Promise<void> {
    preparing = preparing.then(() => sumUp(range))
    return preparing
  }

  async function sumUp(range: SpendRange): Promise<void> {
    const now = clock.now()
    const current = monthOf(localDay(now, clock.offsetMinutes(now)))
    try {
      for (const month of storage.isOpen() ? storage.spendSums.missing(range, current) : []) {
        for (const steps = storage.spendSums.put(month); ;) {
          await new Promise(setImmediate)
          if (!storage.isOpen()) return
          if (steps.next().done === true) break
        }
      }
    } catch (error) {
      // Without them it takes longer, and says the same.
      log.error('putting sums together', error)
    }
  }

  const sumsOf = ({ range, filter, by }: SpendQuery): SpendSum[] => {
    const step = stepFor(daysIn(range) ?? 0)
    // As coarse as both the time axis and the groups allow.
    const time = by === 'day' || by === 'week' || (by === 'month' && step !== 'month') ? 'day' : step
    const its = by === 'model' || by === 'key' ? ([by] as const) : []
    return storage.spendCalls.sums(range, filter, [time, 'provider', 'purpose', 'state', 'doubt', ...its])
  }
  const conversationsOf = ({ range, filter }: SpendQuery): SpendSum[] =>
    storage.spendCalls.sums(range, filter, COLUMNS.conversation)

  /** Everything in it is read without a pause, so all of it is of one moment. */
  function reportOf(query: SpendQuery, sums: readonly SpendSum[], groups: readonly SpendGroup[]): SpendReportView {
    const { range, by } = query
    const view = groupViewer({ storage, catalog }, by)
    const left = groups.slice(MOST_GROUPS)
    const { calls, messages, inFlight, ...total } = addUp(sums)
    const step = stepFor(daysIn(range) ?? 0)
    const purposes = groupViewer({ storage, catalog }, 'purpose')
    return {
      query,
      total: costView(total),
      callCount: calls,
      messages,
      inFlight,
      classes: classesOf(sums),
      groups: groups.slice(0, MOST_GROUPS).map(view),
      more: left.length === 0 ? null : { groupCount: left.length, ...countOf(left.flatMap((group) => group.sums)) },
      step,
      series: seriesOf(step, sums),
      background: groupsOf(
        'purpose',
        sums.filter(({ purpose }) => purpose !== 'answer'),
      ).map(purposes),
      failed: countOf(sums.filter(({ state }) => state === 'failed')),
      stopped: countOf(sums.filter(({ state }) => state === 'stopped')),
      cacheSaved: savedBy(sums),
    }
  }

  const shownGroups = (by: SpendQuery['by'], groups: readonly SpendGroup[]): SpendPartView[] =>
    groups.slice(0, MOST_GROUPS).map(groupViewer({ storage, catalog }, by))

  const pageOf = (range: SpendRange, filter: SpendFilter, before: CallId | null): CallsView | null => {
    // One more than is shown tells whether there are more.
    const found = storage.spendCalls.page(range, filter, before, PAGE + 1)
    if (found === null) return null
    const calls = callList(found.slice(0, PAGE))
    return { calls, next: found.length > PAGE ? (calls.at(-1)?.id ?? null) : null }
  }

  return {
    prepare,

    async report({ query }: { query: SpendQuery }): Promise<Result<SpendReportView>> {
      if (!isRange(query.range)) return refused('bad_request', 'query')
      await prepare(query.range)
      if (!storage.isOpen()) return refused('shutting_down')
      const sums = sumsOf(query)
      const { by } = query
      return done(reportOf(query, sums, groupsOf(by, by === 'conversation' ? conversationsOf(query) : sums)))
    },

    /** What the Spend page shows of a range, all of one moment. */
    async page({ query }: { query: SpendQuery }): Promise<Result<SpendPageView>> {
      const { range, filter, by } = query
      if (!isRange(range)) return refused('bad_request', 'query')
      await prepare(range)
      if (!storage.isOpen()) return refused('shutting_down')
      const sums = sumsOf(query)
      const conversations = groupsOf('conversation', conversationsOf(query))
      const calls = pageOf(range, filter, null)
      return done({
        report: reportOf(query, sums, by === 'conversation' ? conversations : groupsOf(by, sums)),
        providers: shownGroups('provider', groupsOf('provider', sums)),
        conversations: shownGroups('conversation', conversations),
        forecast: forecasts.current(),
        calls: calls?.calls ?? [],
        next: calls?.next ?? null,
      })
    },

    calls(input: { range: SpendRange; filter: SpendFilter; before: CallId | null }): Result<CallsView> {
      if (!isRange(input.range)) return refused('bad_request', 'range')
      const page = pageOf(input.range, input.filter, input.before)
      return page === null ? refused('not_found', 'before') : done(page)
    },

    call({ callId }: { callId: CallId }): Result<CallDetailView> {
      const call = storage.calls.get(callId)
      return call === undefined ? refused('not_found', 'callId') : done(detailView(call))
    },

    async export(input: {
      query: SpendQuery
      what: 'groups' | 'calls'
      format: 'csv' | 'json'
      after: CallId | null
    }): Promise<Result<SpendExportView>> {
      const { query, what, format, after } = input
      if (!isRange(query.range)) return refused('bad_request', 'query')
      if (what === 'groups') {
        await prepare(query.range)
        if (!storage.isOpen()) return refused('shutting_down')
        return done(exportGroups({ storage, catalog }, query, format))
      }
      const piece = exportCalls({ storage, catalog }, query, format, after)
      return piece === null ? refused('not_found', 'after') : done(piece)
    },
  }
}

/** What can be asked of it. */
export type SpendReportService = ReturnType<typeof createSpendReportService>

function countOf(sums: readonly SpendSum[]): SpendCountView {
  const { calls, ...cost } = addUp(sums)
  return { callCount: calls, spend: costView(cost) }
}

function classesOf(sums: readonly SpendSum[]): SpendClassView[] {
  const classes = Map.groupBy(sums, ({ doubt }) => classOf(doubt))
  return COST_CLASSES.flatMap((costClass) => {
    const its = classes.get(costClass)
    if (its === undefined) return []
    const { atLeast, upper } = addUp(its)
    const atStake = costClass === 'unpriced' ? null : ((upper ?? atLeast) - atLeast).toString()
    return [{ costClass, ...countOf(its), atStake }]
  })
}

function seriesOf(step: SpendReportView['step'], sums: readonly SpendSum[]): SpendStepView[] {
  const cells = Map.groupBy(sums, ({ day, provider }) => `${stepOf(step, day)} ${provider}`)
  return [...cells]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, its]) => {
      const [first] = its
      if (first === undefined || first.provider === null) return []
      return [{ key: stepOf(step, first.day), provider: first.provider, ...countOf(its) }]
    })
}

function savedBy(sums: readonly SpendSum[]): string | null {
  const saying = sums.filter(({ saving }) => saving > 0)
  return saying.length === 0 ? null : saying.reduce((sum, { saved }) => sum + saved, 0n).toString()
}
