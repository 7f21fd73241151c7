import type { CachePlan } from '../../core/caching'
import type { ContextMessage } from '../../core/context'
import type { Dialect, ProviderId } from '../../core/provider'
import type { Failure } from '../../core/failure'
import type { StreamPart } from '../../core/stream-part'
import type { Fetch } from '../ports'

/** What is asked, in no provider's dialect. */
export interface ModelRequest {
  readonly provider: ProviderId
  readonly model: string
  readonly messages: readonly ContextMessage[]
  /** The most tokens the answer may take, thinking included. */
  readonly maxOutputTokens: number
  /** Whether the catalogue knows it as a model that thinks; some fields are refused by those that do not. */
  readonly reasons: boolean
  /** How hard a model that thinks is to think, where that can be said; its own default otherwise. */
  readonly effort?: 'low'
  /** What the request says about prompt caching; null where it says nothing. */
  readonly cache: CachePlan | null
}

/** What one call may use, and for how long. */
export interface CallAccess {
  /** Lent for this call only; never kept, logged or put in a URL. Null where the endpoint needs none. */
  readonly key: string | null
  readonly baseUrl: string
  /** Bound to the origin the key was entered for; the only way out. */
  readonly fetch: Fetch
  /** Runs `work` with the global fetch bound to the same origin, for the one SDK that takes no fetch of ours. */
  readonly within: <Value>(work: () => Value) => Value
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
  readonly dialect: Dialect
  stream(request: ModelRequest, access: CallAccess): AsyncIterable<StreamPart>
  /** Asks which models this key may use: one request that costs nothing, and so the check of a key. Never throws. */
  listModels(access: CallAccess): Promise<ModelList>
}

/** A model as its provider lists it; null where the list does not say. */
export interface ListedModel {
  readonly id: string
  readonly name: string | null
  readonly contextTokens: number | null
  readonly maxOutputTokens: number | null
}

export type ModelList =
  | { readonly ok: true; readonly models: readonly ListedModel[] }
  | { readonly ok: false; readonly failure: Failure }

/** The dialects. Loading one loads its SDK, which the start of the app must not wait for. */
export type ProviderRegistry = Readonly<Record<Dialect, () => Promise<ProviderAdapter>>>
