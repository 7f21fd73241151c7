import { isTerminal, endOf, NOTHING_RECEIVED, received, type End } from '../../core/answer'
import { textOf, titleFrom, type Message } from '../../core/conversation'
import { failure } from '../../core/failure'
import type { CallId, ConnectionId, ConversationId, KeyId } from '../../core/ids'
import type { PriceBook } from '../../core/price-book'
import { PROVIDERS } from '../../core/provider'
import { joined, withoutSecrets } from '../../core/secret-guard'
import { worstCase } from '../../core/worst-case'
import type { Catalog } from '../catalog/catalog'
import type { Egress } from '../egress/egress'
import type { Log, Redactor } from '../log'
import type { Clock, NewId } from '../ports'
import type { ProviderRegistry } from '../providers/provider-adapter'
import type { Connection } from '../storage/connections'
import type { Call } from '../storage/calls'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import type { AnswerNews } from './answer-news'
import type { BudgetService } from './budget-service'
import { callParts } from './call-parts'
import { callRow, planCall, requestOf, verdictOn, type Question } from './call-plan'
import type { ConversationService } from './conversation-service'
import { hostModifier } from './host-price'
import type { ModelService } from './model-service'
import { departureOf, type LoopGuard } from './loop-guard'
import { keysIn, ownKeysIn } from './own-keys'
import type { PromptMeter } from './prompt-meter'
import { settleCall } from './settlement'
import type { SettingsService } from './settings-service'
import { findTarget, type Target } from './target'

/** How much of the first message is shown to the model, in characters. */
const LOOKED_AT = 2_000
/** The longest title that is paid for, in tokens; one that thinks needs room to. */
const MOST_TOKENS = 64
const MOST_TOKENS_THINKING = 512

const SETTLE_AGAIN_MS = 2_000
const SETTLE_TRIES = 30

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly catalog: Catalog
  readonly providers: ProviderRegistry
  readonly egress: Egress
  readonly redactor: Redactor
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly models: ModelService
  readonly meter: PromptMeter
  readonly budgets: BudgetService
  readonly loop: LoopGuard
  readonly settings: SettingsService
  readonly conversations: ConversationService
  readonly news: AnswerNews
  readonly keyUsed: (keyId: KeyId) => void
  readonly callEnded: (call: Call) => void
  readonly pricesOf: (id: ConnectionId) => PriceBook
}

/**
 * Titles written by a model: only when the user has switched them on, once for a conversation, by the cheapest model of
 * the connection that has just answered. A hidden call like any other: it has its row, its budget and its line.
 */
