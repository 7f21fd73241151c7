import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate, versionOf } from '../../src/main/storage/migrate'
import { migrations } from '../../src/main/storage/migrations'
import { openStorage } from '../../src/main/storage/storage'
import { connect, settled, startLatchkey, TEST_MODEL, testCipher } from '../support/latchkey'
import { fixture, gateAfter, startProviderServer } from '../support/provider-server'
import { makeTempDir, type TempDir } from '../support/temp-dir'

let profile: TempDir

beforeEach(async () => {
  profile = await makeTempDir()
})
afterEach(() => profile.remove())

const paths = () => ({ profile: profile.path })
const refusal = () => {
  try {
    openStorage(paths()).close()
    return null
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

describe('the one writer', () => {
  it('shuts a second process out, and is free again when the first is gone', () => {
    const storage = openStorage(paths())
    const script = `
      const Sqlite = require('better-sqlite3')
      const lock = new Sqlite(process.argv[1], { timeout: 0 })
      try { lock.exec('BEGIN EXCLUSIVE'); console.log('taken') } catch (error) { console.log(error.code) }
    `
    const other = () =>
      spawnSync(process.execPath, ['-e', script, profile.file('lock.db')], { encoding: 'utf8' }).stdout.trim()
    expect(other()).toBe('SQLITE_BUSY')
    storage.close()
    expect(other()).toBe('taken')
  })

  it('is refused with a code, not with a broken file', () => {
    const storage = openStorage(paths())
    expect(refusal()).toBe('in_use')
    storage.close()
    expect(refusal()).toBeNull()
  })
})

describe('a file that cannot be used', () => {
  it.each([
    [
      'no database',
      () => writeFileSync(profile.file('latchkey.db'), 'not a database, but long enough to be read as one'.repeat(40)),
      'damaged',
    ],
    ['emptied', () => truncateSync(profile.file('latchkey.db'), 0), 'damaged'],
    ['of a newer version', () => withFile((database) => database.pragma('user_version = 999')), 'newer_version'],
  ] as const)('is refused and left as it is: %s', (_, spoil, code) => {
    openStorage(paths()).close()
    spoil()
    const before = readFileSync(profile.file('latchkey.db'))
    expect(refusal()).toBe(code)
    expect(readFileSync(profile.file('latchkey.db')).equals(before)).toBe(true)
  })
})

describe('migrations', () => {
  it('bring a new file to the newest version in STRICT tables', () => {
    openStorage(paths()).close()
    withFile((database) => {
      expect(versionOf(database)).toBe(migrations.length)
      const loose = database
        .prepare(
          "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
        )
        .all()
      expect(loose).toEqual([])
    })
  })

  it('keep a copy before they change a file that holds something', () => {
    openStorage(paths()).close()
    const kept: number[] = []
    withFile((database) =>
      migrate(database, (version) => kept.push(version), [...migrations, 'CREATE TABLE later (x)']),
    )
    expect(kept).toEqual([migrations.length])
  })

  it('undo a step that fails, whole, and keep the version before it', () => {
    openStorage(paths()).close()
    withFile((database) => {
      const steps = [...migrations, 'CREATE TABLE half (x); SELECT * FROM nowhere;']
      expect(() => migrate(database, () => undefined, steps)).toThrow('nowhere')
      expect(versionOf(database)).toBe(migrations.length)
      expect(database.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").all()).toEqual([])
    })
  })
})

describe('the ledger', () => {
  it('can be added to and not changed, not even by hand', async () => {
    await withOneAnswer(profile)
    withFile((database) => {
      expect(database.prepare('SELECT COUNT(*) FROM ledger_line').pluck().get()).toBe(2)
      for (const sql of [
        'UPDATE ledger_line SET pico = 0',
        'DELETE FROM ledger_line',
        "UPDATE call SET state = 'failed'",
        'DELETE FROM call',
        'INSERT OR REPLACE INTO ledger_line SELECT * FROM ledger_line',
        'INSERT OR REPLACE INTO call SELECT * FROM call',
      ]) {
        expect(() => database.exec(sql)).toThrow(/append-only|does not change|never deleted|added once/)
      }
    })
  })

  it('survives the conversation it came from', async () => {
    await withOneAnswer(profile)
    withFile((database) => {
      database.pragma('foreign_keys = ON')
      database.exec('DELETE FROM conversation')
      expect(database.prepare('SELECT COUNT(*) FROM message').pluck().get()).toBe(0)
      expect(database.prepare('SELECT COUNT(*) FROM ledger_line').pluck().get()).toBe(2)
    })
  })

  it('adds sums up past what a JavaScript number can hold', async () => {
    await withOneAnswer(profile)
    const big = 9_007_199_254_740_993n
    withFile((database) => {
      database
        .prepare(
          `INSERT INTO ledger_line (call_id, role, model, bucket, units, multiplier, pico, cost_class, utc_day, local_day, booked_ms, hash)
           SELECT id, 'main', 'm', 'out', 1, '1', ?, 'computed', '2030-01-01', '2030-01-31', 0, zeroblob(32) FROM call`,
        )
        .run(big)
    })
    const storage = openStorage(paths())
    expect(storage.spend.month('2030-01').cost.pico).toBe(big)
    expect(storage.spend.month('2030-02').cost.pico).toBe(0n)
    storage.close()
  })

  it('refuses a line that is unknown and has a price at once', async () => {
    await withOneAnswer(profile)
    withFile((database) => {
      const insert = `INSERT INTO ledger_line (call_id, role, model, bucket, units, multiplier, pico, cost_class, utc_day, local_day, booked_ms, hash)
        SELECT id, 'main', 'm', 'out', 1, '1', 5, 'unpriced', '2030-01-01', '2030-01-01', 0, zeroblob(32) FROM call`
      expect(() => database.exec(insert)).toThrow('CHECK')
    })
  })
})

describe('a process that was killed while an answer ran', () => {
  it('left text and usage to within a second; the next start settles them once', async () => {
    const server = await startProviderServer()
    const cipher = testCipher()
    const gate = gateAfter(200)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    const running = await startLatchkey({ cipher })
    const connectionId = await connect(running, server.origin)
    const turn = await running.ask('turn.start', {
      conversationId: null,
      connectionId,
      model: TEST_MODEL,
      text: 'Long?',
    })
    await gate.reached
    const shown = () =>
      textOf(running.events.flatMap((event) => (event.name === 'turn.delta' ? event.payload.deltas : [])))
    await expect
      .poll(() => shown().length > 1000 && savedText(running.profile) === shown(), { timeout: 5000 })
      .toBe(true)

    // What a kill leaves: the files as they are, write-ahead log included, and no goodbye.
    cpSync(running.profile.path, profile.path, { recursive: true })
    const received = shown()
    const after = await startLatchkey({ profile, cipher })
    const { messages } = await after.ask('conversation.open', { conversationId: turn.conversationId })
    expect(messages[1]?.state).toBe('interrupted')
    expect(textOf(messages[1]?.parts ?? [])).toBe(received)
    expect(messages[1]?.cost?.costClass).toBe('partial')
    expect(BigInt(messages[1]?.cost?.pico ?? 0)).toBeGreaterThan(0n)
    const spend = await after.ask('spend.month', {})
    expect(spend.calls.map(({ state }) => state)).toEqual(['interrupted'])

    const again = await after.restart()
    expect(await again.ask('spend.month', {})).toEqual(spend)
    gate.release()
    await running.close()
    again.latchkey.close()
    await server.close()
  })
})

const textOf = (parts: readonly { readonly text: string }[]) => parts.map((part) => part.text).join('')

function savedText(from: TempDir): string {
  const database = new Sqlite(from.file('latchkey.db'), { readonly: true })
  const parts = database.prepare("SELECT parts FROM message WHERE role = 'assistant'").pluck().get() as string
  database.close()
  return textOf(JSON.parse(parts) as { text: string }[])
}

async function withOneAnswer(into: TempDir): Promise<void> {
  const server = await startProviderServer()
  server.enqueue(fixture('anthropic/text'))
  const harness = await startLatchkey({ profile: into })
  const connectionId = await connect(harness, server.origin)
  const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' })
  await settled(harness, turn.turnId)
  harness.latchkey.close()
  await server.close()
  expect(existsSync(into.file('latchkey.db'))).toBe(true)
}

function withFile(work: (database: Sqlite.Database) => void): void {
  const database = new Sqlite(profile.file('latchkey.db'))
  try {
    work(database)
  } finally {
    database.close()
  }
}
