import { linesOf } from '../../src/core/booking'
import { makeId, type ConversationId, type Id, type IdKind, type MessageId } from '../../src/core/ids'
import { localDay, utcDay } from '../../src/core/period'
import type { ProviderId } from '../../src/core/provider'
import type { Bucket } from '../../src/core/usage'
import { createCatalog } from '../../src/main/catalog/catalog'
import type { CallPurpose } from '../../src/main/storage/calls'
import type { Storage } from '../../src/main/storage/storage'
import { callOf } from './ledger'

// Days of somebody who asks several models every day, at the prices of the catalogue, with conversations to lead to.

const DAY = 86_400_000
const TITLES = [
  'Chapter 3 line edits',
  'Invoice parser in Go',
  'Lease questions, and what the landlord may keep of the deposit after painting the walls himself',
  'Grant budget table',
  'Swedish verbs drill',
  'Slow orders query',
  'Solar panel quote',
  'Birthday speech draft',
  'Router firmware notes',
  'Unit test names',
  'Recipe for 14 people',
  'Letter to the school',
]
const MODELS: readonly (readonly [ProviderId, string, number])[] = [
  ['anthropic', 'claude-sonnet-5-5', 5],
  ['openai', 'gpt-6.1-sol', 3],
  ['google', 'gemini-3.8-flash', 3],
  ['anthropic', 'claude-opus-5-5', 1],
  ['mistral', 'mistral-large-4-0', 1],
  ['openrouter', 'minimax/minimax-m4', 1],
  ['deepseek', 'deepseek-v4-pro', 1],
  ['xai', 'grok-4.5', 1],
]
/** Asked before those had come out. */
const BEFORE: Partial<Record<ProviderId, string>> = {
  anthropic: 'claude-sonnet-4-20250514',
  openai: 'gpt-5',
  google: 'gemini-2.5-flash',
  mistral: 'mistral-medium-2508',
  xai: 'grok-4-0709',
}
/** No price is known for it. */
const UNPRICED: readonly [ProviderId, string, number] = ['openrouter', 'nobody/has-heard-of-it', 1]

const idOf = <Kind extends IdKind>(kind: Kind, number: number): Id<Kind> =>
  makeId(kind, number.toString(16).padStart(32, '0'))

type Ending = Parameters<Storage['calls']['settle']>[1]

interface SpentDays {
  /** The last day ends with this instant. */
  readonly untilMs: number
  readonly days: number
  /** Calls on a day at most. */
  readonly most?: number
  /** Every so many calls is of a model without a price. */
  readonly unpricedEvery?: number
  /** False for answers alone. */
  readonly background?: boolean
}

