import type { PriceRow } from '../../core/price-book'
import anthropicModels from './anthropic.models.json' with { type: 'json' }
import anthropicPrices from './anthropic.prices.json' with { type: 'json' }
import deepseekModels from './deepseek.models.json' with { type: 'json' }
import deepseekPrices from './deepseek.prices.json' with { type: 'json' }
import googleModels from './google.models.json' with { type: 'json' }
import googlePrices from './google.prices.json' with { type: 'json' }
import groqModels from './groq.models.json' with { type: 'json' }
import groqPrices from './groq.prices.json' with { type: 'json' }
import mistralModels from './mistral.models.json' with { type: 'json' }
import mistralPrices from './mistral.prices.json' with { type: 'json' }
import openaiModels from './openai.models.json' with { type: 'json' }
import openaiPrices from './openai.prices.json' with { type: 'json' }
import xaiModels from './xai.models.json' with { type: 'json' }
import xaiPrices from './xai.prices.json' with { type: 'json' }
import type { ProviderId } from '../../core/provider'

// Typed here because JSON imports widen their literals; a test holds the files to these types.

/** A model as its data file has it. */
export interface ListedModel {
  readonly provider: ProviderId
  readonly id: string
  readonly aliases: readonly string[]
  readonly name: string
  readonly contextTokens: number | null
  readonly maxOutputTokens: number | null
  readonly retires: string | null
  readonly input: readonly string[]
  readonly reasoning: string
  readonly tools: boolean
  readonly webSearch: boolean
}

/** Every model of the data files. */
export const listedModels = [
  ...anthropicModels,
  ...deepseekModels,
  ...googleModels,
  ...groqModels,
  ...mistralModels,
  ...openaiModels,
  ...xaiModels,
] as unknown as readonly ListedModel[]

/** Every price row of the data files. */
export const priceRows = [
  ...anthropicPrices,
  ...deepseekPrices,
  ...googlePrices,
  ...groqPrices,
  ...mistralPrices,
  ...openaiPrices,
  ...xaiPrices,
] as unknown as readonly PriceRow[]
