import { costOf, type CostClass } from '../../src/core/pricing'
import type { PriceBook, PriceRow } from '../../src/core/price-book'
import { createPriceBook, layered } from '../../src/core/price-book'
import type { Dialect } from '../../src/core/provider'
import { readName, isJson } from '../../src/main/providers/reading'
import type { SseEvent } from '../support/sse'
import { answerOf } from './body'
import { detectDialect, isOver, modelIn, splitResponses } from './dialect'
import type { Machine, Outcome, Played } from './machine'
import { providerFor } from './provider-choice'
import { readRecording, type Recording, type RecordedEvent } from './recording'

/** How a file is to be read. */
export interface ReplayOptions {
  /** Detected when absent. */
  readonly dialect?: Dialect
  /** Laid over the book. */
  readonly given: readonly PriceRow[]
  readonly book: PriceBook
  readonly atMs: number
}

/** What a file comes to. Money and unit prices are decimal strings, null where there is none. */
export interface Replayed {
  readonly file: string
  readonly dialect: Dialect | null
  readonly modelRequested: string | null
  readonly modelAnswered: string | null
  readonly terminal: Terminal | null
  readonly class: CostClass | null
  readonly costPico: string | null
  readonly lines: readonly ReplayedLine[]
  /** What the provider reported, as it came; a list where a file holds several responses. */
  readonly usageRaw: unknown
  readonly flags: readonly string[]
}

/** How a response ended. `eof`: without the provider's own end. */
export type Terminal = 'completed' | 'incomplete' | 'failed' | 'eof'

export interface ReplayedLine {
  readonly role: string
  readonly model: string
  readonly bucket: string
  readonly units: number
  readonly unitPrice: string | null
  readonly multiplier: string
  readonly priceId: string | null
  readonly pico: string | null
  readonly class: CostClass
}

/** Replays one file through the machine. Throws Unreadable. */
export async function replayFile(
  machine: Machine,
  file: string,
  path: string,
  options: ReplayOptions,
): Promise<Replayed> {
  const recording = await readRecording(path)
  return replayRecording(machine, file, recording, options)
}

/** Replays what was recorded; a file with several responses is as many calls. */
export async function replayRecording(
  machine: Machine,
  file: string,
  recording: Recording,
  { dialect = detectDialect(recording), given, book, atMs }: ReplayOptions,
): Promise<Replayed> {
  const model = modelIn(recording)
  const provider = providerFor(dialect, model, recording, given, book, atMs)
  const prices = given.length === 0 ? book : layered(createPriceBook(given), book)
  const played: Played = { dialect, provider, model: model ?? 'unknown', prices, atMs }
  const outcomes: (Outcome & { readonly terminal: Terminal })[] = []
  if (recording.kind === 'body') {
    const [answer, end] = answerOf(recording.body, dialect, played.model, provider)
    const outcome = machine.book(played, answer, end)
    outcomes.push({ ...outcome, terminal: terminalOf(outcome, statusOf(recording.body)) })
  } else {
    for (const events of splitResponses(recording.events, dialect)) {
      const outcome = await machine.play(played, asSent(events, dialect))
      outcomes.push({ ...outcome, terminal: terminalOf(outcome, lastStatus(events)) })
    }
  }
  return told(machine, file, dialect, model, outcomes)
}

function told(
  { storage }: Machine,
  file: string,
  dialect: Dialect,
  modelRequested: string | null,
  outcomes: readonly (Outcome & { readonly terminal: Terminal })[],
): Replayed {
  const lines = outcomes.flatMap(({ callId }) => storage.ledger.ofCall(callId))
  const cost = costOf(lines)
  const raw = outcomes.map(({ answer }) => answer.usage?.raw ?? null)
  const last = outcomes.at(-1)
  return {
    file,
    dialect,
    modelRequested,
    modelAnswered: last?.answer.modelAnswered ?? null,
    terminal: last?.terminal ?? 'eof',
    class: cost.costClass,
    costPico: cost.pico?.toString() ?? null,
    lines: lines.map((line) => ({
      role: line.role,
      model: line.model,
      bucket: line.bucket,
      units: line.units,
      unitPrice: line.unitPrice,
      multiplier: line.multiplier,
      priceId: line.priceId,
      pico: line.pico?.toString() ?? null,
      class: line.costClass,
    })),
    usageRaw: raw.length === 1 ? raw[0] : raw,
    flags: [...new Set(outcomes.flatMap(({ callId }) => storage.calls.get(callId)?.flags ?? []))],
  }
}

/** With the names and the terminator the dialect sends; a recording of data alone has neither. */
export function asSent(events: readonly RecordedEvent[], dialect: Dialect): SseEvent[] {
  const named = events.map(({ event, data, value }): SseEvent => {
    const name = event ?? (isJson(value) ? readName(value['type']) : null)
    const isNamed = dialect === 'anthropic' || dialect === 'openai-responses'
    return isNamed && name !== null ? { event: name, data } : { data }
  })
  const unterminated = dialect === 'openai-chat' && named.at(-1)?.data !== '[DONE]' && isOver(events, dialect)
  return unterminated ? [...named, { data: '[DONE]' }] : named
}

function terminalOf({ end }: Outcome, status: string | null): Terminal {
  if (end.ending === 'done') return status === 'incomplete' ? 'incomplete' : 'completed'
  // Without a word of the provider's about an error, what broke is the recording's own end.
  return end.ending === 'failed' && end.failure?.code !== 'protocol' ? 'failed' : 'eof'
}

/** The status a Responses body gives itself. */
function statusOf(body: unknown): string | null {
  return isJson(body) ? readName(body['status']) : null
}

function lastStatus(events: readonly RecordedEvent[]): string | null {
  const ended = events.findLast(({ value }) => isJson(value) && String(value['type']).startsWith('response.'))
  return isJson(ended?.value) ? statusOf(ended.value['response']) : null
}
