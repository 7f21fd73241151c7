import type { Answer, End } from '../../core/answer'
import type { Allowance } from '../../core/budget'
import type { CacheChoice } from '../../core/caching'
import { nextKey } from '../../core/failover'
import { failure, type Failure, type FailureCode } from '../../core/failure'
import type { CallId, ConnectionId, KeyId, TurnId } from '../../core/ids'
import { pathTo, type Message } from '../../core/conversation'
import { withheldFrom } from '../../core/earlier-keys'
import type { PriceBook } from '../../core/price-book'
import type { Result } from '../../shared/ipc/transport'
import type { Catalog } from '../catalog/catalog'
import type { Egress } from '../egress/egress'
import type { Log, Redactor } from '../log'
import type { Clock, NewId } from '../ports'
import type { ProviderRegistry } from '../providers/provider-adapter'
import type { AnswerCall, Call, CallRow } from '../storage/calls'
import type { Conversation } from '../storage/conversations'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import type { AnswerNews } from './answer-news'
import { refusalError, type BudgetService } from './budget-service'
import { callParts } from './call-parts'
import { callRow, planCall, requestOf, verdictOn, type Attempt, type Question } from './call-plan'
import type { ConversationService } from './conversation-service'
import { destinationOf, type Withheld } from './earlier-keys'
import type { EventHub } from './event-hub'
import { failoverOrder, keysInOrder } from './key-order'
import { departureOf, loopError, type LoopGuard } from './loop-guard'
import type { Measured, PromptMeter } from './prompt-meter'
import { done } from './result'
import type { RunningTurns } from './running-turns'
import { settleCall, settleMessage, settleTurn } from './settlement'
import type { SettingsService } from './settings-service'
import type { Target } from './target'
import { runTurn } from './turn-stream'

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
  readonly budgets: BudgetService
  readonly loop: LoopGuard
  readonly meter: PromptMeter
  readonly settings: SettingsService
  readonly news: AnswerNews
  /** A key was lent for a call. */
  readonly keyUsed: (keyId: KeyId) => void
  /** A call with a key has ended: whether it was answered, and what was said against it. */
  readonly keyEnded: (keyId: KeyId, answered: boolean, code: FailureCode | null) => void
  /** A call has been booked, and what is in doubt about it may be known later. */
  readonly callEnded: (call: Call) => void
  /** The money of an earlier call is another's now. */
  readonly takenBack: (call: CallRow) => void
  /** An answer has ended and is told. */
  readonly answered: (message: Message) => void
}

/** A turn that may begin, if the budgets let it. */
export interface Plan {
  readonly turnId: TurnId
  readonly conversation: Conversation
  readonly isNewConversation: boolean
  readonly question: Message
  readonly isNewQuestion: boolean
  readonly to: Target
  readonly measured: Measured
  /** Keys of the history that do not go along. */
  readonly withheld: Withheld
  /** The call this one tries again. */
  readonly attemptOf: CallId | null
  readonly consent: Consent
}

/** What its user has said a request may do, for once. */
interface Consent {
  readonly budgets: readonly Allowance[]
  /** Leave although so much has. */
  readonly loop: boolean
}

/** Nobody has been asked. */
const UNASKED: Consent = { budgets: [], loop: false }

/**
 * Writes a turn down with its call and what budgets hold for it, before anything leaves; then lets it run. Refused, it
 * leaves no trace. Returns the answer, still empty.
 */
export function launchTurn(needs: LauncherNeeds, plan: Plan): Result<Message> {
  const { storage, clock } = needs
  const { conversation, to, turnId } = plan
  const answer: Message = {
    id: needs.newId('message'),
    conversationId: conversation.id,
    parentId: plan.question.id,
    turnId,
    role: 'assistant',
    parts: [],
    state: 'streaming',
    createdMs: clock.now(),
    provider: to.connection.provider,
    connectionId: to.connection.id,
    model: to.modelId,
    failure: null,
    stopReason: null,
    thought: null,
  }
  const question = questionOf(needs, plan)
  const first = storage.transaction((): Result<Attempt> => {
    const attempt = nextAttempt(needs, question, answer, { attemptOf: plan.attemptOf, automatic: false }, plan.consent)
    if (!attempt.ok) return attempt
    if (plan.isNewConversation) storage.conversations.add(conversation)
    else if (plan.isNewQuestion) storage.conversations.setModel(conversation.id, to.connection.id, to.modelId)
    // Another version of something: what is shown goes out of sight, and can be shown again.
    if (!plan.isNewQuestion || plan.question.parentId !== conversation.headId) storage.branches.leave(conversation.id)
    const destination = destinationOf(to.connection)
    const turn = { id: turnId, conversationId: conversation.id, state: 'running', createdMs: answer.createdMs } as const
    storage.turns.add(turn, destination.origin)
    for (const place of plan.withheld.newly) storage.keptBack.put(place, destination)
    if (plan.isNewQuestion) storage.messages.add(plan.question)
    storage.messages.add(answer)
    storage.conversations.setHead(conversation.id, answer.id, answer.createdMs)
    storage.calls.add(attempt.value.call)
    return attempt
  })
  if (!first.ok) return first
  run(needs, question, answer, first.value)
  needs.conversations.changed()
  needs.budgets.changed()
  return done(answer)
}

