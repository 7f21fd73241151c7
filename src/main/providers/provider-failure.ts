import { failure, type Failure, type FailureCode } from '../../core/failure'
import { TransportError, type TransportCode } from '../ports'
import type { CallAccess } from './provider-adapter'

// What every dialect's errors module needs: our own transport's failures, and a provider's words made harmless.

const DETAIL_LENGTH = 300
const NAME_LENGTH = 100
/** An error text may be megabytes. */
export const LOOKED_AT = 4000
/** Longer is no wait but a slip; a day is what some quotas take, a month what a plan takes. */
const MOST_WAIT_MS = 31 * 86_400_000

/** What a failure of our own transport is called outside it. */
export const TRANSPORT_CODES: Readonly<Record<TransportCode, FailureCode>> = {
  refused: 'internal',
  address: 'address_refused',
  redirected: 'redirected',
  timeout: 'timeout',
  network: 'network',
  oversized: 'protocol',
}

/** What an HTTP status means where the body says no more. Providers' error pages agree on these. */
export const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  400: 'bad_request',
  401: 'key_invalid',
  402: 'no_credit',
  403: 'key_no_scope',
  404: 'model_not_found',
  408: 'timeout',
  413: 'context_too_long',
  422: 'bad_request',
  429: 'rate_limited',
  503: 'overloaded',
  504: 'timeout',
  529: 'overloaded',
}

/** What our fetch threw, however many times an SDK has wrapped it; undefined when it was not our fetch. */
export function transportFailure(error: unknown): Failure | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (cause instanceof TransportError) {
      return failure(TRANSPORT_CODES[cause.code], { maybeBilled: cause.maybeSent })
    }
  }
  return undefined
}

/** An error that is neither the provider's nor our transport's. */
export function unexpectedFailure(error: unknown): Failure {
  // A body that is not the documented stream makes an SDK, or our reading of its events, throw one of these.
  const protocol = error instanceof SyntaxError || error instanceof TypeError
  return failure(protocol ? 'protocol' : 'internal', { maybeBilled: true })
}

/** A provider's own words for the details: redacted, since whatever it says may repeat the key, and short. */
export function saidDetail(text: unknown, access: Pick<CallAccess, 'redact'>): string | null {
  return said(text, access, DETAIL_LENGTH)
}

/** A provider's code or id. */
export function saidName(text: unknown, access: Pick<CallAccess, 'redact'>): string | null {
  return said(text, access, NAME_LENGTH)
}

function said(text: unknown, { redact }: Pick<CallAccess, 'redact'>, length: number): string | null {
  return typeof text === 'string' && text !== '' ? redact(text.slice(0, LOOKED_AT)).slice(0, length) : null
}

/**
 * A refusal costs nothing. But a server or a proxy before it that gave up may have done so after the work was done: 5xx,
 * except the two by which a provider says that it did not even begin.
 */
export function mayHaveWorked(status: number): boolean {
  return status === 408 || status === 499 || (status >= 500 && status !== 503 && status !== 529)
}

/** `retry-after`, in seconds or as a date, of a refusal, as an instant; a 200 may carry one too, which means nothing. */
export function retryAt(status: number | undefined, text: string | null | undefined, now: number): number | null {
  if (status === undefined || status < 400 || text === null || text === undefined || text === '') return null
  const at = /^\d{1,6}(?:\.\d{1,3})?$/.test(text) ? now + Math.ceil(Number(text) * 1000) : Date.parse(text)
  return at > now && at < now + MOST_WAIT_MS ? at : null
}
