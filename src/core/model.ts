import type { ProviderId } from './provider'

/** What a model can take in or do beside text. */
export type Capability = 'image' | 'pdf' | 'audio' | 'video' | 'tools' | 'reasoning' | 'web_search'

/** What is known of a model. Limits are the provider's, in tokens; null where nobody says. */
export interface ModelInfo {
  readonly provider: ProviderId
  /** The provider's id, verbatim: what is sent and what is priced. */
  readonly id: string
  readonly name: string
  readonly contextTokens: number | null
  readonly maxOutputTokens: number | null
  readonly capabilities: readonly Capability[]
  /** UTC date after which the provider no longer answers for it; null while none is announced. */
  readonly retires: string | null
}
