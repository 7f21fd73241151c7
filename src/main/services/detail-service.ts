import { tokensPerSecond } from '../../core/pace'
import { settledLines, type SettledLine } from '../../core/settled-lines'
import type { KeyId, MessageId, PriceId } from '../../core/ids'
import type { UsageReport } from '../../core/usage'
import type {
  AttemptKeyView,
  AttemptView,
  DetailLineView,
  MessageDetailsView,
  PriceSourceView,
} from '../../shared/ipc/detail-views'
import type { Result } from '../../shared/ipc/transport'
import type { Catalog } from '../catalog/catalog'
import type { CallRow } from '../storage/calls'
import type { BookedLine } from '../storage/ledger'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { done, refused } from './result'
import { answerView, costView, messageView } from './views'

/** A report is a few hundred characters long; a provider may send whatever it likes. */
const LONGEST_REPORT = 20_000
/** How the id of a price of the user's own is written in a ledger line. */
const OWN = 'own/'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly vault: Pick<Vault, 'status'>
}

/** Tells how an answer came about: all of it from what was written down, nothing reckoned anew. */
export function createDetailService({ storage, catalog, vault }: Needs) {
  const { calls, ledger } = storage

  const keyOf = (call: CallRow, before: readonly CallRow[]): AttemptKeyView | null => {
    const { keyId: id } = call
    if (id === null) return null
    const known = storage.keys.get(id)
    const gaveWay = before.findLast(({ keyId }) => keyId !== id)
    return {
      id,
      label: known?.label ?? null,
      last4: lastFour(id),
      gone: known === undefined,
      after: gaveWay === undefined ? null : calls.failureCodeOf(gaveWay.id),
    }
  }

  const lastFour = (id: KeyId): string | null => vault.status(id)?.last4 ?? null

  const priceOf = (id: string): PriceSourceView => {
    const own = id.startsWith(OWN) ? storage.priceOverrides.ever(id.slice(OWN.length) as PriceId) : undefined
    const row = own?.price ?? catalog.priceRow(id)
    if (row === undefined) return { id, kind: 'unknown', from: null, confidence: null, sources: [] }
    const kind = own !== undefined ? 'own' : row.sources.length === 0 ? 'local' : 'shipped'
    return { id, kind, from: row.from, confidence: row.confidence, sources: row.sources }
  }

  const attemptOf = (call: CallRow, index: number, all: readonly CallRow[]): AttemptView => {
    const runs = call.state === 'in_flight'
    const known = calls.progressOf(call.id)
    const { endedMs, failure } = calls.endOf(call.id)
    const usage = runs ? null : (known?.usage ?? null)
    const firstByteMs = known?.firstByteMs ?? null
    const lines = settledLines(ledger.ofCall(call.id)).map(lineView)
    const priceIds = new Set(lines.map(({ priceId }) => priceId).filter((id) => id !== null))
    return {
      callId: call.id,
      state: call.state,
      automatic: call.automatic,
      provider: call.provider,
      connectionLabel: call.connectionLabel,
      key: keyOf(call, all.slice(0, index)),
      modelAsked: call.modelRequested,
      modelAnswered: known?.modelAnswered ?? null,
      startedMs: call.startedMs,
      firstByteMs,
      endedMs,
      tokensPerSecond: tokensPerSecond({ complete: call.state === 'done', usage, firstByteMs, endedMs }),
      responseId: known?.responseId ?? null,
      requestId: failure?.requestId ?? null,
      failure: failure === null ? null : { code: failure.code, status: failure.status },
      cost: runs ? null : costView(storage.spend.ofCall(call.id)),
      cacheSaved: call.cacheSaved === null ? null : call.cacheSaved.toString(),
      usageFlags: call.flags,
      thinkingTokens: thinkingIn(usage),
      lines,
      prices: [...priceIds].map(priceOf),
      report: reportText(usage),
    }
  }

  return {
    /** Of an answer only: a message of the user's own has no calls behind it. */
    ofMessage({ messageId }: { messageId: MessageId }): Result<MessageDetailsView> {
      const message = storage.messages.get(messageId)
      const isThere = message?.role === 'assistant' && storage.conversations.get(message.conversationId) !== undefined
      if (message === undefined || !isThere) return refused('not_found', 'messageId')
      const attempts = calls.ofMessage(messageId)
      const runs = message.state === 'streaming' || attempts.some(({ state }) => state === 'in_flight')
      const { state, stopReason, budgetTokens, createdMs, provider, model, modelName, cost, cacheSaved, usageFlags } =
        message.state === 'streaming' ? messageView(message, catalog, new Map()) : answerView(message, storage, catalog)
      return done({
        messageId,
        state,
        stopReason,
        budgetTokens,
        createdMs,
        provider,
        model,
        modelName,
        cost: runs ? null : cost,
        cacheSaved: runs ? null : cacheSaved,
        usageFlags,
        attempts: attempts.map(attemptOf),
      })
    },
  }
}

/** What can be asked of it. */
export type DetailService = ReturnType<typeof createDetailService>

function lineView({ booked, last, pico, costClass }: SettledLine<BookedLine>): DetailLineView {
  // A price that came later is the one that counts; what only takes an amount back names none.
  const priced = last.unitPrice === null ? booked : last
  return {
    role: booked.role,
    model: booked.model,
    bucket: booked.bucket,
    units: booked.units,
    unitPrice: priced.unitPrice,
    multiplier: priced.multiplier,
    priceId: priced.priceId,
    pico: pico === null ? null : pico.toString(),
    upper: last.picoUpper === null ? null : last.picoUpper.toString(),
    costClass,
    corrected: last.reason,
  }
}

function thinkingIn(usage: UsageReport | null): number | null {
  const counts = (usage?.lines ?? []).map(({ reasoningTokens }) => reasoningTokens).filter((count) => count !== null)
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0)
}

function reportText(usage: UsageReport | null): string | null {
  if (usage === null || usage.raw === undefined || usage.raw === null) return null
  const text = JSON.stringify(usage.raw, null, 2)
  return text.length <= LONGEST_REPORT ? text : `${text.slice(0, LONGEST_REPORT)}…`
}
