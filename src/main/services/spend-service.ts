import { localDay, monthOf } from '../../core/period'
import { PROVIDERS } from '../../core/provider'
import type { Result } from '../../shared/ipc/transport'
import type { CallView, SpendGroupView, SpendView } from '../../shared/ipc/spend-views'
import type { MonthView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { Clock } from '../ports'
import type { SpendKey, SpendMonth, SpendPart } from '../storage/spend'
import type { Storage } from '../storage/storage'
import { done } from './result'
import { costView, nameOf } from './views'

const LATEST_CALLS = 200

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly clock: Clock
}

/** What the current local calendar month has cost. */
export function createSpendService({ storage, catalog, clock }: Needs) {
  const current = (): readonly [name: string, month: SpendMonth] => {
    const now = clock.now()
    const name = monthOf(localDay(now, clock.offsetMinutes(now)))
    return [name, storage.spend.month(name)]
  }

  /** Hidden work by its purpose, and repetitions, which are answers like any other and only counted here as well. */
  const background = (name: string): SpendGroupView[] => {
    const hidden = storage.spend
      .byPurpose(name)
      .filter(({ purpose }) => purpose !== 'answer')
      .map(({ purpose, cost, callCount }) => ({
        key: purpose,
        name: purpose,
        provider: null,
        callCount,
        spend: costView(cost),
      }))
    const repeated = storage.calls.automaticIn(name)
    if (repeated.length === 0) return hidden
    const spend = costView(storage.spend.ofCalls(repeated.map(({ id }) => id)))
    return [...hidden, { key: 'retry', name: 'retry', provider: null, callCount: repeated.length, spend }]
  }

  return {
    month: (): MonthView => monthView(...current()),
    spend(): Result<SpendView> {
      const [name, month] = current()
      const calls = storage.calls.inMonth(name, LATEST_CALLS).map((call): CallView => {
        const conversation = call.conversationId === null ? undefined : storage.conversations.get(call.conversationId)
        return {
          id: call.id,
          conversationId: conversation?.id ?? null,
          conversationTitle: conversation?.title ?? null,
          provider: call.provider,
          connectionId: call.connectionId,
          connectionLabel: call.connectionLabel,
          purpose: call.purpose,
          modelId: call.modelRequested,
          unpricedModel: storage.ledger.openModel(call.id),
          model: nameOf(call.provider, call.modelRequested, catalog),
          startedMs: call.startedMs,
          state: call.state,
          cost: costView(storage.spend.ofCall(call.id)),
          usageFlags: call.flags,
          automatic: call.automatic,
          isPrivate: call.isPrivate,
          cacheSaved: call.cacheSaved === null ? null : call.cacheSaved.toString(),
        }
      })
      const groups = (by: SpendKey, nameOfPart: (part: SpendPart) => string): SpendGroupView[] =>
        month.parts[by].map((part) => ({
          key: part.key,
          name: nameOfPart(part),
          provider: part.provider,
          spend: costView(part.cost),
          callCount: part.callCount,
        }))
      const saved = storage.calls.cacheSavedIn(name)
      return done({
        ...monthView(name, month),
        calls,
        byDay: groups('day', ({ key }) => key),
        byModel: groups('model', ({ key, provider }) => nameOf(provider, key, catalog)).toSorted(dearestFirst),
        byProvider: groups('provider', ({ provider }) => PROVIDERS[provider].name).toSorted(dearestFirst),
        background: background(name),
        cacheSaved: saved === null ? null : saved.toString(),
      })
    },
  }
}

function monthView(name: string, { cost, callCount }: SpendMonth): MonthView {
  return { month: name, spend: costView(cost), callCount }
}

function dearestFirst(a: SpendGroupView, b: SpendGroupView): number {
  const more = BigInt(b.spend.atLeast) - BigInt(a.spend.atLeast)
  return more > 0n ? 1 : more < 0n ? -1 : 0
}

/** What can be asked of it. */
export type SpendService = ReturnType<typeof createSpendService>
