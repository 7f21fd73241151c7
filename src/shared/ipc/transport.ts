import type { SecretRange } from '../../core/secret-guard'
import type { BudgetRefusalView, LoopRefusalView } from './budget-views'
import type { RequestTable } from './contract'
import type { EventTable } from './events'

// Free of zod on purpose: the preload imports this file, and a sandboxed preload that pulls a validator in dies at load.

/** The two channels: every request goes over the one, every event over the other. */
export const REQUEST_CHANNEL = 'latchkey:request'
export const EVENT_CHANNEL = 'latchkey:event'

/** Why a request was refused. Stable; the view turns each into one sentence. No code ever repeats the input. */
export type RequestErrorCode =
  /** The input does not fit the contract. */
  | 'bad_request'
  | 'unknown_request'
  /** The sender is not Latchkey's own page. */
  | 'forbidden'
  | 'not_found'
  /** An answer is already running in this conversation. */
  | 'turn_running'
  | 'model_unknown'
  | 'key_missing'
  | 'key_malformed'
  /** An organisation's admin key: it may do far more than chat. */
  | 'key_is_admin'
  /** Something that looks like a key stands where it would be stored and shown in the clear. */
  | 'key_misplaced'
  /** More keys on one connection than anybody has accounts. */
  | 'too_many_keys'
  /** Earlier messages hold a key that was not sent to this connection before. */
  | 'key_in_history'
  | 'base_url_invalid'
  | 'base_url_not_local'
  /** Where a machine's or a cloud's own services answer. */
  | 'base_url_forbidden'
  /** In a private network, where only a server of the user's own may be. */
  | 'base_url_private'
  /** No http or https address, or one with credentials in it. */
  | 'proxy_invalid'
  /** A price that cannot be read, or is past anything a model costs. */
  | 'price_invalid'
  /** An amount that is none, or steps that contradict each other. */
  | 'budget_invalid'
  /** A budget of the user's own keeps the message here; `budget` says which. */
  | 'budget_limit'
  /** The model has no price, and a budget cannot hold what it cannot count. */
  | 'budget_unpriced'
  /** So much has left within minutes that the next request is asked about; `loop` says how much. */
  | 'loop_limit'
  | 'vault_unavailable'
  /** The passphrase has to be given first. */
  | 'vault_locked'
  /** The same, said of a message. */
  | 'key_locked'
  | 'passphrase_wrong'
  /** Without a keychain the passphrase is all that protects what is sealed. */
  | 'passphrase_needed'
  /** The ledger is verified, or its sums are rebuilt, and the other was asked for. */
  | 'ledger_busy'
  /** Its user has taken it back, and nothing was changed. */
  | 'cancelled'
  /** The disk is full, or what may be used of it. */
  | 'file_no_room'
  /** Nobody may write there, or it is Latchkey's own folder. */
  | 'file_forbidden'
  /** The folder is no longer there. */
  | 'file_gone'
  | 'file_failed'
  | 'link_refused'
  /** More at once, or in a minute, than anybody asks by hand. */
  | 'too_many'
  | 'shutting_down'
  | 'internal'

export interface RequestError {
  readonly code: RequestErrorCode
  /** The contract's own name of the offending field, never what it held. */
  readonly field?: string
  /** With `key_misplaced` in a message: where it stands. Places alone, of a text the page has written. */
  readonly ranges?: readonly SecretRange[]
  /** With `budget_limit` and `budget_unpriced`. */
  readonly budget?: BudgetRefusalView
  /** With `loop_limit`. */
  readonly loop?: LoopRefusalView
}

/** What every request is answered with; a request is always answered. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: RequestError }

export type RequestName = keyof RequestTable
export type RequestInput<Name extends RequestName> = RequestTable[Name]['input']
export type RequestAnswer<Name extends RequestName> = RequestTable[Name]['answer']

export type EventName = keyof EventTable
export type EventPayload<Name extends EventName> = EventTable[Name]

/** An event as it crosses; distributes over the names so that `name` narrows `payload`. */
export type BridgeEvent = {
  readonly [Name in EventName]: { readonly name: Name; readonly payload: EventPayload<Name> }
}[EventName]

/** What the preload puts on `window.latchkey`, and all of it. */
export interface Bridge {
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Result<RequestAnswer<Name>>>
  /** Calls `listener` for every event until the returned function is called. */
  subscribe(listener: (event: BridgeEvent) => void): () => void
}
