import { formatDecimal, parseDecimal } from '../../../core/decimal'
import type { ModelView } from '../../../shared/ipc/views'

/** What a model costs per million tokens in and out: `$2 / $10 per M`. */
export function priceWords({ inputPrice, outputPrice }: Pick<ModelView, 'inputPrice' | 'outputPrice'>): string {
  if (inputPrice === null || outputPrice === null) return 'unpriced'
  return `${dollars(inputPrice)} / ${dollars(outputPrice)} per M`
}

/** Whether a model has a price that may be wrong. */
export function isDoubtful({ inputPrice, priceConfidence }: ModelView): boolean {
  return inputPrice !== null && priceConfidence === 'low'
}

/** Whole dollars stay whole; a tenth becomes a price with cents. */
function dollars(price: string): string {
  const text = formatDecimal(parseDecimal(price))
  return `$${/\.\d$/.test(text) ? `${text}0` : text}`
}
