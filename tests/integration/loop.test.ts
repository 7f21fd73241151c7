import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import { createLoopGuard } from '../../src/main/services/loop-guard'
import type { Call } from '../../src/main/storage/calls'
import { openStorage } from '../../src/main/storage/storage'
import { eachWithProvider } from '../support/each-test'
import { connect, countingIds, settled, TEST_MODEL, testClock, type Harness } from '../support/latchkey'
import { callOf } from '../support/ledger'
import { anthropicErrors, fixture, gateAfter, heldBack, type ProviderServer } from '../support/provider-server'
import { makeTempDir } from '../support/temp-dir'

// Bug: something that goes round in a circle, and nobody is asked; or a question that a program answers for its user.

let server: ProviderServer
let harness: Harness
let connectionId: ConnectionId

eachWithProvider(
  async (provider, app) => {
    server = provider
    harness = app
    connectionId = await connect(app, provider.origin)
    await app.ask('settings.setLoop', { on: true, calls: 10, spent: 'usd5', minutes: 5 })
  },
  () => harness,
)

const MINUTE = 60_000
const input = (over: { allowLoop?: boolean; text?: string } = {}) => ({
  conversationId: null,
  connectionId,
  model: TEST_MODEL,
  text: 'Hi',
  ...over,
})
const asked = { ok: false, error: { code: 'loop_limit' } }
const posts = () => server.requests.filter(({ method }) => method === 'POST').length

/** So many messages one after the other, each in a conversation of its own and answered before the next. */
async function loop(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const turn = await harness.ask('turn.start', input({ text: `Message ${index}` }))
    await settled(harness, turn.turnId)
  }
}

