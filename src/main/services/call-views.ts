import type { ConversationId, PriceId } from '../../core/ids'
import type { CallDetailView, CallView, LedgerLineView, LinePriceView } from '../../shared/ipc/spend-views'
import type { Catalog } from '../catalog/catalog'
import type { CallRow } from '../storage/calls'
import type { LedgerEntryLine } from '../storage/ledger'
import type { BookedCost } from '../storage/spend'
import type { ListedCall } from '../storage/spend-calls'
import type { Storage } from '../storage/storage'
import { costView, nameOf } from './views'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
}

const OWN = /^own\/(?=prc_)/

/** Calls as they are shown. */
export function callViews({ storage, catalog }: Needs) {
  const conversationOf = ({ conversationId }: CallRow) =>
    conversationId === null ? undefined : storage.conversations.get(conversationId)
  const viewOf = (call: CallRow, booked: BookedCost, conversation: ReturnType<typeof conversationOf>): CallView => {
    return {
      id: call.id,
      conversationId: conversation?.id ?? null,
      // Nothing that was said in a private conversation is shown outside it, and its title was.
      conversationTitle: call.isPrivate ? null : (conversation?.title ?? null),
      provider: call.provider,
      connectionId: call.connectionId,
      connectionLabel: call.connectionLabel,
      purpose: call.purpose,
      modelId: call.modelRequested,
      unpricedModel: booked.costClass === 'unpriced' ? storage.ledger.openModel(call.id) : null,
      model: nameOf(call.provider, call.modelRequested, catalog),
      startedMs: call.startedMs,
      state: call.state,
      cost: costView(booked),
      usageFlags: call.flags,
      automatic: call.automatic,
      isPrivate: call.isPrivate,
      cacheSaved: call.cacheSaved === null ? null : call.cacheSaved.toString(),
    }
  }

  const callView = (call: CallRow): CallView => viewOf(call, storage.spend.ofCall(call.id), conversationOf(call))

  const priceView = (id: string): LinePriceView | null => {
    const own = OWN.test(id) ? storage.priceOverrides.ever(id.replace(OWN, '') as PriceId)?.price : undefined
    const row = own ?? catalog.priceRow(id)
    if (row === undefined) return null
    const [read] = row.sources
    const { from, confidence } = row
    return {
      id,
      source: read?.source ?? '',
      checked: read?.checked ?? null,
      validFrom: from,
      confidence,
      own: own !== undefined,
    }
  }

  const lineView = (line: LedgerEntryLine): LedgerLineView => {
    const { pico, picoUpper, priceId, ...rest } = line
    return {
      ...rest,
      pico: pico === null ? null : pico.toString(),
      upper: picoUpper === null ? null : picoUpper.toString(),
      price: priceId === null ? null : priceView(priceId),
    }
  }

  const messageOf = ({ messageId }: CallRow): CallDetailView['message'] => {
    const message = messageId === null ? undefined : storage.messages.get(messageId)
    // A deleted conversation is out of sight, and its messages with it.
    if (message === undefined || storage.conversations.get(message.conversationId) === undefined) return null
    return { conversationId: message.conversationId, messageId: message.id }
  }

  return {
    callView,
    /** Many of them, with what each comes to as reports add it up. */
    callList(calls: readonly ListedCall[]): CallView[] {
      const conversations = new Map<ConversationId, ReturnType<typeof conversationOf>>()
      return calls.flatMap(({ id, cost }) => {
        const call = storage.calls.get(id)
        if (call === undefined) return []
        const { conversationId } = call
        if (conversationId !== null && !conversations.has(conversationId)) {
          conversations.set(conversationId, conversationOf(call))
        }
        return [viewOf(call, cost, conversationId === null ? undefined : conversations.get(conversationId))]
      })
    },
    detailView(call: CallRow): CallDetailView {
      const progress = storage.calls.progressOf(call.id)
      const raw = progress?.usage?.raw ?? null
      const attempts = call.turnId === null ? [call] : storage.calls.ofTurn(call.turnId)
      return {
        ...callView(call),
        keyId: call.keyId,
        keyLabel: call.keyId === null ? null : (storage.keys.get(call.keyId)?.label ?? null),
        modelAnswered: progress?.modelAnswered ?? null,
        localDay: call.localDay,
        utcDay: call.utcDay,
        utcOffsetMinutes: call.utcOffsetMinutes,
        firstByteMs: progress?.firstByteMs ?? null,
        endedMs: storage.calls.endOf(call.id).endedMs,
        responseId: progress?.responseId ?? null,
        failureCode: storage.calls.failureCodeOf(call.id),
        lines: storage.ledger.entriesOf(call.id).map(lineView),
        usageText: raw === null ? null : JSON.stringify(raw, null, 2),
        message: messageOf(call),
        attempts: attempts.map(callView),
      }
    },
  }
}
