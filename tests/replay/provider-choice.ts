import type { PriceBook, PriceRow } from '../../src/core/price-book'
import { PROVIDERS, type Dialect, type ProviderId } from '../../src/core/provider'
import { isJson } from '../../src/main/providers/reading'
import type { Recording } from './recording'

const NATIVE: Readonly<Record<Dialect, ProviderId>> = {
  anthropic: 'anthropic',
  'openai-responses': 'openai',
  'openai-chat': 'compatible',
  google: 'google',
}

/**
 * Whose prices count: a recording names a model and not always who sold it. The first of: a price given for the replay,
 * the dialect's own provider, any other whose book knows exactly this model, a router that states the cost.
 */
export function providerFor(
  dialect: Dialect,
  model: string | null,
  recording: Recording,
  given: readonly PriceRow[],
  book: PriceBook,
  atMs: number,
): ProviderId {
  const known = given.find((row) => model !== null && (row.model === model || row.aliases.includes(model)))
  if (known !== undefined) return known.provider
  const native = NATIVE[dialect]
  const others = (Object.keys(PROVIDERS) as ProviderId[]).filter((id) => !PROVIDERS[id].local)
  const listing = [native, ...others].find((id) => model !== null && book.find(id, model, atMs) !== undefined)
  if (listing !== undefined) return listing
  return dialect === 'openai-chat' && isRouted(recording) ? 'openrouter' : native
}

/** OpenRouter names the provider behind it, and its ids begin with `gen-`. */
function isRouted(recording: Recording): boolean {
  const values = recording.kind === 'body' ? [recording.body] : recording.events.map(({ value }) => value)
  return values.some(
    (value) => isJson(value) && (String(value['id']).startsWith('gen-') || typeof value['provider'] === 'string'),
  )
}
