import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VaultFile } from '../../src/main/vault/vault-file'
import { connect, startLatchkey, type Harness } from '../support/latchkey'

// Bug: a sealed key that is gone although nobody has removed it.

const ORIGIN = 'http://127.0.0.1:9'

let harness: Harness
beforeEach(async () => void (harness = await startLatchkey()))
afterEach(async () => harness.close())

const path = () => harness.profile.file('vault.json')
const sealed = () => (JSON.parse(readFileSync(path(), 'utf8')) as VaultFile).keys.length
const state = async () => (await harness.ask('key.status', {})).connections[0]?.key.state
const restart = async () => void (harness = await harness.restart())
const ANOTHER = 'sk-ant-api03-another-key-that-is-long-enough-7bRt'

describe('a sealed key', () => {
  it('outlives a database that is gone, or older than it', async () => {
    await connect(harness, ORIGIN)
    harness.latchkey.close()
    for (const end of ['', '-wal', '-shm']) rmSync(harness.profile.file(`latchkey.db${end}`), { force: true })
    await restart()
    expect(await state()).toBeUndefined()
    expect(sealed()).toBe(1)
  })

  it('is taken away when it is replaced, moved or removed, also after a crash in between', async () => {
    const connectionId = await connect(harness, ORIGIN)
    await harness.ask('key.replace', { connectionId, key: ANOTHER })
    expect(sealed()).toBe(1)
    const before = readFileSync(path(), 'utf8')
    await harness.ask('key.remove', { connectionId })
    expect(sealed()).toBe(0)
    await harness.ask('key.set', { connectionId, key: ANOTHER })
    await harness.ask('connection.remove', { connectionId })
    expect(sealed()).toBe(0)
    expect(before).toContain('"keys"')
  })

  it('is not displaced by one that is kept until quit while it cannot be opened', async () => {
    const connectionId = await connect(harness, ORIGIN)
    harness.cipher.state = 'locked'
    await restart()
    expect(await state()).toBe('locked')
    await harness.ask('key.replace', { connectionId, key: ANOTHER, keep: 'session' })
    expect(await state()).toBe('session')
    expect(sealed()).toBe(1)
    harness.cipher.state = 'open'
    await restart()
    expect(await state()).toBe('sealed')
  })

  it('in a file that cannot be read is not taken for none, and its connection is not moved', async () => {
    const connectionId = await connect(harness, ORIGIN)
    const whole = readFileSync(path(), 'utf8')
    harness.latchkey.close()
    writeFileSync(path(), '{')
    await restart()
    expect(await state()).toBe('locked')
    const moved = { connectionId, label: 'Personal', baseUrl: 'http://127.0.0.1:10' }
    expect(await harness.request('connection.update', moved)).toMatchObject({ error: { code: 'vault_unavailable' } })
    harness.latchkey.close()
    writeFileSync(path(), whole)
    await restart()
    expect(await state()).toBe('sealed')
    expect(sealed()).toBe(1)
  })
})
