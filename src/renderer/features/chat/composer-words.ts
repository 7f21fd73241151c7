import type { AskAbove, CacheView, EstimateView } from '../../../shared/ipc/views'
import { mostAmount, rangeWords } from '../../lib/estimate-words'
import { formatCount, formatCounted } from '../../lib/format'

const ABOVE = { 'usd0.10': '$0.10', usd1: '$1', usd5: '$5' } as const
const MINUTE_MS = 60_000
const SECOND_MS = 1000
/** From here on the seconds of a cache count. */
const LAST_MS = 5 * MINUTE_MS

/** What a message may cost, where that is asked about. */
export function costTitle({ low, high }: { readonly low: string; readonly high: string }): string {
  return `Sending this costs ${rangeWords(low, high)}.`
}

/** Why it is asked. */
export function costWhy(above: AskAbove): string {
  return above === 'never'
    ? 'Nothing was sent.'
    : `Nothing was sent. Above ${ABOVE[above]} you are asked once per conversation.`
}

/** What the key does now: `Enter to send`. */
export function hintWords(sendKey: string, running: boolean, queued: boolean): string {
  if (!running) return `${sendKey} to send`
  return queued ? 'One message waits' : `${sendKey} to send after this answer`
}

/** How long the prompt is: `about 1,240 tokens`. */
export function promptWords({ promptTokens }: Pick<EstimateView, 'promptTokens'>): string {
  return `about ${formatCounted(promptTokens, 'token', 'tokens')}`
}

/** What sending it costs: `about $0.004 to $0.02`. */
export function priceWords({ low, high }: Pick<EstimateView, 'low' | 'high'>): string {
  return low === null || high === null ? 'no price known' : rangeWords(low, high)
}

/** All there is to say of an estimate, for a tooltip and for who does not see the line. */
export function estimateTitle(estimate: EstimateView): string {
  const { counted, cachedTokens, most } = estimate
  const cached = cachedTokens === 0 ? '' : `, ${formatCount(cachedTokens)} of them expected from the cache`
  const tokens = `${promptWords(estimate)}${cached}`
  const price = priceWords(estimate)
  const bound = most === null || most === '0' ? '' : `, at most ${mostAmount(most)} with the longest answer`
  const how = counted ? 'Counted with a tokenizer.' : 'Reckoned from the length of the text.'
  return `Sending this: ${tokens} · ${price}${bound}. ${how}`
}

/** What lies in the cache, and for how long: `Cache: 48,000 tokens, 4:12 left`; null once it has run out. */
export function cacheWords({ tokens, untilMs }: Pick<CacheView, 'tokens' | 'untilMs'>, nowMs: number): string | null {
  const left = untilMs - nowMs
  if (left <= 0) return null
  return `Cache: ${formatCounted(tokens, 'token', 'tokens')}, ${left > LAST_MS ? minutes(left) : clock(left)} left`
}

/** How long those words hold: a second at the end, a minute before; null once there are none. */
export function nextCacheWordsMs(untilMs: number, nowMs: number): number | null {
  const left = untilMs - nowMs
  if (left <= 0) return null
  // Minutes are rounded down and seconds up, as they are shown.
  return left > LAST_MS ? Math.min((left % MINUTE_MS) + 1, left - LAST_MS) : ((left - 1) % SECOND_MS) + 1
}

function minutes(ms: number): string {
  return `${Math.floor(ms / MINUTE_MS)} min`
}

function clock(ms: number): string {
  const seconds = Math.ceil(ms / SECOND_MS)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
