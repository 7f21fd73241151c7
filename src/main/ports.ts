import type { Id, IdKind } from '../core/ids'

// What the outside must supply. Nothing here knows Electron, so that a test builds the same object graph as the app.

/** Wall clock and time zone. Durations that matter come from the difference of two `now()`. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Local minus UTC at `atMs`, in minutes. */
  offsetMinutes(atMs: number): number
  /** Milliseconds since some instant of this run, never set and never going back. */
  steadyMs(): number
}

export type NewId = <Kind extends IdKind>(kind: Kind) => Id<Kind>

/** The operating system's keychain, as Electron's asynchronous safeStorage offers it. */
export interface Cipher {
  /** The keychain by the name its users know. */
  readonly keychain: string
  /** Whose ways of getting it back are to be told. */
  readonly system: 'mac' | 'windows' | 'linux'
  /**
   * A ciphertext that begins with these bytes was made with a key published in Chromium's source: that is no keychain.
   * Only Linux has such a case (`v10`; a real keyring gives `v11`); null elsewhere.
   */
  readonly publicKeyPrefix: string | null
  isAvailable(): Promise<boolean>
  encrypt(text: string): Promise<Uint8Array>
  /** Rejects with a `CipherError` that says whether trying again later can help. */
  decrypt(bytes: Uint8Array): Promise<{ readonly text: string; readonly shouldReEncrypt: boolean }>
}

/** The keychain did not open something: `temporary` says whether to try again later. */
export class CipherError extends Error {
  override readonly name = 'CipherError'
  readonly temporary: boolean

  constructor(temporary: boolean) {
    super(temporary ? 'the keychain is not available now' : 'the keychain cannot open this')
    this.temporary = temporary
  }
}

/** Why a request got no usable response. Carries no text from outside. */
export type TransportCode = 'refused' | 'address' | 'redirected' | 'timeout' | 'network' | 'oversized'

/** Thrown by our fetch; provider SDKs wrap it, so look for it along `cause`. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  readonly code: TransportCode
  /** False only when it is certain that nothing reached the other side. */
  readonly maybeSent: boolean

  constructor(code: TransportCode, maybeSent: boolean) {
    // One SDK drops all of an error but its message, so the message says all there is.
    super(maybeSent ? `egress: ${code}` : `egress: ${code}, not sent`)
    this.code = code
    this.maybeSent = maybeSent
  }
}

export type Fetch = typeof globalThis.fetch

/** Where every request that leaves is written down, before it leaves. Never headers, query or bodies. */
export interface EgressLog {
  opened(row: {
    readonly id: Id<'request'>
    readonly atMs: number
    readonly origin: string
    readonly method: string
    readonly path: string
    readonly purpose: string
    readonly connectionId: Id<'connection'>
    readonly callId: Id<'call'> | null
    readonly bytesUp: number
  }): void
  closed(row: {
    readonly id: Id<'request'>
    readonly endedMs: number
    readonly status: number | null
    readonly bytesDown: number
    readonly outcome: 'done' | 'cancelled' | TransportCode
  }): void
}

/** Counts tokens with OpenAI's o200k vocabulary, in a process of its own: a hostile text must not stall the app. */
export interface TokenCounter {
  /** One count per text, in order; null when it could not be done within `withinMs` milliseconds. Never rejects. */
  count(texts: readonly string[], withinMs: number): Promise<readonly number[] | null>
  close(): void
}

/** Where files lie. */
export interface Paths {
  /** The profile folder; everything Latchkey keeps is below it. */
  readonly profile: string
}

/** The system's clipboard, as plain text. */
export interface Clipboard {
  read(): Promise<string>
  clear(): void
}

/** Opens a checked link in the user's own browser. */
export type OpenExternal = (url: string) => Promise<void>

/** Asks where a file is to be saved, with a name to begin from; null when its user backs out. */
export type AskWhere = (file: { readonly name: string; readonly format: 'csv' | 'json' }) => Promise<string | null>
