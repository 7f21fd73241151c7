import type { RefObject } from 'react'
import type { Allowance } from '../../core/budget'
import type { ConnectionId, ConversationId } from '../../core/ids'
import { findSecrets, withoutSecrets } from '../../core/secret-guard'
import type { ConversationView } from '../../shared/ipc/views'
import { chatStore, type Attempt, type KeyConsent, type Outgoing, type Refusal } from '../features/chat/chat-store'
import { draftKeyOf, draftsStore, type DraftKey } from '../features/chat/drafts-store'
import { useVault } from '../features/vault/vault-store'
import { isUsable } from '../lib/connections'
import { allowancesFor } from './budget-choice'
import { agreeToCost, costAgreedGoesTo, mayCost } from './cost-question'
import { consentTo, heldSecretOf } from './held-secret'
import { navigation } from './navigation-store'

interface SendingInput {
  readonly conversationId: ConversationId | null
  /** A conversation that begins is a private one. */
  readonly isPrivate: boolean
  readonly conversation: ConversationView | undefined
  /** Where the message goes; null while there is nowhere. */
  readonly connectionId: ConnectionId | null
  readonly model: string | null
  readonly composer: RefObject<HTMLTextAreaElement | null>
  /** Called once a message is on its way in the conversation that is shown. */
  readonly onSent: () => void
}

export interface Sending {
  /** Where the message went, or null when it was not accepted. */
  readonly sendMessage: (text: string) => Promise<DraftKey | null>
  /** Sends it at the cost that was asked about. */
  readonly sendAtCost: (text: string) => Promise<void>
  /** Hands over once more what was kept here: past that step of a budget, or with the keys that go with it. */
  readonly sendAnyway: (refusal: Refusal) => Promise<void>
  /** Sends a message without the key that was seen in it, or in the messages before it. */
  readonly redactAndSend: (refusal: Refusal) => Promise<void>
  /** Shows where the key stands in the message. */
  readonly editSecret: (refusal: Refusal) => void
}

/** How a message leaves the page. */
export function useSending({
  conversationId,
  isPrivate,
  conversation,
  connectionId,
  model,
  composer,
  onSent,
}: SendingInput): Sending {
  const draftKey = draftKeyOf(conversationId, isPrivate)

  async function sendMessage(
    text: string,
    allow: readonly Allowance[] = [],
    allowSecret = false,
    consent: KeyConsent = {},
  ): Promise<DraftKey | null> {
    const { send, refuse } = chatStore.getState()
    // Still being opened: its earlier messages are not known yet.
    if (conversationId !== null && conversation === undefined) return null
    if (connectionId === null || model === null) {
      // A conversation whose connection is gone waits for another to be chosen; none is taken in its place.
      const usable = useVault.getState().connections.some(isUsable)
      refuse({ key: draftKey, error: { code: usable ? 'model_unknown' : 'key_missing' } })
      return null
    }
    const message: Outgoing = {
      conversationId,
      connectionId,
      model,
      text,
      ...(allowSecret ? { allowSecret: true as const } : {}),
      ...(conversationId === null && isPrivate ? { private: true as const } : {}),
    }
    if (consent.seen !== true && !allowSecret && findSecrets(text).length > 0) {
      refuse({
        key: draftKey,
        error: { code: 'key_misplaced', field: 'text' },
        attempt: { kind: 'send', message, allow, ...consent },
      })
      return null
    }
    if (!(await mayCost(draftKey, message))) {
      // One question at a time; what was refused before is seen again.
      chatStore.getState().dismissRefusal()
      return null
    }
    const id = await send(message, allow, consent)
    if (id === null) return null
    costAgreedGoesTo(draftKey, id)
    const { place, go } = navigation.getState()
    // Whoever has gone elsewhere in the meantime stays there.
    if (place.name === 'conversation' && draftKeyOf(place.conversationId, place.isPrivate === true) === draftKey) {
      go({ name: 'conversation', conversationId: id })
      onSent()
    }
    return id
  }

  async function sendAtCost(text: string): Promise<void> {
    composer.current?.focus()
    agreeToCost(draftKey)
    const to = await sendMessage(text)
    if (to !== null) draftsStore.getState().sent(draftKey, to, text)
  }

  async function sendAnyway(refusal: Refusal): Promise<void> {
    // The button that was pressed goes away, and the focus on it would go with it.
    composer.current?.focus()
    const { attempt } = refusal
    if (attempt === undefined) return
    await handOver(attempt, refusal, consentTo(refusal))
  }

  async function handOver(attempt: Attempt, refusal: Refusal, consent: KeyConsent): Promise<void> {
    const allow = allowancesFor(refusal)
    if (attempt.kind === 'retry') {
      if (conversationId !== null) await chatStore.getState().retry(conversationId, attempt.turnId, allow, consent)
      return
    }
    const { text, allowSecret } = attempt.message
    // What the page alone has seen says nothing about the stored keys, which only the main process knows.
    const agreed =
      allowSecret === true || (refusal.error.code === 'key_misplaced' && refusal.error.ranges !== undefined)
    const to = await sendMessage(text, allow, agreed, consent)
    if (to !== null) draftsStore.getState().sent(draftKey, to, text)
  }

  async function redactAndSend(refusal: Refusal): Promise<void> {
    composer.current?.focus()
    const { attempt } = refusal
    if (attempt !== undefined && refusal.error.code === 'key_in_history') {
      return handOver(attempt, refusal, { ...consentTo(refusal), earlierKeys: 'redact' })
    }
    const held = heldSecretOf(refusal)
    if (held === null) return
    const text = withoutSecrets(held.text, held.ranges)
    // Kept first: were it refused for something else, the key would not come back into the field.
    draftsStore.getState().keep(draftKey, text)
    const to = await sendMessage(text, attempt?.allow)
    if (to !== null) draftsStore.getState().sent(draftKey, to, text)
  }

  function editSecret(refusal: Refusal): void {
    const [first] = heldSecretOf(refusal)?.ranges ?? []
    composer.current?.focus()
    if (first !== undefined) composer.current?.setSelectionRange(first.start, first.end)
    chatStore.getState().dismissRefusal()
  }

  return { sendMessage: (text) => sendMessage(text), sendAtCost, sendAnyway, redactAndSend, editSecret }
}
