import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCatalog } from '../../src/main/catalog/catalog'
import { createPriceBook } from '../../src/core/price-book'
import { readPriceRows } from '../../src/core/price-file'
import { costOf } from '../../src/core/pricing'
import { PROVIDERS, type ProviderId } from '../../src/core/provider'
import { layered } from '../../src/core/price-book'
import { BUCKETS } from '../../src/core/usage'
import { detectDialect, modelIn, splitResponses } from '../replay/dialect'
import { startMachine, type Machine, type Outcome, type Played } from '../replay/machine'
import { readRecording, type RecordedEvent } from '../replay/recording'
import { asSent } from '../replay/replay'
import { listFixtures, listRecordings } from '../support/fixtures'
import type { StreamOptions } from '../support/provider-server'

let machine: Machine
beforeAll(async () => {
  machine = await startMachine()
})
afterAll(() => machine.close())

const { prices } = createCatalog()
const AT = Date.UTC(2026, 10, 23)
const files = [...listFixtures(), ...listRecordings()].filter(({ kind }) => kind === 'stream')

/** The first response of a file, as the call it was. A model no book knows has a price here, so that nothing hides. */
async function callIn(path: string): Promise<{ played: Played; events: RecordedEvent[] }> {
  const recording = await readRecording(path)
  const dialect = detectDialect(recording)
  const model = modelIn(recording) ?? 'unknown'
  const provider: ProviderId = PROVIDERS.anthropic.dialect === dialect ? 'anthropic' : 'compatible'
  const rates = Object.fromEntries(BUCKETS.map((bucket, index) => [bucket, `${index + 1}.25`]))
  const fees = { web_search: '0.01', grounding_query: '0.014', file_search: '0.0025' }
  const every = createPriceBook(readPriceRows([{ provider, model, rates, fees }]))
  const book = layered(prices, every)
  const [events = []] = recording.kind === 'stream' ? splitResponses(recording.events, dialect) : []
  return { played: { dialect, provider, model, prices: book, atMs: AT }, events }
}

/** Every line is the same whenever it is booked, but for its number. */
const linesOf = ({ callId }: Outcome) => machine.storage.ledger.ofCall(callId).map((line) => ({ ...line, seq: 0 }))

/** What an end must be, judged by the events alone. */
function endingOf(events: readonly RecordedEvent[]): 'done' | 'not done' {
  const says = (test: (value: Record<string, unknown>) => boolean) =>
    events.some(({ value }) => typeof value === 'object' && value !== null && test(value as Record<string, unknown>))
  const failed = says(({ type, error }) => type === 'error' || type === 'response.failed' || (error ?? null) !== null)
  const done = says(
    ({ type, choices, candidates }) =>
      type === 'message_stop' ||
      type === 'response.completed' ||
      type === 'response.incomplete' ||
      JSON.stringify(choices ?? '').includes('"finish_reason":"') ||
      JSON.stringify(candidates ?? '').includes('"finishReason":"'),
  )
  return done && !failed ? 'done' : 'not done'
}

/** Both ends of a stream bring what matters; of a long middle, which brings one piece of text after another, every eighth. */
function cutsOf(count: number): number[] {
  return Array.from({ length: count + 1 }, (_, length) => length).filter(
    (length) => length <= 24 || length >= count - 24 || length % 8 === 0,
  )
}

describe.each(files)('$name', ({ path }) => {
  it('ends as its events say and is never negative, cut after them', async () => {
    const { played, events } = await callIn(path)
    const wrong: unknown[] = []
    for (const length of cutsOf(events.length)) {
      const cut = events.slice(0, length)
      const outcome = await machine.play(played, asSent(cut, played.dialect))
      const lines = linesOf(outcome)
      const ended = outcome.end.ending === 'done' ? 'done' : 'not done'
      const negative = lines.some(
        ({ units, pico, picoUpper }) => units < 0 || (pico ?? 0n) < 0n || (picoUpper ?? 0n) < 0n,
      )
      const { costClass } = costOf(lines)
      const certain = costClass === 'computed' || costClass === 'provider_reported'
      // A stream that was cut says what it cost only when its figures had come.
      const tooSure = ended === 'not done' && certain && lines.length > 0
      if (ended !== endingOf(cut) || negative || tooSure) wrong.push({ length, ended, negative, costClass })
    }
    expect(wrong).toEqual([])
  }, 120_000)

  it('comes to the same however its bytes are cut, and with every event twice', async () => {
    const { played, events } = await callIn(path)
    const play = async (of: readonly RecordedEvent[], options?: StreamOptions) =>
      linesOf(await machine.play(played, asSent(of, played.dialect), options))
    const whole = await play(events)
    let state = events.length
    const sizes = Array.from(
      { length: 97 },
      () => 1 + ((state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % 400),
    )
    expect(await play(events, { chunk: sizes })).toEqual(whole)
    // Text that comes twice changes an estimate, and nothing that was reported.
    const estimated = whole.some(({ costClass }) => costClass === 'partial' || costClass === 'uncertain')
    expect(estimated ? whole : await play(events.flatMap((event) => [event, event]))).toEqual(whole)
  }, 120_000)
})

it('was booked in a ledger that is sound', () => {
  expect(files.length).toBeGreaterThan(40)
  expect(machine.fault()).toBeNull()
})
