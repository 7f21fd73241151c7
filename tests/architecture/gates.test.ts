import { describe, expect, it } from 'vitest'
import { findBehind, findCalls, GATES, ONLY_CALLS, PLATFORM_FETCH, windowPreferences } from './lib/gates'
import { isWithin, readText, readTree } from './lib/source-tree'

const sources = readTree('src', ['.ts', '.tsx'])

describe.each(GATES)('keeps $keepsOut', (gate) => {
  it('in the whole tree', () => {
    const watched = sources.filter(({ file }) => isWithin(file, gate.where) && !isWithin(file, gate.except ?? []))
    expect(watched.length).toBeGreaterThan(0)
    expect(watched.flatMap((source) => findBehind(gate, source))).toEqual([])
  })

  it.each(gate.bad)('and stops %s', (text) => {
    expect(findBehind(gate, { file: 'src/bad.tsx', text })).not.toEqual([])
  })

  it.each(gate.good)('but not %s', (text) => {
    expect(findBehind(gate, { file: 'src/good.tsx', text })).toEqual([])
  })
})

describe.each(ONLY_CALLS)('$name', ({ name, in: place }) => {
  it(`is called once in the app, in ${place}`, () => {
    const found = sources.flatMap((source) => findCalls(name, source))
    expect(found).toEqual([expect.stringContaining(`${place}.ts:`)])
  })

  it('would be found twice', () => {
    expect(findCalls(name, { file: 'src/bad.ts', text: `${name}()\nconst a = new electron.${name}()` })).toEqual([
      `src/bad.ts:1 ${name}`,
      `src/bad.ts:2 electron.${name}`,
    ])
  })
})

describe('the platform', () => {
  it('hands over its fetch once', () => {
    const file = `${PLATFORM_FETCH.in}.ts`
    expect(findBehind(PLATFORM_FETCH, { file, text: readText(file) })).toEqual([
      expect.stringContaining(PLATFORM_FETCH.name),
    ])
  })
})

describe('the window', () => {
  it('is sandboxed, isolated, without Node and with the rules of the web, and says so', () => {
    const file = 'src/main/electron/window.ts'
    expect(windowPreferences({ file, text: readText(file) })).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
  })

  it('would not pass for sandboxed by a condition', () => {
    const text = `new BrowserWindow({ webPreferences: { sandbox: !isDev } })`
    expect(windowPreferences({ file: 'src/bad.ts', text })).not.toMatchObject({ sandbox: true })
  })
})
