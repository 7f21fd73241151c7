import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { saveWhole } from '../../src/main/storage/saved-file'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// One file, without the app around it.

let folder: TempDir
let own: TempDir

beforeEach(async () => {
  folder = await makeTempDir()
  own = await makeTempDir()
})
afterEach(async () => {
  await folder.remove()
  await own.remove()
})

async function* text() {
  yield 'all of it'
}

function save(name: string, begun: (unfinished: string) => void = () => undefined, signal?: AbortSignal) {
  const path = folder.file(name)
  return saveWhole({ path, own: own.path, texts: text(), signal: signal ?? new AbortController().signal, begun })
}

// Bug: the app ends while the file is being opened, and nobody knows yet what is to be taken away.
it('is told of before it is there', async () => {
  let wasThere: boolean | null = null
  expect(await save('a.csv', (unfinished) => void (wasThere = existsSync(unfinished)))).toBeNull()
  expect(wasThere).toBe(false)
  expect(readFileSync(folder.file('a.csv'), 'utf8')).toBe('all of it')
})

it('leaves nothing where it is stopped in that very moment', async () => {
  const stop = new AbortController()
  const end = (unfinished: string) => {
    stop.abort()
    rmSync(unfinished, { force: true })
  }
  expect(await save('a.csv', end, stop.signal)).toBe('cancelled')
  expect(readdirSync(folder.path)).toEqual([])
})

// Bug: a link to a disk that is not plugged in becomes a file.
it('does not take the place of a link that leads nowhere', async () => {
  symlinkSync(folder.file('not-there.csv'), folder.file('link.csv'))
  expect(await save('link.csv')).toBe('file_gone')
  expect(lstatSync(folder.file('link.csv')).isSymbolicLink()).toBe(true)
  expect(readdirSync(folder.path)).toEqual(['link.csv'])
})
