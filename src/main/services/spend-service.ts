import { localDay, monthOf } from '../../core/period'
import { PROVIDERS } from '../../core/provider'
import type { Result } from '../../shared/ipc/transport'
import type { CallView, MonthView, SpendGroupView, SpendView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { Clock } from '../ports'
import type { SpendKey, SpendPart } from '../storage/spend'
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
  const month = (): MonthView => {
    const now = clock.now()
    const name = monthOf(localDay(now, clock.offsetMinutes(now)))
    return { month: name, spend: costView(storage.spend.ofMonth(name)), callCount: storage.calls.countInMonth(name) }
  }

  return {
    month,
    spend(): Result<SpendView> {
      const current = month()
      const calls = storage.calls.inMonth(current.month, LATEST_CALLS).map((call): CallView => {
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
          model: nameOf(call.provider, call.modelRequested, catalog),
          startedMs: call.startedMs,
          state: call.state,
          cost: costView(storage.spend.ofCall(call.id)),
          usageFlags: call.flags,
        }
      })
      const groups = (by: SpendKey, nameOfPart: (part: SpendPart) => string): SpendGroupView[] =>
        storage.spend.partsOfMonth(current.month, by).map((part) => ({
          key: part.key,
          name: nameOfPart(part),
          provider: part.provider,
          spend: costView(part.cost),
          callCount: part.callCount,
        }))
      return done({
        ...current,
        calls,
        byDay: groups('day', ({ key }) => key),
        byModel: groups('model', ({ key, provider }) => nameOf(provider, key, catalog)).toSorted(dearestFirst),
        byProvider: groups('provider', ({ provider }) => PROVIDERS[provider].name).toSorted(dearestFirst),
      })
    },
  }
}

function dearestFirst(a: SpendGroupView, b: SpendGroupView): number {
  const more = BigInt(b.spend.atLeast) - BigInt(a.spend.atLeast)
  return more > 0n ? 1 : more < 0n ? -1 : 0
}

/** What can be asked of it. */
export type SpendService = ReturnType<typeof createSpendService>
