import { formatExact, picoFromString } from '../../../core/money'
import type { AttemptView, DetailLineView, MessageDetailsView, PriceSourceView } from '../../../shared/ipc/detail-views'
import type { CostView } from '../../../shared/ipc/views'
import { failureWords } from '../../lib/failure-words'
import { failure } from '../../../core/failure'
import { formatCount, formatDate, formatTime } from '../../lib/format'
import { providers } from '../../lib/providers'
import { endingWords } from './message-words'

// What the details of an answer say. What is unknown is said to be, or is left out; it is never a zero.

/** How many; `about` where it was estimated, and nothing for an amount. */
export function unitsWords({ bucket, units, costClass, corrected, upper }: DetailLineView): string {
  if (bucket === 'provider_cost') return ''
  if (units === 0) return 'not reported'
  const guessed = corrected === null && (upper !== null || costClass === 'partial')
  return guessed ? `about ${formatCount(units)}` : formatCount(units)
}

/** Every digit of what a line costs, with its bound; words where there is none. */
export function lineCostWords({ pico, upper, costClass }: DetailLineView): string {
  if (pico === null) return costClass === 'unpriced' ? 'no price known' : 'in the stated amount'
  const known = formatExact(picoFromString(pico))
  return upper === null || upper === pico ? known : `${known} to ${formatExact(picoFromString(upper))}`
}

/** Every digit of what the lines of a request come to, with its bound; unknown is told as such. */
export function togetherWords({ pico, atLeast, upper }: CostView): string {
  const known = formatExact(picoFromString(pico ?? atLeast))
  if (pico === null) return atLeast === '0' ? 'no price known' : `at least ${known}`
  return upper === null || upper === pico ? known : `${known} to ${formatExact(picoFromString(upper))}`
}

/** Why a line is not what was booked first; null when it is. */
export function correctedWords({ corrected }: Pick<DetailLineView, 'corrected'>): string | null {
  switch (corrected) {
    case 'price_override':
      return 'settled later by a price of yours'
    case 'generation':
      return 'taken back once the provider told the charge'
    case 'duplicate':
      return 'taken back: another request carries this response'
    case null:
      return null
  }
}

/** `0.84 s`, `12.3 s`, `2 min 5 s`; null when it is not known, as with a clock that was set back. */
export function spanWords(fromMs: number, toMs: number | null): string | null {
  if (toMs === null || toMs < fromMs) return null
  const ms = toMs - fromMs
  if (ms < 9_995) return `${(ms / 1000).toFixed(2)} s`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `First byte after 0.84 s, ended after 12.3 s, 45 tokens per second`, as far as it is known. */
export function paceWords({ startedMs, firstByteMs, endedMs, tokensPerSecond }: AttemptView): string {
  const first = spanWords(startedMs, firstByteMs)
  const whole = spanWords(startedMs, endedMs)
  const pace = tokensPerSecond === null ? null : formatPace(tokensPerSecond)
  const parts = [
    first === null ? null : `first byte after ${first}`,
    whole === null ? null : `ended after ${whole}`,
    pace === null ? null : `${pace} tokens per second from then on, thinking included`,
  ].filter((part) => part !== null)
  const [start = 'times are not known', ...rest] = parts
  return [start.charAt(0).toUpperCase() + start.slice(1), ...rest].join(', ')
}

function formatPace(tokens: number): string {
  return tokens < 9.95 ? tokens.toFixed(1) : formatCount(Math.round(tokens))
}

/** When it left, to the second: `23 Nov 2026, 10:00:05`. */
export function momentWords(atMs: number): string {
  const at = new Date(atMs)
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
  return `${formatDate(day)}, ${formatTime(atMs)}:${String(at.getSeconds()).padStart(2, '0')}`
}

/** How the answer ended. */
export function endWords(details: Pick<MessageDetailsView, 'state' | 'stopReason' | 'budgetTokens'>): string {
  if (details.state === 'failed') return 'Failed'
  if (details.state === 'streaming') return 'Still running'
  return endingWords(details) ?? 'Complete'
}

/** What became of one request. */
export function outcomeWords(attempt: AttemptView, names: { readonly key: string; readonly model: string }): string {
  switch (attempt.state) {
    case 'in_flight':
      return 'Still running'
    case 'done':
      return 'Answered'
    case 'stopped':
      return 'Stopped'
    case 'cut_off':
      return 'Connection lost'
    case 'interrupted':
      return 'Interrupted: Latchkey was closed'
    case 'failed': {
      if (attempt.failure === null) return 'Failed'
      const { code, status } = attempt.failure
      const { title } = failureWords(failure(code, { status }), {
        id: attempt.provider,
        provider: providers[attempt.provider].name,
        ...names,
      })
      return status === null ? title : `${title} (${status})`
    }
  }
}

/** What a key is called: its label, its last characters, or that it is gone. */
export function keyName({ key }: Pick<AttemptView, 'key'>): string {
  if (key === null) return 'None needed'
  const last = key.last4 === null ? null : `····${key.last4}`
  const name = [key.label, last].filter((part) => part !== null).join(' ')
  if (key.gone) return 'A key that is no longer here'
  return name === '' ? 'A key without a name' : name
}

/** Whether another key had to answer, and why; null when the first did. */
export function spareWords({ key }: Pick<AttemptView, 'key'>): string | null {
  switch (key?.after ?? null) {
    case null:
      return null
    case 'key_invalid':
      return 'the next key: the one before it was rejected'
    case 'no_credit':
      return 'the next key: the one before it has no credit left'
    case 'rate_limited':
      return 'the next key: the one before it was rate limited'
    default:
      return 'another key than before'
  }
}

/** Where a price comes from: whose it is, from when on it counts and how sure it is. */
export function priceWords({ id, kind, from, confidence }: PriceSourceView): string {
  const since = from === null || from.startsWith('1970') ? '' : `, in force since ${formatDate(from)}`
  switch (kind) {
    case 'own':
      return `A price of yours${since}`
    case 'local':
      return 'No price: it runs on this computer'
    case 'unknown':
      return `Price row ${id}, which this version no longer has`
    case 'shipped':
      return `Price row ${id}${since}${confidence === 'high' ? '' : `, ${confidence ?? 'unknown'} confidence`}`
  }
}
