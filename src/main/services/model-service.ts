import type { ConnectionId } from '../../core/ids'
import type { ModelInfo } from '../../core/model'
import type { PriceBook } from '../../core/price-book'
import type { ProviderId } from '../../core/provider'
import { utcDay } from '../../core/period'
import { ratesFor } from '../../core/pricing'
import type { ConnectionModelsView, ModelView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { Clock } from '../ports'
import type { Connection } from '../storage/connections'
import type { KeptModel } from '../storage/model-lists'
import type { Storage } from '../storage/storage'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly clock: Clock
  readonly pricesOf: (id: ConnectionId) => PriceBook
}

/** Which models there are: the shipped catalogue, merged with what each connection's provider lists. */
export function createModelService({ storage, catalog, clock, pricesOf }: Needs) {
  const view = (model: ModelInfo, prices: PriceBook): ModelView => {
    const row = prices.find(model.provider, model.id, clock.now())
    const rates = row && ratesFor(row, 0, clock.now())
    return {
      ...model,
      inputPrice: rates?.in_uncached ?? null,
      outputPrice: rates?.out ?? null,
      priceConfidence: row?.confidence ?? null,
    }
  }

  /** The catalogue knows limits and abilities, the live list knows what is there; neither alone is enough. */
  const merged = (provider: ProviderId, listed: KeptModel): ModelInfo => {
    const known = catalog.findModel(provider, listed.id)
    return {
      provider,
      id: listed.id,
      name: known?.name ?? listed.name ?? listed.id,
      contextTokens: listed.contextTokens ?? known?.contextTokens ?? null,
      maxOutputTokens: listed.maxOutputTokens ?? known?.maxOutputTokens ?? null,
      capabilities: known?.capabilities ?? [],
      retires: known?.retires ?? null,
    }
  }

  const offered = (connection: Connection): ConnectionModelsView => {
    const list = storage.modelLists.get(connection.id)
    const today = utcDay(clock.now())
    const prices = pricesOf(connection.id)
    const models =
      list === undefined
        ? catalog.models.filter(
            ({ provider, retires }) => provider === connection.provider && (retires === null || retires >= today),
          )
        : list.models.map((listed) => merged(connection.provider, listed))
    return {
      connectionId: connection.id,
      checkedMs: list?.checkedMs ?? null,
      models: models.map((model) => view(model, prices)),
    }
  }

  return {
    all: (): ModelView[] => catalog.models.map((model) => view(model, catalog.prices)),
    byConnection: (): ConnectionModelsView[] => storage.connections.list().map(offered),
    /** A model this connection may be asked for: listed by its provider or in the catalogue. */
    find(connection: Connection, id: string): ModelInfo | undefined {
      const listed = storage.modelLists.get(connection.id)?.models.find((model) => model.id === id)
      return listed === undefined ? catalog.findModel(connection.provider, id) : merged(connection.provider, listed)
    },
  }
}

/** What can be asked of it. */
export type ModelService = ReturnType<typeof createModelService>
