import { daysOf, localDay, monthOf } from '../../core/period'
import { PROVIDERS } from '../../core/provider'
import type { Result } from '../../shared/ipc/transport'
import type { SpendGroupView, SpendView } from '../../shared/ipc/spend-views'
import type { MonthView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { Clock } from '../ports'
import { addUp, type SpendSum } from '../storage/spend-calls'
import type { SpendKey, SpendMonth, SpendPart } from '../storage/spend'
import type { Storage } from '../storage/storage'
import { callViews } from './call-views'
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
  const { callView } = callViews({ storage, catalog })
  const current = (): readonly [name: string, month: SpendMonth] => {
    const now = clock.now()
    const name = monthOf(localDay(now, clock.offsetMinutes(now)))
    return [name, storage.spend.month(name)]
  }

  return {
    month: (): MonthView => monthView(...current()),
    spend(): Result<SpendView> {
      const [name, month] = current()
      const calls = storage.calls.inMonth(name, LATEST_CALLS).map(callView)
      const groups = (by: SpendKey, nameOfPart: (part: SpendPart) => string): SpendGroupView[] =>
        month.parts[by].map((part) => ({
          key: part.key,
          name: nameOfPart(part),
          provider: part.provider,
          spend: costView(part.cost),
          callCount: part.callCount,
        }))
      const [from, to] = daysOf(name)
      const purposes = storage.spendCalls.sums({ from, to }, {}, ['purpose'])
      const saying = purposes.filter(({ saving }) => saving > 0)
      return done({
        ...monthView(name, month),
        calls,
        byDay: groups('day', ({ key }) => key),
        byModel: groups('model', ({ key, provider }) => nameOf(provider, key, catalog)).toSorted(dearestFirst),
        byProvider: groups('provider', ({ provider }) => PROVIDERS[provider].name).toSorted(dearestFirst),
        background: background(purposes),
        cacheSaved: saying.length === 0 ? null : saying.reduce((sum, { saved }) => sum + saved, 0n).toString(),
      })
    },
  }
}

/** Hidden work by its purpose, and repetitions, whatever they repeat. */
function background(sums: readonly SpendSum[]): SpendGroupView[] {
  return sums
    .filter(({ purpose }) => purpose !== 'answer')
    .map((sum) => ({
      key: sum.purpose,
      name: sum.purpose,
      provider: null,
      callCount: sum.calls,
      spend: costView(addUp([sum])),
    }))
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
