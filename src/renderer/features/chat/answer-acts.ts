import type { ComponentType } from 'react'
import type { ProviderId } from '../../../core/provider'
import type { ConnectionId, KeyId, MessageId, TurnId } from '../../../core/ids'
import type { MessageView } from '../../../shared/ipc/views'
import type { LinkActs } from '../../markdown/link-acts'

/** What a message can ask of the rest of the window. */
export interface AnswerActs {
  /** The label of a connection, or null once it is gone. */
  connectionLabel(connectionId: ConnectionId | null): string | null
  retry(turnId: TurnId): void
  /** The same of a model that is chosen now. `from`: what has the focus again where none is. */
  retryWith(turnId: TurnId, from: HTMLElement | null): void
  /** Has the last answer gone on with. */
  goOn(): void
  /** Shows the branch this message is on, without moving the reader. */
  showBranch(messageId: MessageId): void
  /** Stands in the place of a message of the user's own while it is edited. */
  readonly Editor: ComponentType<{ readonly message: MessageView }>
  /** Puts a text as a quote behind the draft, and the focus after it. Sends nothing. */
  quote(text: string): void
  /** Ends the pause before an automatic retry. */
  retryNow(turnId: TurnId): void
  stop(turnId: TurnId): void
  /** Asks for another key in the place of the one an answer went with, then for the same answer again. */
  replaceKey(connectionId: ConnectionId | null, turnId: TurnId, keyId: KeyId | null): void
  /** For what a model wrote: asks before it opens anything. The same object always. */
  readonly links: LinkActs
  /** A page of the provider's, of an address that is ours. */
  openPage(provider: ProviderId | null, page: 'billingPage' | 'limitsPage'): void
  openKeys(): void
  /** Leads to a price on the page of prices, by the id that lines name it by. */
  showPrice(priceId: string): void
  /** Leads to the limit of the user's own that shortened an answer. */
  raiseLimit(): void
  newConversation(): void
  chooseModel(): void
}
