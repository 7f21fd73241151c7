import type { SpendReportView } from '../../../src/shared/ipc/spend-views'
import { costOfCalls, type TrueCall, type Truth } from './rows'
import { callsMeant, type Asked } from './meant'

// A whole report, from the calls that are meant.

/** The step of a time axis a day lies in, found by walking back to a Monday. */
export function stepOf(step: string, day: string): string {
  if (step === 'day') return day
  if (step === 'month') return day.slice(0, 7)
  const at = new Date(`${day}T12:00:00Z`)
  while (at.getUTCDay() !== 1) at.setUTCDate(at.getUTCDate() - 1)
  return at.toISOString().slice(0, 10)
}

export function groupKeyOf(by: string, call: TrueCall): string {
  const { row } = call
  if (by === 'day' || by === 'week' || by === 'month') return stepOf(by, String(row['local_day']))
  if (by === 'provider') return String(row['provider'])
  if (by === 'model') return String(row['model_requested'])
  if (by === 'key') return call.key
  if (by === 'conversation') return call.conversation
  return call.kind
}

interface TrueGroup {
  readonly key: string
  readonly provider: string | null
  readonly calls: readonly TrueCall[]
}

const STEPS = ['day', 'week', 'month']
const counted = (calls: readonly TrueCall[]) => ({ callCount: calls.length, spend: costOfCalls(calls) })
const answersIn = (calls: readonly TrueCall[]) => calls.filter(({ kind }) => kind === 'answer').length

/** Dearest first, then those with more calls, then by name; steps in order of time. */
export function groupsOf(by: string, calls: readonly TrueCall[]): TrueGroup[] {
  const groups = new Map<string, TrueCall[]>()
  for (const call of calls) {
    const key = groupKeyOf(by, call)
    const place = by === 'model' ? `${key} ${String(call.row['provider'])}` : key
    const its = groups.get(place)
    if (its === undefined) groups.set(place, [call])
    else its.push(call)
  }
  const places = [...groups.keys()].toSorted()
  const cost = (place: string) => BigInt(costOfCalls(groups.get(place) ?? []).atLeast)
  const costs = new Map(places.map((place) => [place, cost(place)]))
  if (!STEPS.includes(by)) {
    places.sort((a, b) => {
      const [mine, other] = [costs.get(a) ?? 0n, costs.get(b) ?? 0n]
      if (mine !== other) return mine > other ? -1 : 1
      return (groups.get(b)?.length ?? 0) - (groups.get(a)?.length ?? 0)
    })
  }
  return places.map((place) => {
    const its = groups.get(place) ?? []
    const providers = new Set(its.map(({ row }) => String(row['provider'])))
    const [first] = its
    const [provider] = providers
    return {
      key: first === undefined ? '' : groupKeyOf(by, first),
      provider: providers.size === 1 ? (provider ?? null) : null,
      calls: its,
    }
  })
}

/** A group as it is shown; its name where that is no word of ours. */
function shown(truth: Truth, by: string, { key, provider, calls }: TrueGroup, nameOf: (key: string) => string | null) {
  let lastMs = 0
  for (const { row } of calls) lastMs = Math.max(lastMs, Number(row['started_ms']))
  const name = by === 'conversation' || by === 'key' ? nameIn(truth, by, key, calls) : nameOf(`${key} ${provider}`)
  return { key, name, provider, ...counted(calls), messages: answersIn(calls), lastMs }
}

function nameIn(truth: Truth, by: string, key: string, calls: readonly TrueCall[]): string | null {
  if (by === 'conversation') return truth.titles.get(key) ?? null
  if (key === 'none') return null
  let last: TrueCall | undefined
  for (const call of calls) {
    if (last === undefined || (call.row['seq'] as bigint) > (last.row['seq'] as bigint)) last = call
  }
  const connection = String(last?.row['connection_id'])
  return truth.keyLabels.get(key) ?? truth.connectionLabels.get(connection) ?? String(last?.row['connection_label'])
}

/** What a report must say. Names of models and providers are ours, and are taken from it. */
export function reportOf(truth: Truth, asked: Asked & { readonly by: string }, said: SpendReportView): unknown {
  const calls = callsMeant(truth, asked)
  const are = (test: (call: TrueCall) => boolean) => calls.filter(test)
  const classes = ['unpriced', 'uncertain', 'partial', 'computed', 'provider_reported', 'adjustment'].flatMap(
    (name) => {
      const its = are(({ cost }) => cost.costClass === name)
      if (its.length === 0) return []
      const { upper, atLeast } = costOfCalls(its)
      const more = BigInt(upper ?? atLeast) - BigInt(atLeast)
      return [{ costClass: name, ...counted(its), atStake: name === 'unpriced' ? null : more.toString() }]
    },
  )
  const names = new Map(said.groups.map(({ key, provider, name }) => [`${key} ${provider}`, name]))
  const groups = groupsOf(asked.by, calls)
  const left = groups.slice(500)
  const days = (Date.parse(asked.range.to) - Date.parse(asked.range.from)) / 86_400_000 + 1
  const step = days <= 92 ? 'day' : days <= 731 ? 'week' : 'month'
  const cells = new Map<string, TrueCall[]>()
  for (const call of calls) {
    const at = `${stepOf(step, String(call.row['local_day']))} ${String(call.row['provider'])}`
    cells.set(at, [...(cells.get(at) ?? []), call])
  }
  const saying = are(({ saved }) => saved !== null)
  return {
    query: asked,
    total: costOfCalls(calls),
    callCount: calls.length,
    messages: answersIn(calls),
    inFlight: are(({ row }) => row['state'] === 'in_flight').length,
    classes,
    groups: groups.slice(0, 500).map((group) => shown(truth, asked.by, group, (place) => names.get(place) ?? null)),
    more: left.length === 0 ? null : { groupCount: left.length, ...counted(left.flatMap((group) => group.calls)) },
    step,
    series: [...cells.keys()].toSorted().map((at) => {
      const [key, provider] = at.split(' ')
      return { key, provider, ...counted(cells.get(at) ?? []) }
    }),
    background: groupsOf(
      'purpose',
      are(({ kind }) => kind !== 'answer'),
    ).map((group) => shown(truth, 'purpose', group, () => null)),
    failed: counted(are(({ row }) => row['state'] === 'failed')),
    stopped: counted(are(({ row }) => row['state'] === 'stopped')),
    cacheSaved: saying.length === 0 ? null : saying.reduce((sum, { saved }) => sum + (saved ?? 0n), 0n).toString(),
  }
}
