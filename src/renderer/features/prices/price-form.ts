import { parseDecimal, scaleToInteger } from '../../../core/decimal'
import { PICO_PLACES } from '../../../core/money'
import type { RequestInput } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'

export type PriceField = 'input' | 'output' | 'cached' | 'from'

/** Why a field was refused, in a sentence each. */
export type PriceErrors = Partial<Readonly<Record<PriceField, string>>>

export type GivenPrice = RequestInput<'price.set'>['price']

export type PriceReading =
  | { readonly ok: true; readonly price: GivenPrice }
  | { readonly ok: false; readonly errors: PriceErrors }

/** From top to bottom, as the fields stand: the first that was refused takes the focus. */
export const PRICE_FIELDS: readonly PriceField[] = ['input', 'output', 'cached', 'from']

/** Dollars per million tokens; the main process takes no more either. */
const MOST = 1_000n
/** Digits of an amount, as the contract has it. */
const LONGEST = 40

/** Reads what was entered for a model; `textOf` is what stands in a field. A price without cached input leaves those tokens without a price. */
export function readPrice(model: string, textOf: (field: PriceField) => string): PriceReading {
  const input = readAmount(textOf('input'))
  const output = readAmount(textOf('output'))
  const cached = textOf('cached').trim() === '' ? null : readAmount(textOf('cached'))
  const from = textOf('from').trim()
  const errors: PriceErrors = {
    ...(input === undefined ? { input: amountWords(textOf('input')) } : {}),
    ...(output === undefined ? { output: amountWords(textOf('output')) } : {}),
    ...(cached === undefined ? { cached: amountWords(textOf('cached')) } : {}),
    ...(isDay(from) ? {} : { from: 'This is not a date.' }),
  }
  if (input === undefined || output === undefined || cached === undefined || errors.from !== undefined) {
    return { ok: false, errors }
  }
  const rates = { in_uncached: input, out: output, ...(cached === null ? {} : { in_cache_read: cached }) }
  return { ok: true, price: { model, rates, ...(from === '' ? {} : { from }) } }
}

/** As it is copied from a price page: a dollar sign before it is left out. Undefined for what is no price. */
function readAmount(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(/^\./, '0.')
  if (plain.length > LONGEST || !/^\d+(?:\.\d+)?$/.test(plain)) return undefined
  return scaleToInteger(parseDecimal(plain), PICO_PLACES) <= MOST * 10n ** BigInt(PICO_PLACES) ? plain : undefined
}

function amountWords(text: string): string {
  return text.trim() === '' ? 'A price is needed here; 0 is free.' : requestWords({ code: 'price_invalid' })
}

/** Empty, or a day there is: the 31st of February is none. */
function isDay(text: string): boolean {
  if (text === '') return true
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
