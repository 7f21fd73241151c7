import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isBuilt } from '../../scripts/lib/build.mjs'
import { fingerprint, readStamp, writeStamp } from '../../scripts/lib/fingerprint.mjs'
import { makeTempDir, type TempDir } from '../support/temp-dir'

let dir: TempDir

beforeEach(async () => {
  dir = await makeTempDir()
  await mkdir(dir.file('src', 'deep'), { recursive: true })
  await writeFile(dir.file('src', 'a.ts'), 'a')
  await writeFile(dir.file('src', 'deep', 'b.ts'), 'b')
  await writeFile(dir.file('config.ts'), 'c')
})

afterEach(async () => {
  await dir.remove()
})

const now = () => fingerprint(dir.path, ['src', 'config.ts', 'absent.json'])

describe('fingerprint', () => {
  it('stays when nothing changes, also when a file is written anew with the same text', async () => {
    const before = now()
    await writeFile(dir.file('src', 'a.ts'), 'a')
    expect(now()).toBe(before)
  })

  it.each([
    ['a file changes', () => writeFile(dir.file('src', 'deep', 'b.ts'), 'B')],
    ['a file is added', () => writeFile(dir.file('src', 'deep', 'c.ts'), '')],
    ['a file is removed', () => rm(dir.file('src', 'a.ts'))],
    ['a file is renamed', () => rename(dir.file('src', 'a.ts'), dir.file('src', 'z.ts'))],
    ['an absent input appears', () => writeFile(dir.file('absent.json'), '{}')],
  ])('changes when %s', async (_, change) => {
    const before = now()
    await change()
    expect(now()).not.toBe(before)
  })

  it('is not fooled by text that moves from one file into the next', async () => {
    await writeFile(dir.file('src', 'a.ts'), 'xy')
    await writeFile(dir.file('src', 'deep', 'b.ts'), '')
    const before = now()
    await writeFile(dir.file('src', 'a.ts'), 'x')
    await writeFile(dir.file('src', 'deep', 'b.ts'), 'y')
    expect(now()).not.toBe(before)
  })

  it('leaves alone what is not an input', async () => {
    const before = now()
    await writeFile(dir.file('README.md'), 'words')
    expect(now()).toBe(before)
  })
})

describe('stamps', () => {
  it('are read as they were written', () => {
    writeStamp(dir.file('cache', 'stamp.json'), { inputs: 'x', at: 1 })
    expect(readStamp(dir.file('cache', 'stamp.json'))).toEqual({ inputs: 'x', at: 1 })
  })

  it('count as absent when they are missing, damaged or no object', async () => {
    expect(readStamp(dir.file('none.json'))).toBeUndefined()
    await writeFile(dir.file('half.json'), '{"inputs": "x')
    expect(readStamp(dir.file('half.json'))).toBeUndefined()
    await writeFile(dir.file('null.json'), 'null')
    expect(readStamp(dir.file('null.json'))).toBeUndefined()
  })
})

describe('isBuilt', () => {
  const stamp = { inputs: 'sources', outputs: '1 2 3' }

  it('takes a build of these sources for current', () => {
    expect(isBuilt(stamp, { inputs: 'sources', outputs: '1 2 3' })).toBe(true)
  })

  it.each([
    ['sources changed', { inputs: 'other', outputs: '1 2 3' }],
    ['somebody else has built since', { inputs: 'sources', outputs: '1 2 4' }],
    ['an output is missing', { inputs: 'sources', outputs: undefined }],
  ])('builds again when %s', (_, state) => {
    expect(isBuilt(stamp, state)).toBe(false)
  })

  it('builds when it never did', () => {
    expect(isBuilt(undefined, { inputs: 'sources', outputs: '1 2 3' })).toBe(false)
    expect(isBuilt(undefined, { inputs: 'sources', outputs: undefined })).toBe(false)
  })
})
