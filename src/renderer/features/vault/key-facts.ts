import { parseDecimal, scaleToInteger } from '../../../core/decimal'
import { formatAmount, PICO_PLACES } from '../../../core/money'
import type { ConnectionView, KeyLimitView, StoredKeyView } from '../../../shared/ipc/views'
import { sumFigure } from '../../lib/cost-words'
import { formatAge, formatDay, formatWhen, monthsAgo } from '../../lib/format'
import { expiryWords, isExpiring } from './expiry-words'

/** What is known of a key: `“Laptop” · last used today · $6.28 this month · expires on 14 Feb 2027`. */
export function keyFacts(key: StoredKeyView, nowMs: number): string {
  const { label, lastUsedMs, expiresMs, spend } = key
  const said = [
    ...(label === null ? [] : [`“${label}”`]),
    lastUsedMs === null ? 'not used yet' : `last used ${formatDay(lastUsedMs, nowMs)}`,
    `${sumFigure(spend)} this month`,
    ...(expiresMs === null || isExpiring(expiresMs, nowMs) ? [] : [expiryWords(expiresMs, nowMs)]),
  ].join(' · ')
  return capital(said)
}

/** What its provider lets it spend: `$4.12 of $5.00 left at 09:12`. */
export function limitWords({ limitUsd, remainingUsd, usedUsd, checkedMs }: KeyLimitView, nowMs: number): string {
  const when = formatWhen(checkedMs, nowMs)
  if (limitUsd === null || remainingUsd === null)
    return `No limit of its own · ${dollars(usedUsd)} used in all · ${when}`
  return `${dollars(remainingUsd)} of ${dollars(limitUsd)} left on the key · ${when}`
}

/** Why a key wants a look: it was refused, it expires, or its user asked to be told. Null while it does not. */
export function keyWarning({ refusal, expiresMs, remindMonths, addedMs }: StoredKeyView, nowMs: number): string | null {
  if (refusal !== null) {
    const when = formatDay(refusal.atMs, nowMs)
    return refusal.code === 'no_credit'
      ? `Without credit when it was last asked with, ${when}.`
      : `Rejected by its provider ${when}. Replace it with a new one.`
  }
  if (isExpiring(expiresMs, nowMs)) return `${capital(expiryWords(expiresMs, nowMs))}. Replace it with a new one.`
  if (remindMonths === null || monthsAgo(addedMs, nowMs) < remindMonths) return null
  return `Added ${formatAge(addedMs, nowMs)}: time to replace it.`
}

/** The quiet line over the message: `The key “Work” expires in 3 days.` Null while there is nothing to say. */
export function expiryLine({ key, label }: ConnectionView, nowMs: number): string | null {
  if (key.state === 'none' || !isExpiring(key.expiresMs, nowMs)) return null
  return `The key “${label}” ${expiryWords(key.expiresMs, nowMs)}.`
}

function dollars(usd: string): string {
  return formatAmount(scaleToInteger(parseDecimal(usd), PICO_PLACES))
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