export function createTitleService(needs: Needs) {
  const { storage, settings, clock } = needs
  const running = new Map<CallId, { readonly interrupt: () => void }>()

  const write = async (conversationId: ConversationId, question: Message, connection: Connection): Promise<void> => {
    const to = cheapest(needs, connection)
    if (to === null) return
    // A key that was sent on purpose was sent to one model, and not to this one.
    const text = textOf(question.parts)
    await ownKeysIn(needs, text)
    const places = joined([...keysIn(needs, text), ...storage.keptBack.ofMessage(question.id)])
    const beginning = withoutSecrets(text, places).slice(0, LOOKED_AT)
    const prompt = `Write a title of at most six words, in the language of the message below, for a conversation that begins with it. Answer with the title alone.\n\n${beginning}`
    const asked = { role: 'user', text: prompt, reasoning: [] } as const
    const path = [{ ...question, id: null, parts: [{ type: 'text', text: prompt }] } as const]
    const measured = await needs.meter.measure(path)
    if (!storage.isOpen()) return
    const size = needs.meter.sizeFor(measured, [asked], connection.provider, to.modelId)
    const about: Question = { to, messages: [asked], size, caching: 'off', conversationId }
    const plan = { ...planCall(needs, about), wanted: mostTokens(to) }
    const call = storage.transaction(() => {
      const verdict = verdictOn(needs, about, plan, [])
      // A title is not worth a question, and a shorter one is none.
      if (!verdict.go || verdict.shortenedBy !== null) return null
      const departure = departureOf(plan.worstCase, verdict)
      if (needs.loop.check(departure) !== null) return null
      const subject = { attemptOf: null, automatic: false, purpose: 'title', turnId: null, messageId: null } as const
      const row = callRow(needs, about, plan, verdict, { ...subject, conversationId })
      storage.calls.add(row)
      needs.loop.noteBegun(row.id, departure, null)
      return row
    })
    if (call === null) return
    needs.budgets.changed()

    const abort = new AbortController()
    let answer = NOTHING_RECEIVED
    let left = false
    let end: End | null = null
    const settle = (): void => {
      if (end === null || !running.has(call.id) || !storage.isOpen()) return
      settleCall(needs, call, answer, end, left)
      running.delete(call.id)
      needs.callEnded(call)
      needs.news.spent()
    }
    /** A full or locked disk is tried again; after that the next start settles. */
    const insist = (tries: number): void => {
      try {
        settle()
      } catch (error) {
        if (tries === 0) needs.log.error('settling a title', error)
        if (tries < SETTLE_TRIES) setTimeout(insist, SETTLE_AGAIN_MS, tries + 1).unref()
      }
    }
    running.set(call.id, {
      interrupt() {
        end ??= { ending: 'interrupted', failure: null, stopReason: null }
        abort.abort()
        insist(0)
      },
    })
    const request = { ...requestOf(about, plan, plan.wanted), effort: 'low' } as const
    const subject = { id: call.id, purpose: 'title' } as const
    try {
      for await (const part of callParts(needs, subject, connection, request, abort.signal, () => void (left = true))) {
        if (end !== null) continue
        if (isTerminal(part)) end = endOf(part)
        else answer = received(answer, part, clock.now())
      }
    } catch (error) {
      needs.log.error('writing a title', error)
      end ??= endOf({ type: 'failure', failure: failure('internal', { maybeBilled: left }) })
    }
    end ??= endOf({ type: 'cut-off' })
    insist(0)
    const title = cleanTitle(textOf(answer.parts))
    if (!storage.isOpen() || end.ending !== 'done' || title === '') return
    if (storage.conversations.title(conversationId, title)) needs.conversations.changed()
  }

  return {
    /** An answer has ended well. */
    afterAnswer(message: Message): void {
      if (!settings.view().background.titles || message.state !== 'complete') return
      const conversation = storage.conversations.get(message.conversationId)
      const connection = message.connectionId === null ? undefined : storage.connections.get(message.connectionId)
      const question = message.parentId === null ? undefined : storage.messages.get(message.parentId)
      // Only the first answer of a conversation that nobody has named.
      if (conversation === undefined || connection === undefined || question === undefined) return
      // What is said in private is sent to nobody but whom it was said to.
      if (conversation.isPrivate || conversation.titledBy !== null || question.parentId !== null) return
      if (storage.calls.ofConversation(conversation.id).some(({ purpose }) => purpose === 'title')) return
      write(conversation.id, question, connection).catch((error: unknown) => needs.log.error('writing a title', error))
    },

    /** Books what runs; the process is about to end. */
    interruptAll(): void {
      for (const title of running.values()) title.interrupt()
    },
  }
}

/** What can be asked of it. */
export type TitleService = ReturnType<typeof createTitleService>

/**
 * The cheapest model with a price that the connection offers, rather one that does not think first. On the user's own
 * computer all cost nothing, and loading another one would take minutes: there is none to choose, so none is asked.
 */
function cheapest(needs: Needs, connection: Connection): Target | null {
  if (PROVIDERS[connection.provider].local) return null
  const offered = needs.models.byConnection().find(({ connectionId }) => connectionId === connection.id)?.models ?? []
  const book = needs.pricesOf(connection.id)
  const startedMs = needs.clock.now()
  const modifier = hostModifier(connection.provider, connection.baseUrl)
  const modifiers = modifier === null ? [] : [modifier]
  const priced = offered.flatMap(({ id }) => {
    const to = findTarget(needs, connection.id, id)
    const row = book.find(connection.provider, id, startedMs)
    const bounds = { promptMost: LOOKED_AT, startedMs, modifiers, writes: [] }
    const most = to.ok ? worstCase(row, bounds, mostTokens(to.value)) : null
    return to.ok && most !== null ? [{ to: to.value, most }] : []
  })
  return priced.toSorted((a, b) => (a.most < b.most ? -1 : a.most > b.most ? 1 : 0))[0]?.to ?? null
}

function mostTokens({ model }: Target): number {
  return model.capabilities.includes('reasoning') ? MOST_TOKENS_THINKING : MOST_TOKENS
}

/** Models put quotes around titles, and full stops after them. */
function cleanTitle(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  const bare = line.replace(/^["'“”„«#*\s]+|["'“”»*.\s]+$/g, '')
  return bare === '' ? '' : titleFrom(bare)
}
