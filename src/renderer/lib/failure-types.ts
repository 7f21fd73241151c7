import type { ProviderId } from '../../core/provider'

/** The one act a failed answer offers first. */
export type FailureAct =
  | 'replace-key'
  | 'try-again'
  | 'open-billing'
  | 'open-limits'
  | 'new-conversation'
  | 'choose-model'
  | 'open-keys'

export interface FailureWords {
  /** What happened, in one sentence. */
  readonly title: string
  /** What to do. */
  readonly advice: string
  /** Null when the user can only change the message, or when the page to go to is not known. */
  readonly act: FailureAct | null
  /** Whether asking again may be offered beside the first act. Never for money: it would only fail again. */
  readonly retry: boolean
}

/** The names a failure is told with. */
export interface FailureNames {
  readonly provider: string
  /** The label of the connection that was used. */
  readonly key: string
  readonly model: string
  /** Which provider it was; without it the words for any of them are used. */
  readonly id?: ProviderId | null
  /** Where its server is, for servers of one's own. */
  readonly host?: string | null
}
