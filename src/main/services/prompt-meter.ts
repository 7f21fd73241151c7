import {
  contextFor,
  countedSize,
  promptSize,
  type Asked,
  type ContextMessage,
  type PromptSize,
} from '../../core/context'
import { textOf, type Message } from '../../core/conversation'
import { answerLength, learnedFactor, usualFactor, type AnswerLength } from '../../core/estimate'
import type { MessageId } from '../../core/ids'
import type { ProviderId } from '../../core/provider'
import { inputTokens, outputTokens, type UsageReport } from '../../core/usage'
import type { TokenCounter } from '../ports'
import type { CallSample } from '../storage/calls'
import type { Storage } from '../storage/storage'

/** How long a message waits to be counted before its length has to do, in milliseconds. */
const PATIENCE_MS = 400
/** How many calls of a model are learnt from. */
const SAMPLES = 30
const MOST_KEPT = 20_000

interface Needs {
  readonly storage: Storage
  readonly tokenCounter: TokenCounter
}

/** Messages counted once: by the local tokenizer, and by what an earlier call of the same branch has reported. */
export interface Measured {
  /** Tokens of the local tokenizer; null when it did not answer. */
  readonly counted: number | null
  readonly reported: Reported | null
}

interface Reported {
  readonly provider: ProviderId
  readonly model: string
  /** What its prompt and its answer come to as the beginning of the next prompt. */
  readonly tokens: number
  /** What it thought, which is part of that prompt only where thinking is sent back. */
  readonly thinking: number
  /** Everything after it, by the local tokenizer. */
  readonly rest: number
}

/** A message to be measured; drafts have no id. */
export type MeasuredMessage = Pick<Message, 'role' | 'parts' | 'connectionId' | 'model' | 'turnId' | 'state'> & {
  readonly id: MessageId | null
}

/** Says how long prompts are, and learns from what providers bill. */
export function createPromptMeter({ storage, tokenCounter }: Needs) {
  const counts = new Map<MessageId, number>()
  const learnt = new Map<string, CallSample[]>()

  /** Null when the tokenizer does not answer in time. A message is counted once: it never changes. */
  const countAll = async (messages: readonly MeasuredMessage[]): Promise<number[] | null> => {
    const known = messages.map(({ id }) => (id === null ? undefined : counts.get(id)))
    const open = messages.filter((_, index) => known[index] === undefined)
    const fresh =
      open.length === 0
        ? []
        : await tokenCounter.count(
            open.map(({ parts }) => textOf(parts)),
            PATIENCE_MS,
          )
    if (fresh === null) return null
    const byMessage = new Map(open.map((message, index) => [message, fresh[index] ?? 0]))
    if (counts.size > MOST_KEPT) counts.clear()
    for (const [{ id, state }, count] of byMessage) if (id !== null && state !== 'streaming') counts.set(id, count)
    return messages.map((message, index) => known[index] ?? byMessage.get(message) ?? 0)
  }

  /** The newest answer of the branch whose call was reported to its end. */
  const lastReported = (path: readonly MeasuredMessage[]) => {
    for (let index = path.length - 1; index >= 0; index -= 1) {
      const message = path[index]
      if (message?.role !== 'assistant' || message.state !== 'complete') continue
      const call = storage.calls.ofTurn(message.turnId).at(-1)
      const usage = call === undefined ? null : (storage.calls.progressOf(call.id)?.usage ?? null)
      const begins = usage === null ? null : asBeginning(usage)
      if (call === undefined || begins === null) return null
      return { index, provider: call.provider, model: call.modelRequested, ...begins }
    }
    return null
  }

  const samplesOf = (provider: ProviderId, model: string): CallSample[] => {
    const name = `${provider}/${model}`
    const known = learnt.get(name) ?? storage.calls.samples(provider, model, SAMPLES)
    learnt.set(name, known)
    return known
  }

  const factorOf = (provider: ProviderId, model: string): number => {
    const samples = samplesOf(provider, model).map(({ counted, usage }) => ({ counted, billed: promptOf(usage) }))
    return learnedFactor(samples) ?? usualFactor(provider, model)
  }

  return {
    /** Counts a branch, oldest first, before anything of it is sent. */
    async measure(path: readonly MeasuredMessage[]): Promise<Measured> {
      const each = await countAll(path)
      if (each === null) return { counted: null, reported: null }
      const last = lastReported(path)
      return { counted: sum(each), reported: last && { ...last, rest: sum(each.slice(last.index + 1)) } }
    },

    /** How long a measured branch is for this model. */
    sizeFor(measured: Measured, context: readonly ContextMessage[], provider: ProviderId, model: string): PromptSize {
      const { counted, reported } = measured
      if (counted === null) return promptSize(context)
      const factor = factorOf(provider, model)
      // What another model's provider has reported says nothing: some cut a prompt to their window and report the rest.
      if (reported === null || reported.provider !== provider || reported.model !== model) {
        return countedSize(context, { counted, factor, reported: null })
      }
      const tokens = reported.tokens + (sendsThinking(provider, context) ? reported.thinking : 0)
      return countedSize(context, { counted, factor, reported: { tokens, rest: reported.rest } })
    },

    /** How long a model's answers usually are. */
    answerOf(provider: ProviderId, model: string, reasons: boolean): AnswerLength {
      return answerLength(
        samplesOf(provider, model).map(({ usage }) => writtenOf(usage)),
        reasons,
      )
    },

    contextOf: (path: readonly MeasuredMessage[], asked: Asked): ContextMessage[] => contextFor(path, asked),

    /** A call of this model has been booked: there is more to learn from. */
    booked: (provider: ProviderId, model: string): void => void learnt.delete(`${provider}/${model}`),
  }
}

/** What can be asked of it. */
export type PromptMeter = ReturnType<typeof createPromptMeter>

/**
 * Whether earlier thinking is part of what is sent: OpenAI takes it back in encrypted form, and its newer models read
 * all of it again, as input. The other dialects leave it at home.
 */
export function sendsThinking(provider: ProviderId, context: readonly ContextMessage[]): boolean {
  return provider === 'openai' && context.some(({ reasoning }) => reasoning.length > 0)
}

/** Null where the provider did not report both. */
function asBeginning(usage: UsageReport): Pick<Reported, 'tokens' | 'thinking'> | null {
  const line = usage.lines.findLast(({ role }) => role === 'main' || role === 'fallback')
  if (line?.tokens.out === undefined || inputTokens(line) === 0) return null
  const thinking = Math.min(line.tokens.out, line.reasoningTokens ?? 0)
  return { tokens: inputTokens(line) + line.tokens.out - thinking, thinking }
}

function promptOf(usage: UsageReport): number {
  const line = usage.lines.find(({ role }) => role === 'main')
  return line === undefined ? 0 : inputTokens(line)
}

function writtenOf(usage: UsageReport): number {
  return usage.lines.reduce((total, line) => total + outputTokens(line), 0)
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
