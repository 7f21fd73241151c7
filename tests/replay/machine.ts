import { endOf, isTerminal, NOTHING_RECEIVED, received, type Answer, type End } from '../../src/core/answer'
import type { CallId, ConnectionId } from '../../src/core/ids'
import { makeId } from '../../src/core/ids'
import { utcDay } from '../../src/core/period'
import type { PriceBook } from '../../src/core/price-book'
import type { Dialect, ProviderId } from '../../src/core/provider'
import { createDial } from '../../src/main/egress/dial'
import { createEgress } from '../../src/main/egress/egress'
import { providers } from '../../src/main/providers/registry'
import { settleCall } from '../../src/main/services/settlement'
import type { LedgerFault } from '../../src/main/storage/ledger-proof'
import type { Call } from '../../src/main/storage/calls'
import { openStorage, type Storage } from '../../src/main/storage/storage'
import { faultOf } from '../support/ledger'
import { startProviderServer, stream, type StreamOptions } from '../support/provider-server'
import type { SseEvent } from '../support/sse'
import { makeTempDir } from '../support/temp-dir'

/** Longer than a loopback server is ever silent. */
const IDLE_MS = 30_000
const KEY = 'replay-key-that-opens-nothing'

/** One call as it is replayed. */
export interface Played {
  readonly dialect: Dialect
  readonly provider: ProviderId
  readonly model: string
  readonly prices: PriceBook
  /** The instant the call is said to have begun, for prices that change. */
  readonly atMs: number
}

/** What became of a call, beside what is in the ledger. */
export interface Outcome {
  readonly callId: CallId
  readonly answer: Answer
  readonly end: End
}

/** A loopback provider, the way out, and a ledger on a temporary file. */
export interface Machine {
  readonly storage: Storage
  /** Sends the events to the real SDK and adapter, and books the call. */
  play(call: Played, events: readonly SseEvent[], options?: StreamOptions): Promise<Outcome>
  /** Books an answer that came in one piece. */
  book(call: Played, answer: Answer, end: End): Outcome
  /** Where the ledger is not what was booked; null when all is well. */
  fault(): LedgerFault | null
  close(): Promise<void>
}

/** Starts a machine for any number of calls; close it. */
export async function startMachine(): Promise<Machine> {
  const profile = await makeTempDir()
  const server = await startProviderServer()
  const storage = openStorage({ profile: profile.path })
  const clock = { now: () => Date.now(), steadyMs: () => performance.now(), offsetMinutes: () => 0 }
  let ids = 0
  const hex = () => (ids += 1).toString(16).padStart(32, '0')
  const newId: Parameters<typeof createEgress>[0]['newId'] = (kind) => makeId(kind, hex())
  const { fetch } = globalThis
  const egress = createEgress({ fetch, dial: createDial(), clock, newId, log: storage.egressLog, idleMs: IDLE_MS })
  const restore = egress.guardGlobalFetch()
  // Anthropic's SDK warns of models about to retire, at every call; recordings are of the past.
  const { warn } = console
  console.warn = () => undefined

  const begin = (played: Played): Call => {
    const call = callFrom(played, newId('call'), newId('connection'))
    storage.calls.add(call)
    return call
  }
  const settle = (call: Call, { prices }: Played, answer: Answer, end: End): Outcome => {
    settleCall({ storage, clock, pricesOf: () => prices }, call, answer, end, true)
    return { callId: call.id, answer, end }
  }

  return {
    storage,
    async play(played, events, options) {
      const call = begin(played)
      const adapter = await providers[played.dialect]()
      const route = {
        origin: server.origin,
        connectionId: call.connectionId,
        purpose: 'answer',
        callId: call.id,
      } as const
      const bound = { ...route, secret: KEY }
      server.enqueue(stream(events, options))
      const request = {
        ...played,
        messages: [{ role: 'user', text: 'Replay', reasoning: [] }],
        maxOutputTokens: 0,
      } as const
      const parts = adapter.stream(
        { ...request, reasons: false, cache: null },
        {
          key: KEY,
          baseUrl: server.origin,
          fetch: egress.fetchFor(bound),
          within: (work) => egress.within(bound, work),
          signal: new AbortController().signal,
          redact: (text) => text,
          now: clock.now,
        },
      )
      let answer = NOTHING_RECEIVED
      let end: End = endOf({ type: 'cut-off' })
      for await (const part of parts) {
        if (isTerminal(part)) end = endOf(part)
        else answer = received(answer, part, clock.now())
      }
      return settle(call, played, answer, end)
    },
    book: (played, answer, end) => settle(begin(played), played, answer, end),
    fault: () => faultOf(storage, 1000),
    async close() {
      restore()
      console.warn = warn
      storage.close()
      await server.close()
      await profile.remove()
    },
  }
}

function callFrom({ provider, model, atMs }: Played, id: CallId, connectionId: ConnectionId): Call {
  return {
    id,
    attemptOf: null,
    turnId: null,
    messageId: null,
    conversationId: null,
    connectionId,
    connectionLabel: 'Replay',
    keyId: null,
    provider,
    modelRequested: model,
    purpose: 'answer',
    startedMs: atMs,
    utcDay: utcDay(atMs),
    localDay: utcDay(atMs),
    utcOffsetMinutes: 0,
    // The recording says nothing of the question.
    promptTokensAbout: 0,
    promptTokensMost: 0,
    maxOutputTokens: 0,
    hostModifier: null,
    promptTokensCounted: null,
    reserved: null,
    shortenedBy: null,
    automatic: false,
    cacheTtl: null,
  }
}
