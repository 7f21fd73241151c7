import type { UnpricedView } from '../../shared/ipc/price-views'
import { filtered, placeOf, type SpendPlace } from '../features/spend/spend-view'

/** The calls behind a price that is missing, as the Spend page shows them. */
export function unpricedCalls({ connectionId, requested, modelName, firstDay, lastDay }: UnpricedView): SpendPlace {
  const all = placeOf('custom', { from: firstDay, to: lastDay }, 'conversation')
  // Where a model answered under several names, all calls of the connection that lack a price are shown.
  const model = requested === null ? {} : { model: requested }
  return filtered(all, { connectionId, costClass: 'unpriced', ...model }, `${modelName}, no price`)
}
