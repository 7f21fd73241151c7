import type { ContextMessage } from '../../core/context'
import type { ProviderId } from '../../core/provider'
import type { StreamPart } from '../../core/stream-part'
import type { Fetch } from '../ports'

/** What is asked, in no provider's dialect. */
export interface ModelRequest {
  readonly model: string
  readonly messages: readonly ContextMessage[]
  /** The most tokens the answer may take, thinking included. */
  readonly maxOutputTokens: number
}

/** What one call may use, and for how long. */
export interface CallAccess {
  /** Lent for this call only; never kept, logged or put in a URL. Null where the endpoint needs none. */
  readonly key: string | null
  readonly baseUrl: string
  /** Bound to the origin the key was entered for; the only way out. */
  readonly fetch: Fetch
  readonly signal: AbortSignal
  /** Removes secrets from what a provider says, since a refusal may echo part of the key. */
  readonly redact: (text: string) => string
  /** Epoch milliseconds, for what a provider says in seconds from now. */
  readonly now: () => number
}

/**
 * One dialect. `stream` makes exactly one HTTP request and never throws: every ending is its last part, one of
 * `finish`, `failure`, `stopped` and `cut-off`.
 */
export interface ProviderAdapter {
  readonly provider: ProviderId
  stream(request: ModelRequest, access: CallAccess): AsyncIterable<StreamPart>
}

/** The dialects by provider. Loading one loads its SDK, which the start of the app must not wait for. */
export type ProviderRegistry = Readonly<Record<ProviderId, () => Promise<ProviderAdapter>>>
