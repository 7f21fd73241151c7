import { describe, expect, it } from 'vitest'
import { HOUSE_LIMITS } from './lib/budgets'
import { findLongFiles, findUndocumented, medianLines } from './lib/house-limits'
import { findMachineTraces } from './lib/hygiene'
import { findUnguardedKeys } from './lib/key-readers'
import { isWithin, listFiles, readText, readTree } from './lib/source-tree'
import { findOutsideReferences, findPhysicalSides, findRawColours } from './lib/style-sheets'
import { findLeftOutTests } from './lib/tests-left-out'

const code = readTree('src', ['.ts', '.tsx'])
const styles = readTree('src/renderer', ['.css'])

describe('files', () => {
  it('are short enough to be read at once', () => {
    expect(findLongFiles([...code, ...styles], HOUSE_LIMITS.longestFile)).toEqual([])
    expect(medianLines(code)).toBeLessThanOrEqual(HOUSE_LIMITS.medianFile)
  })

  it('would be seen to be longer', () => {
    const long = { file: 'src/long.ts', text: 'a\n'.repeat(401) }
    expect(findLongFiles([long, { file: 'src/short.ts', text: 'a\n'.repeat(400) }], 400)).toEqual([
      'src/long.ts has 401 lines',
    ])
    expect(medianLines([long, long, { file: 'src/short.ts', text: 'a' }])).toBe(401)
  })
})

describe('doc comments', () => {
  const places = ['src/core', 'src/shared', 'src/main']

  it('stand above every exported function and class', () => {
    expect(code.filter(({ file }) => isWithin(file, places)).flatMap(findUndocumented)).toEqual([])
  })

  it('are missed above a function or a class, and nothing else counts as one', () => {
    const text = [
      '/** Says what it is for. */',
      'export function told(): void {}',
      '// Not a doc comment.',
      'export function untold(): void {}',
      'export class Untold {}',
      '/** Of something else. */',
      'const other = 1',
      'export function alone(): number { return other }',
    ].join('\n')
    expect(findUndocumented({ file: 'src/a.ts', text })).toEqual([
      'src/a.ts:4 untold',
      'src/a.ts:5 Untold',
      'src/a.ts:8 alone',
    ])
  })
})

describe('style sheets', () => {
  it('take their colours from the tokens', () => {
    expect(styles.length).toBeGreaterThan(10)
    expect(styles.filter(({ file }) => file !== 'src/renderer/styles/tokens.css').flatMap(findRawColours)).toEqual([])
  })

  it('know start and end, not left and right', () => {
    expect(styles.flatMap(findPhysicalSides)).toEqual([])
  })

  it.each(['.a { color: #fff }', '.a { color: #1a2b3c80; }', '.a { color: rgb(1 2 3) }', '.a { color: oklch(1 2 3) }'])(
    'would be seen to have a colour of their own in %s',
    (text) => {
      expect(findRawColours({ file: 'a.css', text })).toHaveLength(1)
    },
  )

  it.each([
    '.a { margin-left: 1px }',
    '.a { padding-right: 1px }',
    '.a { left: 0 }',
    '.a { border-left-color: red }',
    '.a { border-top-left-radius: 1px }',
    '.a { text-align: left }',
    '.a { float: right }',
    '.a { color: red; & .b { right: 0; } }',
  ])('would be seen to name a side of the screen in %s', (text) => {
    expect(findPhysicalSides({ file: 'a.css', text })).toHaveLength(1)
  })

  it('take nothing from other sheets or from elsewhere', () => {
    expect(styles.flatMap(findOutsideReferences)).toEqual([])
  })

  it.each([
    `@import '../chat/Composer.module.css';`,
    `.a { composes: b from '../chat/Composer.module.css' }`,
    '.a { background: url(https://example.com/a.png) }',
    `.a { background: url("//example.com/a.png") }`,
  ])('would be seen to take something with %s', (text) => {
    expect(findOutsideReferences({ file: 'a.css', text })).toHaveLength(1)
  })

  it.each([
    '#fade { color: var(--ink) }',
    '/* left: #fff */ .a { margin-inline-start: 1px }',
    '.left:hover { inset-inline-start: 0 }',
    '.a { grid-area: left; }',
    '.a { --copyright: 1 }',
  ])('are left alone with %s', (text) => {
    const sheet = { file: 'a.css', text }
    expect([...findRawColours(sheet), ...findPhysicalSides(sheet)]).toEqual([])
  })
})

describe('keys', () => {
  const page = code.filter(({ file }) => isWithin(file, ['src/renderer']))

  it('are read only where an input method has been asked first', () => {
    expect(page.filter(({ text }) => text.includes('unlessComposing(')).length).toBeGreaterThan(5)
    expect(page.flatMap(findUnguardedKeys)).toEqual([])
  })

  it.each([
    'const a = <input onKeyDown={press} />',
    'const a = <input onKeyUpCapture={(event) => event.key} />',
    'const a = <Field {...{ onKeyDown: press }} />',
    `document.addEventListener('keydown', press)`,
    `field.current?.addEventListener('keypress', press)`,
    'field.onkeydown = press',
    'const press = other(read); const a = <input onKeyDown={press} />',
  ])('would be seen to be read by %s', (text) => {
    expect(findUnguardedKeys({ file: 'a.tsx', text })).toHaveLength(1)
  })

  it.each([
    'const a = <input onKeyDown={unlessComposing(press)} />',
    'const a = <input onKeyDown={(event) => unlessComposing(press)(event)} />',
    `const press = unlessComposing(read); document.addEventListener('keydown', press)`,
    `document.addEventListener('scroll', press)`,
  ])('may be read by %s', (text) => {
    expect(findUnguardedKeys({ file: 'a.tsx', text })).toEqual([])
  })
})

describe('tests', () => {
  const tests = readTree('tests', ['.ts', '.tsx', '.mjs']).filter(({ file }) => /\.(?:test|spec)\.\w+$/.test(file))

  it('are all run', () => {
    expect(tests.length).toBeGreaterThan(5)
    expect(tests.flatMap(findLeftOutTests)).toEqual([])
  })

  it.each([
    ['it', 'skip'],
    ['describe', 'only'],
    ['test', 'todo'],
    ['it', 'concurrent', 'only'],
  ])('would be seen to be left out by %s.%s', (...names) => {
    expect(findLeftOutTests({ file: 'a.test.ts', text: `${names.join('.')}('a', () => {})` })).not.toEqual([])
  })
})

describe('the repository', () => {
  const elsewhere = ['.git', 'node_modules', 'out', 'dist', 'test-results']
  const files = listFiles('.', (path) => !elsewhere.includes(path) && !path.endsWith('.tsbuildinfo'))
  // A byte of zero is in no text; pictures and icons have plenty.
  const texts = files.map((file) => ({ file, text: readText(file) })).filter(({ text }) => !text.includes('\0'))

  it('names no folder of the machine it was written on and no package host', () => {
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.flatMap(findMachineTraces)).toEqual([])
  })

  // Put together from parts, because this file is searched too.
  it.each([
    ['', 'work', 'main'].join('/'),
    ['', 'root', '.npmrc'].join('/'),
    ['', 'home', 'ada'].join('/'),
    ['', 'Users', 'ada'].join('/'),
    ['C:', 'Users', 'ada'].join('\\'),
    ['https://registry', 'example', 'com'].join('.'),
  ])('would be seen to name %s', (text) => {
    expect(findMachineTraces({ file: 'README.md', text: `see ${text}` })).toHaveLength(1)
  })
})
