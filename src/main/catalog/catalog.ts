import type { Capability, ModelInfo } from '../../core/model'
import { createPriceBook, namesIn, type PriceBook, type PriceRow } from '../../core/price-book'
import { PROVIDERS, type ProviderId } from '../../core/provider'
import { BUCKETS, FEE_KINDS } from '../../core/usage'
import { listedModels, priceRows, type ListedModel } from './data'

// Models and prices as data files, each row with its source, the day it was read and what is doubtful about it.

/** Everything shipped, past models and prices included: old usage must stay priceable. */
export interface Catalog {
  readonly models: readonly ModelInfo[]
  readonly prices: PriceBook
  /** Every price row of the book, past and announced ones included. */
  readonly priceRows: readonly PriceRow[]
  /** A price by the id that ledger lines name it by; undefined for one this version does not ship. */
  priceRow(id: string): PriceRow | undefined
  /** Every name a shipped price can depend on: ids and aliases of models, multipliers, charges by use. */
  readonly names: ReadonlySet<string>
  /** By the provider's exact id or a listed alias. */
  findModel(provider: ProviderId, id: string): ModelInfo | undefined
}

/** The shipped catalogue. Throws when a price row is malformed, with its name: the tests see that before a user does. */
export function createCatalog(): Catalog {
  const byId = new Map<string, ModelInfo>()
  for (const listed of listedModels) {
    const { provider, id, name, contextTokens, maxOutputTokens, retires, aliases } = listed
    const capabilities = capabilitiesOf(listed)
    const info: ModelInfo = { provider, id, name, contextTokens, maxOutputTokens, retires, capabilities }
    for (const known of [id, ...aliases]) byId.set(`${provider}/${known}`, info)
  }
  const shipped = createPriceBook(priceRows)
  const byPriceId = new Map([LOCAL_FREE.ollama, ...priceRows].map((row) => [row.id, row]))
  return {
    models: [...new Set(byId.values())],
    prices: {
      find: (provider, model, atMs) =>
        PROVIDERS[provider].local && !RUNS_ELSEWHERE.test(model)
          ? LOCAL_FREE[provider]
          : shipped.find(provider, model, atMs),
    },
    priceRows,
    priceRow: (id) => byPriceId.get(id),
    names: new Set([
      ...listedModels.flatMap(({ id, aliases }) => [id, ...aliases]),
      ...priceRows.flatMap(namesIn),
      ...FEE_KINDS,
    ]),
    findModel: (provider, id) => byId.get(`${provider}/${id}`),
  }
}

function capabilitiesOf({ input, reasoning, tools, webSearch }: ListedModel): Capability[] {
  const taken = (['image', 'pdf', 'audio', 'video'] as const).filter((kind) => input.includes(kind))
  return [
    ...taken,
    ...(tools ? (['tools'] as const) : []),
    ...(reasoning === 'none' ? [] : (['reasoning'] as const)),
    ...(webSearch ? (['web_search'] as const) : []),
  ]
}

/** Ollama passes these on to its own machines, under a plan whose price per token nobody knows. */
const RUNS_ELSEWHERE = /[:-]cloud$/

/** By policy: what runs on the user's own machine costs nothing, and is computed, not unknown. */
const LOCAL_FREE = Object.fromEntries(
  (Object.keys(PROVIDERS) as ProviderId[]).map((provider): [ProviderId, PriceRow] => [
    provider,
    {
      id: 'local/free',
      provider,
      model: '*',
      aliases: [],
      from: '2000-01-01T00:00:00Z',
      to: null,
      currency: 'USD',
      rates: Object.fromEntries(BUCKETS.map((bucket) => [bucket, '0'])),
      tiers: [],
      peaks: [],
      multipliers: {},
      fees: {},
      sources: [],
      confidence: 'high',
      note: 'Runs on this computer.',
    },
  ]),
) as Readonly<Record<ProviderId, PriceRow>>
