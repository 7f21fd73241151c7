import { localDay, monthOf } from '../../core/period'
import type { Result } from '../../shared/ipc/transport'
import type { CallView, MonthView, SpendView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { Clock } from '../ports'
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
    return { month: name, spend: costView(storage.ledger.ofMonth(name)), callCount: storage.calls.countInMonth(name) }
  }

  return {
    month,
    spend(): Result<SpendView> {
      const current = month()
      const calls = storage.calls.inMonth(current.month, LATEST_CALLS).map((call): CallView => {
        const conversation = storage.conversations.get(call.conversationId)
        return {
          id: call.id,
          conversationId: conversation?.id ?? null,
          conversationTitle: conversation?.title ?? null,
          provider: call.provider,
          connectionLabel: call.connectionLabel,
          model: nameOf(call.provider, call.modelRequested, catalog),
          startedMs: call.startedMs,
          state: call.state,
          cost: costView(storage.ledger.ofCall(call.id)),
        }
      })
      return done({ ...current, calls })
    },
  }
}

/** What can be asked of it. */
export type SpendService = ReturnType<typeof createSpendService>
