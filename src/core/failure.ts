/** Why a call did not end well. Stable: stored in the ledger, turned into one sentence and one next step by the view. */
export type FailureCode =
  | 'key_missing'
  | 'key_locked'
  | 'key_invalid'
  | 'key_no_scope'
  | 'no_credit'
  | 'spend_limit'
  /** A limit of the user's own, met by a later attempt at an answer. */
  | 'budget_limit'
  /** So much has left within minutes that nothing more does by itself. */
  | 'loop_limit'
  | 'rate_limited'
  | 'overloaded'
  | 'context_too_long'
  | 'model_not_found'
  /** Nobody who offers the model promises not to keep what is sent. */
  | 'data_policy'
  | 'content_blocked'
  | 'bad_request'
  | 'redirected'
  /** The connection's host leads where no key goes: to this machine, its network's own services, a private network. */
  | 'address_refused'
  | 'network'
  | 'timeout'
  | 'server'
  | 'protocol'
  | 'internal'

/** An expected bad ending, as a value. Nothing in it may hold a key: provider text is redacted before it gets here. */
export interface Failure {
  readonly code: FailureCode
  /** HTTP status; null when no response arrived or the error came inside a stream. */
  readonly status: number | null
  /** The provider's own error type or code, verbatim. */
  readonly providerCode: string | null
  /** The provider's own words, shortened and redacted, for the details. */
  readonly detail: string | null
  readonly requestId: string | null
  /** When the provider asks to be asked again, epoch milliseconds. */
  readonly retryAtMs: number | null
  /** Whether the provider may have worked, and may bill, although no answer arrived. */
  readonly maybeBilled: boolean
}

/** A failure with nothing known beyond its code. */
export function failure(code: FailureCode, known: Partial<Omit<Failure, 'code'>> = {}): Failure {
  return {
    code,
    status: null,
    providerCode: null,
    detail: null,
    requestId: null,
    retryAtMs: null,
    maybeBilled: false,
    ...known,
  }
}
