import { priceChanges } from '../../../core/price-changes'
import type { PricePreviewView } from '../../../shared/ipc/price-views'
import type { OwnPriceView } from '../../../shared/ipc/views'
import { formatDate } from '../../lib/format'
import { kindName } from './kind-words'
import { inSentence, ratesWords, sinceWords } from './price-words'

/** Which prices are compared: `Compared with what counts here on 1 Dec 2026.` */
export function comparedWords({ at, before }: Pick<PricePreviewView, 'at' | 'before'>): string {
  const when = `on ${formatDate(at)} (UTC)`
  return before === null ? `No price is known here ${when}.` : `Compared with what counts here ${when}.`
}

/** What has a price and will have none: `Web search will have no price: calls that use it are unpriced.` */
export function lostWords({ before, after }: Pick<PricePreviewView, 'before' | 'after'>): string {
  const lost = priceChanges(before, after).filter((change) => change.before !== null && change.after === null)
  const names = [...new Set(lost.map(({ kind }) => kindName(kind)))]
  if (names.length === 0) return ''
  return `Your price says nothing of: ${names.join('; ')}. What uses that is booked without a price.`
}

/** `Takes days from your price of $1 in, $2 out (from 1 Nov 2026).` */
export function replacedWords(price: OwnPriceView): string {
  return `Takes days from your price of ${ratesWords(price)} (${inSentence(sinceWords(price))}).`
}
