import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import Sqlite from 'better-sqlite3'
import type { ConnectionId } from '../../src/core/ids'
import type { Retention } from '../../src/core/retention'
import { DAY, HOUR, keptIn } from '../support/forgetting/kept'
import { connect, startLatchkey, type Harness } from '../support/latchkey'
import { fixture, startProviderServer, type ProviderServer } from '../support/provider-server'

// Bug: a clock that is wrong for an hour deletes everything, or one that is right deletes nothing.

let server: ProviderServer
let harness: Harness
let connectionId: ConnectionId

beforeEach(async () => {
  server = await startProviderServer()
  server.always(fixture('anthropic/text'), 'POST /v1/messages')
  harness = await startLatchkey()
  connectionId = await connect(harness, server.origin)
})
afterEach(async () => {
  await harness.close()
  await server.close()
})

const { about, ids, restart, daysGoBy, serviceAlone } = keptIn({
  get harness() {
    return harness
  },
  set harness(next) {
    harness = next
  },
  get connectionId() {
    return connectionId
  },
})
const general = (retention: Retention) => harness.ask('settings.setRetention', { retention })

describe('a clock', () => {
  const many = 4
  const fill = async () => {
    for (let index = 0; index < many; index += 1) await about(`Question ${index}`)
    await general({ days: 7 })
  }
  const left = async () => (await ids()).length

  it.each([
    ['ten years ahead', 3650 * DAY],
    ['31 days ahead', 31 * DAY],
    ['ten years back', -3650 * DAY],
    ['a time zone ahead', 14 * HOUR],
  ])('that is wrong for a day deletes nothing: %s', async (_, wrong) => {
    await fill()
    const now = harness.clock.now()
    harness.clock.advance(wrong)
    await restart()
    expect(await left()).toBe(many)
    for (const hours of [1, 5, 19]) {
      harness.clock.set(new Date(now + wrong + hours * HOUR).toISOString())
      await restart()
      expect(await left()).toBe(many)
    }
    // What is said meanwhile is not older, nor younger, for it.
    await about('Meanwhile')
    harness.clock.set(new Date(now + 20 * HOUR).toISOString())
    await restart()
    expect(await left()).toBe(many + 1)
    await daysGoBy(6)
    expect(await left()).toBe(many + 1)
    await daysGoBy(3)
    expect(await left()).toBe(0)
  })

  it('that is right after a long holiday deletes on the second day of use, and says what is held until then', async () => {
    await fill()
    const [conversationId] = await ids()
    harness.clock.advance(40 * DAY)
    await restart()
    expect(await left()).toBe(many)
    expect((await harness.ask('data.look', {})).held).toBe(many)
    expect(await harness.ask('retention.preview', { retention: { days: 7 } })).toMatchObject({
      deletedNow: 0,
      held: many,
    })
    if (conversationId === undefined) throw new Error('there is none')
    const { retention } = await harness.ask('conversation.open', { conversationId })
    expect(retention.deletion).toMatchObject({ when: 'at', held: true })
    const fresh = await about('Back again')
    await daysGoBy(1)
    expect(await ids()).toEqual([fresh])
  })

  it('that is months behind when it is first looked at makes nothing old', async () => {
    await fill()
    harness.latchkey.close()
    const database = new Sqlite(harness.profile.file('latchkey.db'))
    // As after the update that brings the clock.
    database.exec('DELETE FROM believed_clock')
    database.close()
    const now = harness.clock.now()
    for (const hours of [0, 1, 19]) {
      harness.clock.set(new Date(now - 90 * DAY + hours * HOUR).toISOString())
      await restart()
    }
    harness.clock.set(new Date(now + 20 * HOUR).toISOString())
    await restart()
    await daysGoBy(6)
    expect(await left()).toBe(many)
    await daysGoBy(2)
    expect(await left()).toBe(0)
  })

  it('that was ahead has stamped nothing that stays for years', async () => {
    await fill()
    const now = harness.clock.now()
    harness.clock.advance(3650 * DAY)
    await restart()
    await about('From the future')
    harness.clock.set(new Date(now + HOUR).toISOString())
    await restart()
    await daysGoBy(10)
    expect(await left()).toBe(0)
  })

  it('deletes within the day after the last one, and not before', async () => {
    await about('One')
    await general({ days: 1 })
    harness.clock.advance(23 * HOUR)
    await general({ days: 1 })
    harness.clock.advance(25 * HOUR)
    await general({ days: 1 })
    expect(await left()).toBe(1)
    harness.clock.advance(22 * HOUR)
    await general({ days: 1 })
    expect(await left()).toBe(0)
  })
})

it('is looked at every hour, and what is due goes', async () => {
  const [old, deleted] = [await about('One'), await about('Two')]
  await harness.ask('conversation.setRetention', { conversationId: old, retention: { days: 1 } })
  const { storage, service, told, left, days, hours, end } = serviceAlone()
  service.start()
  storage.conversations.delete(deleted, harness.clock.now())
  await hours(47)
  expect(left()).toHaveLength(2)
  await hours(1)
  expect(left()).toEqual([deleted])
  // Thirty whole days, and the next.
  await days(28)
  await hours(23)
  expect(left()).toEqual([deleted])
  await hours(1)
  expect(left()).toEqual([])
  expect(told).toEqual(['changed', 'changed'])
  // A file that fails deletes later, and keeps nobody from anything.
  storage.close()
  await hours(1)
  service.close()
  expect(told).toHaveLength(3)
  await end()
})
