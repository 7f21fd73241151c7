import type { ModelView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { Clock } from '../ports'

/** The models on offer with today's prices. */
export function modelViews(catalog: Catalog, clock: Clock): ModelView[] {
  const now = clock.now()
  return catalog.models.map((model) => {
    const rates = catalog.prices.find(model.provider, model.id, now)?.rates
    return { ...model, inputPrice: rates?.in_uncached ?? null, outputPrice: rates?.out ?? null }
  })
}
