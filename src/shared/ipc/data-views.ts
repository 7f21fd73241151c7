import type { ConversationId } from '../../core/ids'
import type { ProviderId } from '../../core/provider'
import type { Retention } from '../../core/retention'

// What is kept, for how long, and what was deleted.

/** When a conversation will be gone. */
export type DeletionView =
  | { readonly when: 'never' }
  | { readonly when: 'at_quit' }
  /** About then. `held`: it is past, and deleted once the system's clock has been seen to be right on another day. */
  | { readonly when: 'at'; readonly atMs: number; readonly held: boolean }

/** How long a conversation is kept. */
export interface ConversationRetentionView {
  /** A time of its own; null for as long as everything. */
  readonly own: Retention | null
  readonly deletion: DeletionView
}

/** What a general retention would mean for the conversations without a time of their own. */
export interface RetentionPreviewView {
  /** How many there are. */
  readonly conversations: number
  /** Of them, how many go at once. */
  readonly deletedNow: number
  /** Of them, how many go at quit. */
  readonly deletedAtQuit: number
  /** Of them, how many are past their time and wait because the system's clock has leapt. */
  readonly held: number
  /** Of the deleted ones beside them, how many cannot be brought back any more, at once or from the next quit on. */
  readonly fromTrash: number
}

/** When a deleted conversation is gone. */
export type GoneView =
  | { readonly when: 'at_quit' }
  /** How many whole days it can still be brought back; 0 on the last. */
  | { readonly when: 'in_days'; readonly days: number }
  /** Past its time, until the system's clock has been seen to be right on another day. */
  | { readonly when: 'held' }

/** A conversation that was deleted and can be brought back. */
export interface DeletedView {
  readonly id: ConversationId
  readonly title: string
  readonly isPrivate: boolean
  readonly deletedMs: number
  readonly goes: GoneView
}

/** What was deleted, the latest first. */
export interface DeletedListView {
  readonly conversations: readonly DeletedView[]
  /** How many there are; more than are listed where there are very many. */
  readonly total: number
}

/** What is kept below the profile. */
export interface DataView {
  /** Conversations that can be opened, private ones not counted. */
  readonly conversations: number
  /** In memory alone. */
  readonly privateConversations: number
  /** Deleted by the user, and can be brought back. */
  readonly deleted: number
  /** Past their time, and waiting because the system's clock has leapt. */
  readonly held: number
  /** Copies of the whole file from before an update. */
  readonly copies: number
  readonly calls: number
  readonly connections: number
  /** Sealed on disk or in memory. */
  readonly keys: number
  /** Of all files Latchkey writes, in bytes. */
  readonly bytes: number
}

/** What a purge has deleted; its traces in the file are gone as well. */
export interface PurgedView {
  readonly conversations: number
  readonly copies: number
  /** Still held because the system's clock has leapt. */
  readonly held: number
  /** Of all files Latchkey writes, before and after. */
  readonly bytesBefore: number
  readonly bytesAfter: number
}

/** What deleting everything has removed, and what is beyond it. */
export interface DeletedEverythingView {
  readonly removed: Pick<
    DataView,
    'conversations' | 'privateConversations' | 'deleted' | 'calls' | 'connections' | 'keys' | 'bytes'
  >
  /**
   * Files that could not be removed, by name; the next start tries again. Empty when nothing is left.
   */
  readonly filesLeft: readonly string[]
  /** Keys stay valid where they were made until they are revoked there: whose, and where. */
  readonly keysAt: readonly { readonly provider: ProviderId; readonly keyPage: string | null }[]
  /** Who keeps what was sent by rules of its own: see `core/provider-retention`. */
  readonly sentTo: readonly ProviderId[]
  /** The keychain keeps an entry of Latchkey's own, which opens nothing any more. */
  readonly keychainEntry: string | null
}
