import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequestName } from '../../src/shared/ipc/transport'
import { wellFormed } from '../support/hostile-input'
import { connect, startLatchkey, type Harness } from '../support/latchkey'

let harness: Harness

beforeAll(async () => {
  harness = await startLatchkey()
  await connect(harness, 'http://127.0.0.1:1')
})
afterAll(() => harness.close())

const names = Object.keys(wellFormed) as RequestName[]

describe('a request that is not in the contract', () => {
  it.each([
    undefined,
    null,
    7,
    {},
    [],
    '',
    '__proto__',
    'constructor',
    'toString',
    'key.get',
    'app.open ',
    ['app.open'],
  ])('is refused: %j', async (name) => {
    const result = await harness.latchkey.router.dispatch(name, {})
    expect(result).toEqual({ ok: false, error: { code: 'unknown_request' } })
  })
})

describe('an answer', () => {
  it('never holds a key, and no request is there to ask for one', async () => {
    expect(names.filter((name) => name.startsWith('key.'))).toEqual([
      'key.set',
      'key.replace',
      'key.add',
      'key.order',
      'key.cancel',
      'key.describe',
      'key.checkLimit',
      'key.remove',
      'key.status',
    ])
    const key = 'sk-ant-api03-only-for-this-test-0000000001'
    const { id: connectionId } = await harness.ask('connection.add', {
      provider: 'anthropic',
      label: 'Other',
      baseUrl: null,
    })
    const answers = [
      await harness.request('key.set', { connectionId, key }),
      await harness.request('key.replace', { connectionId, key: `${key}x` }),
      await harness.request('key.add', { connectionId, key: `${key}y` }),
      await harness.request('connection.setFailover', { connectionId, on: true }),
      await harness.request('key.status', {}),
      await harness.request('key.describe', { connectionId, label: 'L', expires: '2027-02-14', remindMonths: 3 }),
      await harness.request('app.open', {}),
      await harness.request('connection.update', { connectionId, label: 'Another', baseUrl: null }),
    ]
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(JSON.stringify([answers, harness.events])).not.toContain(key)
  })

  it('to an unexpected error is a code, and the error is logged once', async () => {
    const broken = await startLatchkey()
    const database = new Sqlite(broken.profile.file('latchkey.db'))
    database.exec('ALTER TABLE turn RENAME TO gone')
    database.close()
    const answer = await broken.latchkey.router.dispatch('conversation.list', {})
    expect(answer).toEqual({ ok: false, error: { code: 'internal' } })
    expect(broken.logged).toHaveLength(1)
    await broken.close()
  })

  it('after the end is that it is over', async () => {
    const ended = await startLatchkey()
    await ended.close()
    const answer = await ended.latchkey.router.dispatch('conversation.list', {})
    expect(answer).toEqual({ ok: false, error: { code: 'shutting_down' } })
  })
})