describe('a loop of answers', () => {
  it('goes as far as the rule says, over all conversations; the next waits for its user, whose yes is written down', async () => {
    server.always(fixture('anthropic/text'))
    await loop(10)
    const refused = await harness.request('turn.start', input())
    expect(refused).toMatchObject({
      ...asked,
      error: { loop: { left: 10, calls: 10, limit: '5000000000000', minutes: 5 } },
    })
    expect(BigInt((!refused.ok && refused.error.loop?.spent) || '0')).toBeGreaterThan(0n)
    expect(BigInt((!refused.ok && refused.error.loop?.most) || '0')).toBeGreaterThan(0n)
    expect(posts()).toBe(10)
    expect(await harness.ask('conversation.list', {})).toHaveLength(10)

    // A yes begins the count anew, with the message it was said of.
    const turn = await harness.ask('turn.start', input({ allowLoop: true }))
    await settled(harness, turn.turnId)
    await loop(9)
    expect(await harness.request('turn.start', input())).toMatchObject({ ...asked, error: { loop: { left: 10 } } })
    expect(posts()).toBe(20)
    const { events } = await harness.ask('budget.history', { budgetId: null, before: null })
    expect(events).toMatchObject([
      {
        kind: 'continued',
        by: 'user',
        left: 10,
        minutes: 5,
        call: { conversationId: turn.conversationId, running: false, cost: { costClass: 'computed' } },
      },
    ])
  }, 60_000)

  it('is passed by no race: of thirty at once as many leave as the rule lets through', async () => {
    const gate = gateAfter(0)
    server.always(heldBack(gate, fixture('anthropic/text')))
    const answers = await Promise.all(Array.from({ length: 30 }, () => harness.request('turn.start', input())))
    gate.release()
    const gone = answers.flatMap((answer) => (answer.ok ? [answer.value.turnId] : []))
    expect(gone).toHaveLength(10)
    const codes = new Set(answers.map((answer) => (answer.ok ? null : answer.error.code)))
    expect(codes).toEqual(new Set([null, 'loop_limit']))
    for (const turnId of gone) await settled(harness, turnId)
    expect(posts()).toBe(10)
  })

  it('counts what nobody sent by hand, and that never leaves past it', async () => {
    // Bug: a title or a repetition that takes the question for answered.
    server.always(fixture('anthropic/text'))
    await harness.ask('settings.setBackground', { purpose: 'titles', on: true })
    const spent = (calls: number) =>
      harness.event(
        (event): event is typeof event => event.name === 'spend.changed' && event.payload.month.callCount === calls,
      )
    for (const calls of [2, 4, 6, 8]) {
      await loop(1)
      await spent(calls)
    }
    await harness.ask('settings.setBackground', { purpose: 'titles', on: false })
    await loop(1)
    await harness.ask('settings.setBackground', { purpose: 'titles', on: true })
    // The tenth fails, and would be repeated; its title would follow.
    server.always(anthropicErrors.overloaded())
    const turn = await harness.ask('turn.start', input())
    const { message } = await settled(harness, turn.turnId)
    expect(message).toMatchObject({ state: 'failed', failure: { code: 'loop_limit' } })
    expect(posts()).toBe(10)
    // Asked for again by hand it asks.
    expect(await harness.request('turn.retry', { turnId: turn.turnId })).toMatchObject(asked)
    server.always(fixture('anthropic/text'))
    const again = await harness.ask('turn.retry', { turnId: turn.turnId, allowLoop: true })
    expect((await settled(harness, again.turnId)).message.state).toBe('complete')
  }, 60_000)

  it('asks no other key by itself either', async () => {
    await harness.ask('key.add', { connectionId, key: 'sk-ant-api03-other-key-that-is-long-enough-bbbb' })
    await harness.ask('connection.setFailover', { connectionId, on: true })
    server.always(fixture('anthropic/text'))
    await loop(9)
    server.always(anthropicErrors.invalidKey())
    const turn = await harness.ask('turn.start', input())
    expect((await settled(harness, turn.turnId)).message.failure?.code).toBe('loop_limit')
    expect(posts()).toBe(10)
  }, 60_000)

  it('is met by what it costs as well', async () => {
    await harness.ask('settings.setLoop', { on: true, calls: 300, spent: 'usd1', minutes: 60 })
    // A million tokens of prompt that no estimate has seen: two dollars.
    const usage = { input_tokens: 1_000_000, output_tokens: 1 }
    const events = [
      { type: 'message_start', message: { id: 'msg_1', model: TEST_MODEL, usage } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
      { type: 'message_stop' },
    ]
    const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
    const head = { status: 200, headers: { 'content-type': 'text/event-stream' } }
    server.enqueue({ kind: 'body', head, body })
    await loop(1)
    expect(await harness.request('turn.start', input())).toMatchObject({ ...asked, error: { loop: { left: 1 } } })
    expect(posts()).toBe(1)
  })

  it('is what it is set to be, and nothing while it is off', async () => {
    server.always(fixture('anthropic/text'))
    await loop(10)
    await harness.ask('settings.setLoop', { on: false, calls: 10, spent: 'usd5', minutes: 5 })
    await loop(2)
    await harness.ask('settings.setLoop', { on: true, calls: 30, spent: 'usd5', minutes: 5 })
    await loop(1)
    await harness.ask('settings.setLoop', { on: true, calls: 10, spent: 'usd5', minutes: 5 })
    expect(await harness.request('turn.start', input())).toMatchObject(asked)
  }, 60_000)
})

describe('a clock that leaps', () => {
  it('neither lets a loop go on nor stops anybody for longer, not over a restart either', async () => {
    server.always(fixture('anthropic/text'))
    await loop(10)
    for (const instant of ['2027-11-23T10:00:00Z', '2025-11-23T10:00:00Z', '2026-11-23T10:00:00Z']) {
      harness.clock.set(instant)
      expect(await harness.request('turn.start', input())).toMatchObject(asked)
    }
    harness.clock.advance(5 * MINUTE)
    await loop(1)

    // Calls that are stamped later than now were made just now, for all that is known.
    harness.clock.set('2025-11-23T10:00:00Z')
    harness = await harness.restart()
    expect(await harness.request('turn.start', input())).toMatchObject(asked)
    harness.clock.advance(5 * MINUTE - 1)
    expect(await harness.request('turn.start', input())).toMatchObject(asked)
    harness.clock.advance(1)
    await loop(1)
  }, 60_000)

  it('does not make a restart forget what left, nor what was said', async () => {
    server.always(fixture('anthropic/text'))
    await loop(10)
    harness.clock.advance(MINUTE)
    harness = await harness.restart()
    expect(await harness.request('turn.start', input())).toMatchObject(asked)
    const turn = await harness.ask('turn.start', input({ allowLoop: true }))
    await settled(harness, turn.turnId)
    harness = await harness.restart()
    await loop(9)
    expect(await harness.request('turn.start', input())).toMatchObject({ ...asked, error: { loop: { left: 10 } } })
  }, 60_000)
})

describe('the count', () => {
  it('goes by what is written down: what was taken back counts as nothing, a yes with it, and neither does what is free', async () => {
    // Bug: a full disk that uses the rule up, or lifts it.
    const profile = await makeTempDir()
    const storage = openStorage({ profile: profile.path })
    const clock = testClock()
    const newId = countingIds()
    const guard = createLoopGuard({ storage, clock, rule: () => ({ calls: 2, pico: 10n ** 18n, minutes: 5 }) })
    const paid = { most: 9n, usual: 5n }
    const begin = (departure = paid, past = guard.check(departure)): void => {
      const call: Call = { ...callOf(0, { startedMs: clock.now() }), id: newId('call'), reserved: departure.most }
      guard.noteBegun(call.id, departure, past)
      storage.calls.add(call)
    }
    const takenBack = (): void =>
      expect(() =>
        storage.transaction(() => {
          begin()
          throw new Error('the disk is full')
        }),
      ).toThrow('full')

    for (let index = 0; index < 3; index += 1) takenBack()
    begin()
    for (let index = 0; index < 5; index += 1) begin({ most: 0n, usual: 0n })
    expect(guard.check(paid)).toBeNull()
    begin()
    expect(guard.check({ most: 0n, usual: 0n })).toBeNull()
    // What runs counts with what it usually costs.
    expect(guard.check(paid)).toMatchObject({ pace: { calls: 2, pico: 10n } })
    takenBack()
    expect(guard.check(paid)).toMatchObject({ pace: { calls: 2 } })
    expect(storage.budgetEvents.list(null, null, 9)).toEqual([])
    // Another start knows as much from the rows, and none of the free ones.
    const later = createLoopGuard({ storage, clock, rule: () => ({ calls: 3, pico: 10n ** 18n, minutes: 5 }) })
    expect(later.check(paid)).toBeNull()
    begin()
    expect(guard.check(paid)).toBeNull()
    storage.close()
    await profile.remove()
  })

  it('is a history nobody changes', async () => {
    server.always(fixture('anthropic/text'))
    await loop(10)
    await settled(harness, (await harness.ask('turn.start', input({ allowLoop: true }))).turnId)
    const file = harness.profile.file('latchkey.db')
    harness.latchkey.close()
    const database = new Sqlite(file)
    for (const sql of [
      `UPDATE budget_event SET most_pico = 0`,
      `DELETE FROM budget_event`,
      `INSERT OR REPLACE INTO budget_event SELECT * FROM budget_event`,
    ]) {
      expect(() => database.exec(sql)).toThrow('append-only')
    }
    database.close()
    harness = await harness.restart()
  }, 60_000)
})
