import type { RefObject } from 'react'
import type { Allowance } from '../../core/budget'
import type { ConnectionId, ConversationId, MessageId } from '../../core/ids'
import { findSecrets, withoutSecrets } from '../../core/secret-guard'
import type { ConversationView } from '../../shared/ipc/views'
import { chatStore, type Attempt, type KeyConsent, type Outgoing, type Refusal } from '../features/chat/chat-store'
import { draftKeyOf, draftOf, draftsStore, type DraftKey } from '../features/chat/drafts-store'
import { closeEdit } from '../features/chat/edits-store'
import { GO_ON } from '../features/chat/message-words'
import { useVault } from '../features/vault/vault-store'
import { isUsable } from '../lib/connections'
import { allowancesFor } from './budget-choice'
import { agreeToCost, costAgreedGoesTo, mayCost, type CostQuestion } from './cost-question'
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
  /** The message that is edited; else what is sent follows what is shown. */
  readonly editOf?: MessageId
  /** Where it is written. */
  readonly composer: RefObject<HTMLTextAreaElement | null>
  /** Called once a message is on its way in the conversation that is shown. */
  readonly onSent: () => void
}

export interface Sending {
  /** Where the message went, or null when it was not accepted. */
  readonly sendMessage: (text: string) => Promise<DraftKey | null>
  /** Sends it at the cost that was asked about. */
  readonly sendAtCost: (question: CostQuestion) => Promise<void>
  /** Has the last answer gone on with: a short message, whatever stands in the field. */
  readonly goOn: () => Promise<void>
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
  editOf,
  composer,
  onSent,
}: SendingInput): Sending {
  const pageKey = draftKeyOf(conversationId, isPrivate)
  const draftKey = editOf ?? pageKey

  async function sendMessage(
    text: string,
    allow: readonly Allowance[] = [],
    allowSecret = false,
    consent: KeyConsent = {},
    besideDraft = false,
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
      ...(editOf === undefined ? {} : { editOf }),
      ...(besideDraft ? { besideDraft: true as const } : {}),
      ...(allowSecret ? { allowSecret: true as const } : {}),
      ...(conversationId === null && isPrivate ? { private: true as const } : {}),
    }
    const beside = besideDraft ? { draft: draftOf(draftKey) } : {}
    const attempt: Attempt = { kind: 'send', message, ...beside, allow, ...consent }
    if (consent.seen !== true && !allowSecret && findSecrets(text).length > 0) {
      refuse({
        key: draftKey,
        error: { code: 'key_misplaced', field: 'text' },
        attempt,
      })
      return null
    }
    if (!(await mayCost(draftKey, message, { attempt }))) {
      // One question at a time; what was refused before is seen again.
      chatStore.getState().dismissRefusal()
      return null
    }
    const id = await send(message, allow, consent)
    if (id === null) return null
    costAgreedGoesTo(draftKey, id)
    if (editOf !== undefined) closeEdit(editOf)
    else if (!besideDraft) draftsStore.getState().sent(draftKey, id, text)
    const { place, go } = navigation.getState()
    // Whoever has gone elsewhere in the meantime stays there.
    if (place.name === 'conversation' && draftKeyOf(place.conversationId, place.isPrivate === true) === pageKey) {
      go({ name: 'conversation', conversationId: id })
      onSent()
    }
    return id
  }

  async function sendAtCost({ attempt }: CostQuestion): Promise<void> {
    composer.current?.focus()
    agreeToCost(pageKey)
    const { allow, earlierKeys, seen, allowLoop } = attempt
    await handOver(attempt, allow, {
      ...(earlierKeys === undefined ? {} : { earlierKeys }),
      ...(seen === undefined ? {} : { seen }),
      ...(allowLoop === undefined ? {} : { allowLoop }),
    })
  }

  async function goOn(): Promise<void> {
    composer.current?.focus()
    await sendMessage(GO_ON, [], false, {}, true)
  }

  async function sendAnyway(refusal: Refusal): Promise<void> {
    // The button that was pressed goes away, and the focus on it would go with it.
    composer.current?.focus()
    const { attempt } = refusal
    if (attempt === undefined) return
    // What the page alone has seen says nothing about the stored keys, which only the main process knows.
    const seen = refusal.error.code === 'key_misplaced' && refusal.error.ranges !== undefined
    await handOver(attempt, allowancesFor(refusal), consentTo(refusal), seen)
  }

  async function handOver(
    attempt: Attempt,
    allow: readonly Allowance[],
    consent: KeyConsent,
    seen = false,
  ): Promise<void> {
    if (attempt.kind === 'retry') {
      const { turnId, to } = attempt
      if (conversationId !== null && (await chatStore.getState().retry(conversationId, turnId, allow, consent, to)))
        onSent()
      return
    }
    const { text, allowSecret, besideDraft } = attempt.message
    await sendMessage(text, allow, allowSecret === true || seen, consent, besideDraft === true)
  }

  async function redactAndSend(refusal: Refusal): Promise<void> {
    composer.current?.focus()
    const { attempt } = refusal
    if (attempt !== undefined && refusal.error.code === 'key_in_history') {
      return handOver(attempt, allowancesFor(refusal), { ...consentTo(refusal), earlierKeys: 'redact' })
    }
    const held = heldSecretOf(refusal)
    if (held === null) return
    const text = withoutSecrets(held.text, held.ranges)
    // Kept first: were it refused for something else, the key would not come back into the field.
    draftsStore.getState().keep(draftKey, text)
    await sendMessage(text, attempt?.allow)
  }

  function editSecret(refusal: Refusal): void {
    const [first] = heldSecretOf(refusal)?.ranges ?? []
    composer.current?.focus()
    if (first !== undefined) composer.current?.setSelectionRange(first.start, first.end)
    chatStore.getState().dismissRefusal()
  }

  return { sendMessage: (text) => sendMessage(text), sendAtCost, goOn, sendAnyway, redactAndSend, editSecret }
}
