import type { ProviderId } from './provider'

/** What the catalogue knows of a model. Limits are the provider's, in tokens. */
export interface ModelInfo {
  readonly provider: ProviderId
  /** The provider's id, verbatim: what is sent and what is priced. */
  readonly id: string
  readonly name: string
  readonly contextTokens: number
  readonly maxOutputTokens: number
  /** UTC date after which the provider no longer answers for it; null while none is announced. */
  readonly retires: string | null
}
