import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { picoFromString } from '../../core/money'
import type { AskAbove } from '../../shared/ipc/views'
import { request as askMain, type Request } from '../bridge/client'
import type { Attempt, Outgoing } from '../features/chat/chat-store'
import type { DraftKey } from '../features/chat/drafts-store'
import { useSettings } from '../features/settings/settings-store'

/** A message that may cost more than its user lets pass unasked; nothing has left. */
export interface CostQuestion {
  readonly key: DraftKey
  /** What waits for a yes. */
  readonly attempt: Attempt
  /** Where it would have gone: of another model it is not true. */
  readonly to: string
  /** Pico-dollars. */
  readonly low: string
  readonly high: string
}

interface QuestionState {
  readonly question: CostQuestion | null
  /** Conversations in which it was said that it may; until the window is closed. */
  readonly agreed: ReadonlySet<DraftKey>
  readonly asking: ReadonlySet<DraftKey>
}

const PICO: Readonly<Record<AskAbove, bigint>> = {
  never: 0n,
  'usd0.10': 10n ** 11n,
  usd1: 10n ** 12n,
  usd5: 5n * 10n ** 12n,
}

export const costQuestions = createStore<QuestionState>()(() => ({
  question: null,
  agreed: new Set(),
  asking: new Set(),
}))

/** What names the place a message goes to. */
export function destinationOf({ connectionId, model }: Pick<Outgoing, 'connectionId' | 'model'>): string {
  return `${connectionId} ${model}`
}

/**
 * Whether a message may go without a question about its cost: by a fresh estimate, as the one that is shown may be of an
 * earlier text. Without a price or an estimate there is nothing to ask; budgets hold all the same.
 */
export async function mayCost(
  key: DraftKey,
  message: Outgoing,
  {
    above = useSettings.getState().askAbove,
    request = askMain,
    attempt = { kind: 'send', message, allow: [] },
  }: { above?: AskAbove; request?: Request; attempt?: Attempt } = {},
): Promise<boolean> {
  const { agreed, asking } = costQuestions.getState()
  if (asking.has(key)) return false
  costQuestions.setState({ question: null })
  const { conversationId, connectionId, model, text, editOf } = message
  // An edit is a message of its conversation.
  const of = editOf === undefined ? key : (conversationId ?? key)
  if (above === 'never' || agreed.has(of)) return true
  const place = editOf === undefined ? {} : { editOf }
  costQuestions.setState({ asking: new Set([...asking, key]) })
  const estimate = await request('estimate.send', { conversationId, connectionId, model, text, ...place })
  costQuestions.setState((now) => ({ asking: new Set([...now.asking].filter((other) => other !== key)) }))
  if (!estimate.ok || estimate.value.low === null || estimate.value.high === null) return true
  const { low, high } = estimate.value
  if (picoFromString(high) <= PICO[above]) return true
  costQuestions.setState({ question: { key, attempt, to: destinationOf(message), low, high } })
  return false
}

/** In this conversation it is not asked again. */
export function agreeToCost(key: DraftKey): void {
  costQuestions.setState(({ agreed }) => ({ question: null, agreed: new Set([...agreed, key]) }))
}

/** A first message has made its conversation: what was said of it holds there, and for no other that begins. */
export function costAgreedGoesTo(key: DraftKey, id: DraftKey): void {
  if (key === id) return
  costQuestions.setState(({ agreed }) =>
    agreed.has(key) ? { agreed: new Set([...agreed].filter((other) => other !== key)).add(id) } : {},
  )
}

/** What is asked in a place of what goes there, or once to somebody else; null while nothing is. */
export function useCostQuestion(key: DraftKey, to: string | null): CostQuestion | null {
  return useStore(costQuestions, ({ question }) => {
    if (question === null || question.key !== key) return null
    const { attempt } = question
    return question.to === to || (attempt.kind === 'retry' && attempt.to !== undefined) ? question : null
  })
}
