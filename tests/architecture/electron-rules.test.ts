import { beforeAll, describe, expect, it } from 'vitest'
import { countOf, ELECTRON_RULES, findBreaches, type Finding } from './lib/electron-rules'
import { GUARDS, GUARDS_IN, NETWORK_PLACES, ONCE, POWERS } from './lib/electron-table'
import { readForRules, type Read } from './lib/reading'
import { readText, readTree, type SourceFile } from './lib/source-tree'

// What holds of Electron, read from the sources: see SECURITY.md. Every rule is shown bad examples, which it has to find
// line by line, and which no other rule may take for its own.

const EXAMPLES = 'tests/fixtures/electron-rules'

let tree: Read[] = []
let breaches: Finding[] = []

beforeAll(() => {
  tree = readTree('src', ['.ts', '.tsx']).map((source) => readForRules(source))
  breaches = findBreaches(tree)
})

/** An example says in its first line where it would stand. */
function placed({ text }: SourceFile): SourceFile {
  const file = /^\/\/ at (\S+)/.exec(text)?.[1]
  if (file === undefined) throw new Error('an example without a place')
  return { file, text }
}

/** The lines an example marks as bad. */
function marked({ text }: SourceFile): number[] {
  return text.split('\n').flatMap((line, index) => (line.endsWith('// found') ? [index + 1] : []))
}

function lines(findings: readonly Finding[]): number[] {
  return [...new Set(findings.map(({ place }) => Number(place.slice(place.lastIndexOf(':') + 1))))].toSorted(
    (a, b) => a - b,
  )
}

describe('the sources', () => {
  it.each(ELECTRON_RULES)('keep the rule $name: $says', ({ name }) => {
    expect(tree.length).toBeGreaterThan(100)
    expect(breaches.filter(({ rule }) => rule === name)).toEqual([])
  })

  it.each(Object.entries(ONCE))('hold %s once, in %s', (call) => {
    expect(countOf(call, tree)).toBe(1)
  })

  it('take every part of Electron the table allows, and import every network module it allows', () => {
    const paths = new Set(tree.flatMap(({ uses }) => uses.map(({ path }) => path)))
    const members = Object.entries(POWERS).flatMap(([name, { members: all, values = [] }]) =>
      [...all, ...values].map((member) => `electron.${name}.${member}`),
    )
    expect(
      members.filter((member) => ![...paths].some((path) => path === member || path.startsWith(`${member}.`))),
    ).toEqual([])
    const idle = Object.entries(NETWORK_PLACES).flatMap(([place, modules]) => {
      const uses = tree.find(({ source }) => source.file === `${place}.ts`)?.uses ?? []
      return modules.filter((name) => !uses.some(({ path }) => path.split('.')[0] === name))
    })
    expect(idle).toEqual([])
  })
})

describe.each(ELECTRON_RULES)('the rule $name', ({ name }) => {
  const examples = readTree(`${EXAMPLES}/${name}`)

  it('has bad examples', () => {
    expect(examples.length).toBeGreaterThan(0)
  })

  it.each(examples)('finds each bad line of $file, and no other rule does', (source) => {
    const found = findBreaches([readForRules(placed(source))])
    expect(marked(source)).not.toEqual([])
    expect(found.filter(({ rule }) => rule !== name)).toEqual([])
    expect(lines(found)).toEqual(marked(source))
  })
})

describe('the good examples', () => {
  it.each(readTree(`${EXAMPLES}/good`))('break no rule: $file', (source) => {
    expect(findBreaches([readForRules(placed(source))])).toEqual([])
  })
})

describe('the guards of a page', () => {
  const file = `${GUARDS_IN}.ts`
  const problems = (text: string): string[] => findBreaches([readForRules({ file, text })]).map(({ what }) => what)

  it.each(GUARDS)('miss $name when it is not set up', ({ name }) => {
    const text = readText(file)
    expect(text.split(name)).toHaveLength(2)
    expect(problems(text.replace(name, 'somethingElse'))).toEqual([`${name} is set 0 times`])
  })

  const weakenings: readonly (readonly [guard: string, from: string, to: string])[] = [
    [
      'setPermissionRequestHandler',
      'answer(false)',
      "_permission === 'media' ? answer(false) : answer(_permission !== '')",
    ],
    ['setPermissionCheckHandler', '(() => false)', '(() => app.isPackaged)'],
    ['setDevicePermissionHandler', '(() => false)', '(() => !app.isPackaged)'],
    ['setSpellCheckerEnabled', '(false)', '(app.isPackaged)'],
    ['onBeforeRequest', 'cancel: !(', 'cancel: false && !('],
    ['setProxy', 'proxyRules: NOWHERE', "mode: 'system'"],
    ['web-contents-created', '=> guardContents(contents)', '=> undefined'],
    ['setWindowOpenHandler', "'deny'", "'allow'"],
    ['setWebRTCIPHandlingPolicy', 'disable_non_proxied_udp', 'default'],
    ['will-download', 'ours.on(', 'if (app.isPackaged) ours.on('],
    ['will-navigate', 'event.url !== APP_URL', "event.url.startsWith('file:')"],
    ['will-frame-navigate', '!event.isMainFrame ||', '!event.isMainFrame &&'],
    ['will-redirect', 'contents.on(', 'if (!app.isPackaged) contents.on('],
    ['will-attach-webview', 'event.preventDefault()', 'undefined'],
  ]

  it('are each weakened below', () => {
    expect(weakenings.map(([name]) => name).toSorted()).toEqual(GUARDS.map(({ name }) => name).toSorted())
  })

  it.each(weakenings)('miss %s when it is weakened', (name, from, to) => {
    const rows = readText(file).split('\n')
    const at = rows.findIndex((row) => row.includes(name))
    // In the statement itself, which may go on for a few rows.
    const within = rows.findIndex((row, index) => index >= at && row.includes(from))
    expect([at >= 0, within - at < 4]).toEqual([true, true])
    const weakened = rows.map((row, index) => (index === within ? row.replace(from, to) : row)).join('\n')
    expect(problems(weakened)).toEqual([`${name} is not set as it must be`])
  })
})
