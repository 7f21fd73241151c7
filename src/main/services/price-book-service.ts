import type { ConnectionId } from '../../core/ids'
import { modelsOf, type PriceRow } from '../../core/price-book'
import { PROVIDERS, type ProviderId } from '../../core/provider'
import type { PriceBookView, PriceRowView, UnpricedView } from '../../shared/ipc/price-views'
import type { Result } from '../../shared/ipc/transport'
import type { Catalog } from '../catalog/catalog'
import type { Clock } from '../ports'
import type { Connection } from '../storage/connections'
import type { KeptOverride } from '../storage/price-overrides'
import type { OpenCalls } from '../storage/price-use'
import type { Storage } from '../storage/storage'
import { priceAtHost } from './host-price'
import type { ModelService } from './model-service'
import { givenFactors } from './own-price'
import { nearestInstant } from './price-plan'
import { createPriceUse } from './price-use'
import { done, refused } from './result'
import { nameOf } from './views'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly clock: Clock
  readonly models: Pick<ModelService, 'byConnection'>
}

/** Every price there is, what each has been used for, and what was booked without one. */
export function createPriceBookService({ storage, catalog, clock, models }: Needs) {
  const use = createPriceUse(storage)

  const rowView = (row: PriceRow): Omit<PriceRowView, 'own' | 'usedBy'> => {
    const its = use.of(row.id)
    return {
      ...row,
      modelName: nameOf(row.provider, row.model, catalog),
      callCount: its?.callCount ?? 0,
      firstDay: its?.firstDay ?? null,
      lastDay: its?.lastDay ?? null,
    }
  }

  /** By provider and model, the connections at whose host prices of the book count. */
  const offering = (connections: readonly Connection[]): ReadonlyMap<string, readonly ConnectionId[]> => {
    const found = new Map<string, ConnectionId[]>()
    for (const { connectionId, models: offered } of models.byConnection()) {
      const connection = connections.find(({ id }) => id === connectionId)
      if (connection === undefined) continue
      for (const { id } of offered) {
        const key = `${connection.provider}/${id}`
        found.set(key, [...(found.get(key) ?? []), connectionId])
      }
    }
    return found
  }

  const bookRows = (connections: readonly Connection[]): PriceRowView[] => {
    const offered = offering(connections)
    const now = clock.now()
    return catalog.priceRows.map((row) => {
      const isPast = row.to !== null && Date.parse(row.to) <= now
      const ids = isPast ? [] : modelsOf(row).flatMap((name) => offered.get(`${row.provider}/${name}`) ?? [])
      const usedBy = [...new Set(ids)].filter((id) =>
        connections.some((connection) => connection.id === id && priceAtHost(row, connection) !== null),
      )
      return { ...rowView(row), own: null, usedBy }
    })
  }

  /** What runs on this computer is one row, whoever serves it. */
  const localRows = (connections: readonly Connection[]): PriceRowView[] => {
    const its = connections.filter(({ provider }) => PROVIDERS[provider].local)
    const row = catalog.prices.find(its[0]?.provider ?? 'ollama', '', clock.now())
    if (row === undefined || (its.length === 0 && use.of(row.id) === undefined)) return []
    return [{ ...rowView(row), modelName: 'Every model on this computer', own: null, usedBy: its.map(({ id }) => id) }]
  }

  const ownRows = (connections: readonly Connection[]): PriceRowView[] =>
    storage.priceOverrides.all().flatMap((override: KeptOverride) => {
      const { id, connectionId, price, createdMs, removedMs } = override
      const connection = connections.find((each) => each.id === connectionId)
      // One that was replaced before it priced anything says nothing to anybody.
      if (connection === undefined || (removedMs !== null && use.of(price.id) === undefined)) return []
      const listed = catalog.prices.find(price.provider, price.model, nearestInstant(price, clock.now()))
      const insteadOf = listed !== undefined && priceAtHost(listed, connection) !== null ? listed.id : null
      const own = { priceId: id, connectionId, createdMs, removedMs, insteadOf, settled: use.settledBy(price.id) }
      const usedBy = removedMs === null ? [connectionId] : []
      return [{ ...rowView(price), multipliers: givenFactors(price), own, usedBy }]
    })

  const unpricedView = (open: OpenCalls): UnpricedView => {
    const { connectionId, model, isUpstream, isPriceable, buckets, firstUtcDay, lastCall, ...counts } = open
    const connection = storage.connections.get(connectionId)
    const last = storage.spendCalls.idOf(lastCall)
    const call = last === undefined ? undefined : storage.calls.get(last)
    const provider: ProviderId = connection?.provider ?? call?.provider ?? 'compatible'
    return {
      ...counts,
      connectionId,
      connectionLabel: connection?.label ?? call?.connectionLabel ?? '',
      provider,
      model,
      modelName: nameOf(provider, model, catalog),
      canSet: connection !== undefined && isPriceable,
      isUpstream,
      kinds: buckets,
      since: firstUtcDay,
    }
  }

  return {
    async book(): Promise<Result<PriceBookView>> {
      if (!(await use.read())) return refused('shutting_down')
      const connections = storage.connections.list()
      const rows = [...ownRows(connections), ...localRows(connections), ...bookRows(connections)]
      return done({ atMs: clock.now(), rows, unpriced: storage.priceUse.open().map(unpricedView) })
    },
  }
}

/** What can be asked of it. */
export type PriceBookService = ReturnType<typeof createPriceBookService>