function questionOf(
  { storage, meter }: LauncherNeeds,
  { conversation, question, to, measured, withheld }: Plan,
): Question {
  const before = pathTo(question.parentId, storage.messages.of(conversation.id))
  const { provider, id: connectionId } = to.connection
  const path = [...before, question].map((message) => ({
    ...message,
    parts: withheldFrom(message.parts, withheld.keys),
  }))
  const messages = meter.contextOf(path, { connectionId, model: to.modelId })
  const size = meter.sizeFor(measured, messages, provider, to.modelId)
  const caching: CacheChoice = conversation.caching
  return { to, messages, size, caching, conversationId: conversation.id }
}

/** Prices the question as of now and asks the budgets, and how much has left. Within the transaction that writes the call down. */
function nextAttempt(
  needs: LauncherNeeds,
  question: Question,
  answer: Message,
  as: Pick<AnswerCall, 'attemptOf' | 'automatic'>,
  consent: Consent,
): Result<Attempt> {
  const plan = planCall(needs, question)
  const verdict = verdictOn(needs, question, plan, consent.budgets)
  if (!verdict.go) return { ok: false, error: refusalError(verdict) }
  const departure = departureOf(plan.worstCase, verdict)
  const pace = needs.loop.check(departure)
  if (pace !== null && !consent.loop) return { ok: false, error: loopError(pace) }
  const { turnId, conversationId, id: messageId } = answer
  const subject = { ...as, purpose: 'answer', turnId, messageId, conversationId } as const
  const call = callRow(needs, question, plan, verdict, subject)
  needs.budgets.noteAllowed(verdict.lifted, call.id, verdict.reserve)
  needs.loop.noteBegun(call.id, departure, pace)
  return done({ call, request: requestOf(question, plan, verdict.outputTokens) })
}

function run(needs: LauncherNeeds, asked: Question, answer: Message, first: Attempt): void {
  const { storage, news } = needs
  let question = asked
  const { turnId } = answer
  const booked = (): void => needs.meter.booked(question.to.connection.provider, question.to.modelId)
  /** What is written down is not undone, and not written again, because somebody could not be told of it. */
  const tell = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      needs.log.error('telling what was booked', error)
    }
  }
  const ended = ({ call }: Attempt, received: Answer, end: End): void => {
    const { keyId } = call
    if (keyId !== null) needs.keyEnded(keyId, received.firstByteMs !== null, end.failure?.code ?? null)
    needs.callEnded(call)
  }
  const isPrivate = (): boolean => storage.conversations.kept(answer.conversationId)?.isPrivate !== false
  const turn = runTurn(first, answer, {
    ...needs,
    retries: () => needs.settings.view().background.retries,
    counts: () => needs.settings.view().stopMode === 'count',
    parts: ({ call, request }, signal, leaving) =>
      callParts(
        needs,
        { id: call.id, purpose: 'answer', isPrivate: isPrivate() },
        question.to.connection,
        request,
        signal,
        leaving,
      ),
    bookAttempt(attempt, received, end, left) {
      settleCall(needs, attempt.call, received, end, left)
      tell(() => ended(attempt, received, end))
      tell(news.spent)
    },
    nextKey: (tried, failed, begun) => nextKey(failoverOrder(needs, question.to.connection.id), tried, failed, begun),
    repeat({ call }, failed, keyId): Attempt | Failure {
      const now = stillThere(needs, question, keyId)
      if (now === null) return failed
      question = now
      // The user has said yes once, to one request.
      const as = { attemptOf: call.id, automatic: true }
      const next = storage.transaction(() => {
        const attempt = nextAttempt(needs, question, answer, as, UNASKED)
        if (attempt.ok) storage.calls.add(attempt.value.call)
        return attempt
      })
      if (!next.ok) return failure(next.error.code === 'loop_limit' ? 'loop_limit' : 'budget_limit')
      tell(needs.budgets.changed)
      return next.value
    },
    settle(received: Answer, end: End, attempt, left, seq) {
      const settled =
        attempt === null
          ? settleMessage(needs, answer, received, end)
          : settleTurn(needs, attempt.call, answer, received, end, left)
      needs.running.delete(turnId)
      booked()
      if (attempt !== null) tell(() => ended(attempt, received, end))
      tell(() => news.ended(settled, seq))
      tell(() => needs.answered(settled))
    },
    settleShown(received, end, seq) {
      const settled = settleMessage(needs, answer, received, end)
      needs.running.release(turnId)
      tell(() => news.ended(settled, seq))
    },
    settleHidden(attempt, received, end, left) {
      settleCall(needs, attempt.call, received, end, left)
      needs.running.delete(turnId)
      booked()
      tell(() => ended(attempt, received, end))
      tell(() => news.booked(answer.id))
    },
  })
  needs.running.set(turnId, turn)
}

/**
 * The same question over the connection as it is now, with `keyId` or else with the key it went with, or what took that
 * key's place; null when the connection is gone or elsewhere.
 */
function stillThere(needs: LauncherNeeds, question: Question, keyId: KeyId | null): Question | null {
  const { connection } = question.to
  const now = needs.storage.connections.get(connection.id)
  if (now?.baseUrl !== connection.baseUrl) return null
  const wanted = keyId ?? connection.keyId
  // One that only waits in line is asked with while its user wants that.
  const isUsed = wanted === now.keyId || now.failover
  const isThere = wanted !== null && isUsed && keysInOrder(needs, now).includes(wanted)
  return { ...question, to: { ...question.to, connection: { ...now, keyId: isThere ? wanted : now.keyId } } }
}
