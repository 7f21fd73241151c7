import type { CallId } from '../../core/ids'
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
  SpendReportView,
  SpendStepView,
} from '../../shared/ipc/spend-views'
import type { Catalog } from '../catalog/catalog'
import { addUp, classOf, type SpendSum } from '../storage/spend-calls'
import type { Storage } from '../storage/storage'
import { callViews } from './call-views'
import { done, refused } from './result'
import { exportCalls, exportGroups } from './spend-export'
import { COLUMNS, groupsOf, groupViewer } from './spend-groups'
import { costView } from './views'

/** Groups shown at most. */
const MOST_GROUPS = 500
/** Calls shown at a time. */
const PAGE = 100

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
}

/** What calls have cost: added up in any way, one by one, and as a file. Asking for it sends nothing. */
export function createSpendReportService({ storage, catalog }: Needs) {
  const { callView, detailView } = callViews({ storage, catalog })

  return {
    report({ query }: { query: SpendQuery }): Result<SpendReportView> {
      const { range, filter, by } = query
      if (!isRange(range)) return refused('bad_request', 'query')
      // Nothing else runs between the two, so both are of one moment.
      const sums = storage.spendCalls.sums(range, filter, ['day', 'provider', 'purpose', 'state', 'doubt'])
      const groups = groupsOf(by, isAmong(by) ? sums : storage.spendCalls.sums(range, filter, COLUMNS[by]))
      const view = groupViewer({ storage, catalog }, by)
      const left = groups.slice(MOST_GROUPS)
      const { calls, messages, inFlight, ...total } = addUp(sums)
      const step = stepFor(daysIn(range) ?? 0)
      const purposes = groupViewer({ storage, catalog }, 'purpose')
      return done({
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
      })
    },

    calls(input: { range: SpendRange; filter: SpendFilter; before: CallId | null }): Result<CallsView> {
      if (!isRange(input.range)) return refused('bad_request', 'range')
      // One more than is shown tells whether there are more.
      const ids = storage.spendCalls.page(input.range, input.filter, input.before, PAGE + 1)
      if (ids === null) return refused('not_found', 'before')
      const calls = ids.slice(0, PAGE).flatMap((id) => storage.calls.get(id) ?? [])
      return done({ calls: calls.map(callView), next: ids.length > PAGE ? (calls.at(-1)?.id ?? null) : null })
    },

    call({ callId }: { callId: CallId }): Result<CallDetailView> {
      const call = storage.calls.get(callId)
      return call === undefined ? refused('not_found', 'callId') : done(detailView(call))
    },

    export(input: {
      query: SpendQuery
      what: 'groups' | 'calls'
      format: 'csv' | 'json'
      after: CallId | null
    }): Result<SpendExportView> {
      const { query, what, format, after } = input
      if (!isRange(query.range)) return refused('bad_request', 'query')
      if (what === 'groups') return done(exportGroups({ storage, catalog }, query, format))
      const piece = exportCalls({ storage, catalog }, query, format, after)
      return piece === null ? refused('not_found', 'after') : done(piece)
    },
  }
}

/** What can be asked of it. */
export type SpendReportService = ReturnType<typeof createSpendReportService>

/** Whether groups can be put together from the sums of the whole report. */
function isAmong(by: SpendQuery['by']): boolean {
  return by !== 'model' && by !== 'key' && by !== 'conversation'
}

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
