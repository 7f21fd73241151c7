import { stepOf, type SpendGrouping, type TimeStep } from '../../core/spend-query'
import { PROVIDERS, type ProviderId } from '../../core/provider'
import type { SpendPartView } from '../../shared/ipc/spend-views'
import type { Catalog } from '../catalog/catalog'
import { addUp, type SpendColumn, type SpendSum } from '../storage/spend-calls'
import type { Storage } from '../storage/storage'
import { costView, nameOf } from './views'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
}

/** Which columns of the sums a grouping is told apart by; steps of time are put together from days. */
export const COLUMNS: Readonly<Record<SpendGrouping, readonly SpendColumn[]>> = {
  day: ['day'],
  week: ['day'],
  month: ['day'],
  provider: ['provider'],
  model: ['model', 'provider'],
  key: ['key'],
  conversation: ['conversation'],
  purpose: ['purpose'],
}

const STEPS: readonly SpendGrouping[] = ['day', 'week', 'month']

/** What sums of a grouping belong together by. */
function keyOf(by: SpendGrouping, sum: SpendSum): string {
  switch (by) {
    case 'day':
    case 'week':
    case 'month':
      return stepOf(by satisfies TimeStep, sum.day)
    case 'provider':
      return sum.provider ?? ''
    case 'model':
      return sum.model
    case 'key':
      return sum.key || 'none'
    case 'conversation':
      return sum.conversation || 'none'
    case 'purpose':
      return sum.purpose
    default:
      return by satisfies never
  }
}

/** Some sums under one key. */
export interface SpendGroup {
  readonly key: string
  readonly provider: ProviderId | null
  readonly total: ReturnType<typeof addUp>
  readonly sums: readonly SpendSum[]
  readonly lastMs: number
  readonly lastCall: number
}

/** Sums put together by a grouping: dearest first, or in order of time. */
export function groupsOf(by: SpendGrouping, sums: readonly SpendSum[]): SpendGroup[] {
  // Two providers' models of one name are two.
  const place = (sum: SpendSum) => (by === 'model' ? `${sum.provider} ${sum.model}` : keyOf(by, sum))
  const groups = [...Map.groupBy(sums, place).values()].flatMap((together): SpendGroup[] => {
    const [first] = together
    if (first === undefined) return []
    return [
      {
        key: keyOf(by, first),
        provider: together.every(({ provider }) => provider === first.provider) ? first.provider : null,
        total: addUp(together),
        sums: together,
        lastMs: together.reduce((last, { lastMs }) => Math.max(last, lastMs), 0),
        lastCall: together.reduce((last, { lastCall }) => Math.max(last, lastCall), 0),
      },
    ]
  })
  return groups.toSorted(STEPS.includes(by) ? byKey : dearestFirst)
}

function byKey(a: SpendGroup, b: SpendGroup): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

function dearestFirst(a: SpendGroup, b: SpendGroup): number {
  const [mine, other] = [a.total, b.total]
  if (mine.atLeast !== other.atLeast) return mine.atLeast > other.atLeast ? -1 : 1
  return b.total.calls - a.total.calls || byKey(a, b) || ((a.provider ?? '') < (b.provider ?? '') ? -1 : 1)
}

/** Groups as they are shown, with what they are called. */
export function groupViewer({ storage, catalog }: Needs, by: SpendGrouping): (group: SpendGroup) => SpendPartView {
  const labels = new Map(storage.connections.list().map(({ id, label }) => [id, label]))
  const nameOfKey = ({ key, lastCall }: SpendGroup): string | null => {
    if (key === 'none') return null
    const own = storage.keys.get(key as Parameters<typeof storage.keys.get>[0])?.label
    if (own !== undefined && own !== null) return own
    const callId = storage.spendCalls.idOf(lastCall)
    const call = callId === undefined ? undefined : storage.calls.get(callId)
    return call === undefined ? null : (labels.get(call.connectionId) ?? call.connectionLabel)
  }
  const nameOfConversation = (key: string): string | null => {
    if (key === 'private' || key === 'none') return null
    const conversation = storage.conversations.get(key as Parameters<typeof storage.conversations.get>[0])
    return conversation === undefined || conversation.isPrivate ? null : conversation.title
  }
  const name = (group: SpendGroup): string | null => {
    const { key, provider } = group
    if (by === 'provider' && provider !== null) return PROVIDERS[provider].name
    if (by === 'model' && provider !== null) return nameOf(provider, key, catalog)
    if (by === 'key') return nameOfKey(group)
    return by === 'conversation' ? nameOfConversation(key) : null
  }
  return (group) => ({
    key: group.key,
    name: name(group),
    provider: group.provider,
    spend: costView(group.total),
    callCount: group.total.calls,
    messages: group.total.messages,
    lastMs: group.lastMs,
  })
}
