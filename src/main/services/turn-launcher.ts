import { contextFor, outputLimit, promptSize } from '../../core/context'
import { pathTo, type Message } from '../../core/conversation'
import { failure } from '../../core/failure'
import type { CallId, ConnectionId, TurnId } from '../../core/ids'
import type { ModelInfo } from '../../core/model'
import { localDay, utcDay } from '../../core/period'
import type { PriceBook } from '../../core/price-book'
import { PROVIDERS } from '../../core/provider'
import type { StreamPart } from '../../core/stream-part'
import type { Catalog } from '../catalog/catalog'
import type { Egress } from '../egress/egress'
import type { Log, Redactor } from '../log'
import type { Clock, NewId } from '../ports'
import type { ModelRequest, ProviderRegistry } from '../providers/provider-adapter'
import type { AnswerCall, Call } from '../storage/calls'
import type { Connection } from '../storage/connections'
import type { Conversation } from '../storage/conversations'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { originOf } from './base-url'
import { cleanPart } from './clean-part'
import { lendKey } from './lend-key'
import type { ConversationService } from './conversation-service'
import { hostModifier } from './host-price'
import type { EventHub } from './event-hub'
import type { RunningTurns } from './running-turns'
import { settleTurn } from './settlement'
import type { SpendService } from './spend-service'
import { runTurn } from './turn-stream'
import { costView, messageView } from './views'

/** Everything a turn touches from its beginning to its settlement. */
export interface LauncherNeeds {
  readonly storage: Storage
  readonly vault: Vault
  readonly catalog: Catalog
  readonly pricesOf: (id: ConnectionId) => PriceBook
  readonly providers: ProviderRegistry
  readonly egress: Egress
  readonly hub: EventHub
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly redactor: Redactor
  readonly running: RunningTurns
  readonly conversations: ConversationService
  readonly spend: SpendService
}

/** Who is to answer. */
export interface Target {
  readonly connection: Connection
  readonly model: ModelInfo
  /** The model as the user chose it, an alias perhaps; sent verbatim. */
  readonly modelId: string
}

/** A turn that may begin. */
export interface Plan {
  readonly turnId: TurnId
  readonly conversation: Conversation
  readonly isNewConversation: boolean
  readonly question: Message
  readonly isNewQuestion: boolean
  readonly to: Target
  /** The call this one tries again. */
  readonly attemptOf: CallId | null
}

/** Writes a turn down with its call, before anything leaves; then lets it run. Returns the answer, still empty. */
export function launchTurn(needs: LauncherNeeds, plan: Plan): Message {
  const { storage, clock } = needs
  const { conversation, question, to } = plan
  const now = clock.now()
  const answer: Message = {
    id: needs.newId('message'),
    conversationId: conversation.id,
    parentId: question.id,
    turnId: plan.turnId,
    role: 'assistant',
    parts: [],
    state: 'streaming',
    createdMs: now,
    provider: to.connection.provider,
    connectionId: to.connection.id,
    model: to.modelId,
    failure: null,
    stopReason: null,
  }
  const before = pathTo(question.parentId, storage.messages.of(conversation.id))
  const messages = contextFor([...before, question], { connectionId: to.connection.id, model: to.modelId })
  const prompt = promptSize(messages)
  const request = {
    provider: to.connection.provider,
    model: to.modelId,
    messages,
    maxOutputTokens: outputLimit(to.model, prompt),
    reasons: to.model.capabilities.includes('reasoning'),
  }
  const limits = { promptTokensAbout: prompt.about, promptTokensMost: prompt.most }
  const call = newCall(needs, plan, answer, { ...limits, maxOutputTokens: request.maxOutputTokens })
  storage.transaction(() => {
    if (plan.isNewConversation) storage.conversations.add(conversation)
    else storage.conversations.setModel(conversation.id, to.connection.id, to.modelId)
    storage.turns.add({ id: plan.turnId, conversationId: conversation.id, state: 'running', createdMs: now })
    if (plan.isNewQuestion) storage.messages.add(question)
    storage.messages.add(answer)
    storage.conversations.setHead(conversation.id, answer.id, now)
    storage.calls.add(call)
  })
  const turn = runTurn(call, answer, {
    ...needs,
    parts: (signal, leaving) => partsOf(needs, call, to.connection, request, signal, leaving),
    settle(received, end, left, seq) {
      const settled = settleTurn(needs, call, answer, received, end, left)
      needs.running.delete(call.turnId)
      announce(needs, settled, seq)
    },
  })
  needs.running.set(call.turnId, turn)
  needs.conversations.changed()
  return answer
}

function newCall(
  { clock, newId }: LauncherNeeds,
  { to, turnId, attemptOf }: Plan,
  answer: Message,
  limits: Pick<Call, 'promptTokensAbout' | 'promptTokensMost' | 'maxOutputTokens'>,
): AnswerCall {
  const utcOffsetMinutes = clock.offsetMinutes(answer.createdMs)
  return {
    id: newId('call'),
    attemptOf,
    turnId,
    messageId: answer.id,
    conversationId: answer.conversationId,
    connectionId: to.connection.id,
    connectionLabel: to.connection.label,
    keyId: to.connection.keyId,
    provider: to.connection.provider,
    modelRequested: to.modelId,
    purpose: 'answer',
    startedMs: answer.createdMs,
    utcDay: utcDay(answer.createdMs),
    localDay: localDay(answer.createdMs, utcOffsetMinutes),
    utcOffsetMinutes,
    hostModifier: hostModifier(to.connection.provider, to.connection.baseUrl),
    ...limits,
  }
}

/** The one request of a call: the key is lent for it alone, and it can reach only the origin that key is bound to. */
async function* partsOf(
  { vault, providers, egress, redactor, clock }: LauncherNeeds,
  call: Call,
  connection: Connection,
  request: ModelRequest,
  signal: AbortSignal,
  leaving: () => void,
): AsyncGenerator<StreamPart> {
  const origin = originOf(connection.baseUrl)
  const [lent, adapter] = await Promise.all([
    lendKey(vault, connection),
    providers[PROVIDERS[connection.provider].dialect](),
  ])
  if (!lent.ok) return yield { type: 'failure', failure: failure(lent.code) }
  if (signal.aborted) return yield { type: 'stopped' }
  const route = { origin, connectionId: connection.id, purpose: 'answer', callId: call.id, secret: lent.key } as const
  leaving()
  const parts = adapter.stream(request, {
    key: lent.key,
    baseUrl: connection.baseUrl,
    fetch: egress.fetchFor(route),
    within: (work) => egress.within(route, work),
    signal,
    redact: redactor.redact,
    now: clock.now,
  })
  for await (const part of parts) yield cleanPart(part, redactor)
}

function announce(needs: LauncherNeeds, message: Message, seq: number): void {
  const { storage, hub, catalog } = needs
  const conversation = storage.conversations.get(message.conversationId)
  if (conversation !== undefined) {
    hub.emit('turn.settled', {
      turnId: message.turnId,
      conversationId: conversation.id,
      seq,
      message: messageView(
        message,
        storage.spend.ofMessage(message.id),
        catalog,
        storage.calls.flagsOfMessage(message.id),
      ),
      conversation: {
        title: conversation.title,
        updatedMs: conversation.updatedMs,
        spend: costView(storage.spend.ofConversation(conversation.id)),
      },
    })
  }
  needs.conversations.changed()
  hub.emit('spend.changed', { month: needs.spend.month() })
}