/** Books them and returns the conversations and their answers, oldest first. */
export function spendDays(
  storage: Storage,
  { untilMs, days, most = 9, unpricedEvery = Infinity, background = true }: SpentDays,
) {
  const random = seeded(7)
  const catalog = createCatalog()
  const heads = new Map<ConversationId, MessageId>()
  const answers: { readonly conversationId: ConversationId; readonly messageId: MessageId }[] = []
  let number = 0

  const add = (startedMs: number, purpose: CallPurpose, conversationId: ConversationId | null): void => {
    number += 1
    const isUnpriced = number % unpricedEvery === unpricedEvery - 1
    const [provider, wished] = isUnpriced ? UNPRICED : pick(random)
    const isOut = isUnpriced || catalog.prices.find(provider, wished, startedMs) !== undefined
    const model = isOut ? wished : (BEFORE[provider] ?? wished)
    const input = 400 + Math.floor(random() ** 3 * 60_000)
    const cached = random() < 0.5 ? Math.floor(input * random()) : 0
    const tokens: Partial<Record<Bucket, number>> = {
      in_uncached: input - cached,
      ...(cached > 0 ? { in_cache_read: cached } : {}),
      out: purpose === 'answer' ? 60 + Math.floor(random() ** 2 * 3_000) : 12,
    }
    const ending = endingOf(random)
    const turnId = idOf('turn', number)
    const messageId = idOf('message', 2 * number)
    if (conversationId !== null && purpose === 'answer') {
      const plain = { conversationId, turnId, state: 'complete', createdMs: startedMs, connectionId: null } as const
      const nothing = { failure: null, stopReason: null, thought: null } as const
      const question = { ...plain, ...nothing, id: idOf('message', 2 * number - 1), role: 'user' } as const
      storage.turns.add({ id: turnId, conversationId, state: 'done', createdMs: startedMs }, 'https://api.example')
      storage.messages.add({
        ...question,
        parentId: heads.get(conversationId) ?? null,
        parts: [{ type: 'text', text: `Question ${number} of these days?` }],
        provider: null,
        model: null,
      })
      storage.messages.add({
        ...plain,
        ...nothing,
        id: messageId,
        parentId: question.id,
        role: 'assistant',
        parts: [{ type: 'text', text: `Answer ${number}. ${'It takes a few lines to say. '.repeat(12)}` }],
        provider,
        model,
      })
      heads.set(conversationId, messageId)
      answers.push({ conversationId, messageId })
    }
    const isAnswer = conversationId !== null && purpose === 'answer'
    const call = {
      ...callOf(number, { startedMs, offsetMinutes: 0, provider, model }),
      id: idOf('call', number),
      utcDay: utcDay(startedMs),
      localDay: localDay(startedMs, 0),
      turnId: isAnswer ? turnId : null,
      messageId: isAnswer ? messageId : null,
      conversationId,
      purpose,
      automatic: purpose === 'answer' && random() < 0.03,
    }
    const plain = { role: 'main', reasoningTokens: null, fees: [], modifiers: [], maybeFree: false } as const
    const raw = { input_tokens: tokens.in_uncached, output_tokens: tokens.out }
    const isDone = ending === 'done'
    const isStated = provider === 'openrouter' && !isUnpriced
    const stated = isStated ? [{ kind: 'total', usd: `0.0${100 + Math.floor(random() * 800)}` } as const] : []
    const usage = { lines: [{ ...plain, model, tokens }], stated, severalSteps: false, raw, flags: [] }
    const size = { about: input, most: input * 2 }
    const ended = { provider, model, startedMs, complete: isDone, usage, modifiers: [], received: '', prompt: size }
    const lines = linesOf({ ...ended, maxOutputTokens: 4_000, maybeBilled: ending !== 'failed' }, catalog.prices)
    storage.calls.add(call)
    const known = { modelAnswered: model, responseId: null, firstByteMs: startedMs + 700, usage: null }
    const saved = cached > 0 ? BigInt(cached) * 1_500_000n : null
    storage.calls.settle(call.id, ending, startedMs + 4_000, known, null, [], saved)
    storage.ledger.append(call, ending === 'failed' ? [] : lines, startedMs + 4_000)
  }

  storage.transaction(() => {
    for (const [index, title] of TITLES.entries()) {
      const id = idOf('conversation', index + 1)
      const plain = { connectionId: null, model: null, headId: null, titledBy: null, isPrivate: false } as const
      const times = { createdMs: untilMs - days * DAY, updatedMs: untilMs - index * DAY }
      storage.conversations.add({ id, title, caching: '5m', ...plain, ...times })
    }
    for (let day = days - 1; day >= 0; day -= 1) {
      const start = Math.floor(untilMs / DAY) * DAY - day * DAY
      const isWeekend = [0, 6].includes(new Date(start).getUTCDay())
      const calls = Math.floor(random() * (isWeekend ? most / 3 : most)) + (day === 0 ? 3 : 0)
      for (let index = 0; index < calls; index += 1) {
        const conversationId = idOf('conversation', 1 + Math.floor(random() ** 2 * TITLES.length))
        add(start + 8 * 3_600_000 + index * 900_000, 'answer', conversationId)
        if (background && random() < 0.2) add(start + 8 * 3_600_000 + index * 900_000 + 5_000, 'title', conversationId)
      }
      if (background && day % 9 === 0) add(start + 7 * 3_600_000, 'key_check', null)
    }
    for (const [id, head] of heads) storage.conversations.setHead(id, head, untilMs)
  })
  return answers
}

function endingOf(random: () => number): Ending {
  const chance = random()
  return chance < 0.03 ? 'failed' : chance < 0.06 ? 'stopped' : 'done'
}

function pick(random: () => number): readonly [ProviderId, string, number] {
  const all = MODELS.reduce((sum, [, , weight]) => sum + weight, 0)
  let left = random() * all
  return MODELS.find(([, , weight]) => (left -= weight) < 0) ?? UNPRICED
}

/** The same every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
