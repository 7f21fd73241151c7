import type { ModelInfo } from '../../core/model'
import type { ProviderId } from '../../core/provider'
import { createPriceBook, type PriceBook, type PriceRow } from '../../core/price-book'
import anthropicModels from './anthropic.models.json' with { type: 'json' }
import anthropicPrices from './anthropic.prices.json' with { type: 'json' }

// Models and prices as data files, each row with its source, the day it was read and what is doubtful about it.

/** Everything shipped, past models and prices included: old usage must stay priceable. */
export interface Catalog {
  readonly models: readonly ModelInfo[]
  readonly prices: PriceBook
  /** By the provider's exact id or a listed alias. */
  findModel(provider: ProviderId, id: string): ModelInfo | undefined
}

type Listed = ModelInfo & { readonly aliases: readonly string[] }

/** The rows as they lie in the files; typed here because JSON imports widen their literals. */
export const priceRows = anthropicPrices as unknown as readonly PriceRow[]
const models = anthropicModels as unknown as readonly Listed[]

/** The shipped catalogue. Throws when a price row is malformed, with its name: the tests see that before a user does. */
export function createCatalog(): Catalog {
  const byId = new Map<string, ModelInfo>()
  for (const { aliases, ...model } of models) {
    const { provider, id, name, contextTokens, maxOutputTokens, retires } = model
    const info: ModelInfo = { provider, id, name, contextTokens, maxOutputTokens, retires }
    for (const known of [id, ...aliases]) byId.set(`${provider}/${known}`, info)
  }
  return {
    models: [...new Set(byId.values())],
    prices: createPriceBook(priceRows),
    findModel: (provider, id) => byId.get(`${provider}/${id}`),
  }
}
