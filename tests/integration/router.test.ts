import { readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequestName } from '../../src/shared/ipc/transport'
import { hostileInputs, MARK, wellFormed } from '../support/hostile-input'
import { connect, startLatchkey, type Harness } from '../support/latchkey'

let harness: Harness

beforeAll(async () => {
  harness = await startLatchkey()
  await connect(harness, 'http://127.0.0.1:1')
})
afterAll(() => harness.close())

/** Every byte of state a request could change. */
function state(): string {
  const database = new Sqlite(harness.profile.file('latchkey.db'), { readonly: true })
  const tables = database.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const rows = tables.map(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all())
  database.close()
  return JSON.stringify(rows) + readFileSync(harness.profile.file('vault.json'), 'utf8')
}

const names = Object.keys(wellFormed) as RequestName[]

describe.each(names)('%s', (name) => {
  it('refuses every malformed input with a code, changes nothing and repeats nothing', async () => {
    const before = state()
    const events = harness.events.length
    const inputs = hostileInputs(name)
    for (const { what, input } of inputs) {
      const result = await harness.latchkey.router.dispatch(name, input)
      expect({ what, ok: result.ok }).toEqual({ what, ok: false })
      expect(result).toMatchObject({ error: { code: 'bad_request' } })
      expect(JSON.stringify(result)).not.toContain(MARK)
    }
    expect(inputs.length).toBeGreaterThanOrEqual(18)
    expect(state()).toBe(before)
    expect(harness.events.length).toBe(events)
    expect(harness.logged).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

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
