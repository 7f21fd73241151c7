import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { RENDERER_ADDRESSES } from './lib/addresses'
import { BUDGETS } from './lib/budgets'
import { ensureBuilt } from './lib/built'
import {
  addressesIn,
  bootGraph,
  compareManifest,
  contentsOf,
  dynamicTargets,
  externalsOf,
  findInlineCode,
  findNodeGlobals,
  MARKERS,
} from './lib/bundle'
import { findOtherLicences, productionPackages, type LockFile, type PackageJson } from './lib/dependencies'
import { ELECTRON_RULES, findBreaches } from './lib/electron-rules'
import { COMPUTED, importsOf, type Module } from './lib/imports'
import { readForRules } from './lib/reading'
import { listFiles, readText, readTree, ROOT, type SourceFile } from './lib/source-tree'

const ENTRY = 'out/main/index.js'
const COUNTER = 'out/main/token-process.js'
const PRELOAD = 'out/preload/index.cjs'

let built: SourceFile[] = []
let main: SourceFile[] = []
let mainModules: Module[] = []
let renderer: SourceFile[] = []

// Read once: another build of the same folder, from another terminal, must not mix with this one.
beforeAll(async () => {
  await ensureBuilt()
  built = ['out/main', 'out/preload', 'out/renderer'].flatMap((folder) => readTree(folder))
  main = scriptsIn('out/main/')
  // Reading two megabytes of vocabulary takes a second.
  mainModules = main.map(importsOf)
  renderer = scriptsIn('out/renderer/')
})

function scriptsIn(folder: string): SourceFile[] {
  return built.filter(({ file }) => file.startsWith(folder) && file.endsWith('.js'))
}

function builtFile(file: string): SourceFile {
  const found = built.find((source) => source.file === file)
  if (found === undefined) throw new Error(`${file} was not built`)
  return found
}

function bundleOf(...files: string[]): string[] {
  // A chunk of the bundler's own has no sources, and so no map.
  const maps = files.flatMap((file) => built.filter((source) => source.file === `${file}.map`))
  return [...new Set(maps.flatMap((map) => contentsOf(map.text)))].toSorted()
}

function bootFiles(entry = ENTRY): string[] {
  return bootGraph(entry, mainModules)
}

/** All that the counting process ever loads. */
function counterFiles(): string[] {
  const started = bootFiles(COUNTER)
  const later = dynamicTargets(mainModules.filter(({ file }) => started.includes(file)))
  return [...new Set([...started, ...later.flatMap((file) => bootFiles(file))])]
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + Buffer.byteLength(builtFile(file).text), 0)
}

function filesWith(marker: string, files: readonly SourceFile[]): string[] {
  return files.filter(({ text }) => text.includes(marker)).map(({ file }) => file)
}

function gzipped(ending: string, isCounted: (file: string) => boolean = () => true): number {
  return built
    .filter(({ file }) => file.startsWith('out/renderer/') && file.endsWith(ending) && isCounted(file))
    .reduce((sum, { text }) => sum + gzipSync(text, { level: 9 }).length, 0)
}

function example(text: string): SourceFile {
  return { file: 'out/example.js', text }
}

describe('the built preload', () => {
  it('is one CommonJS file that requires nothing but electron, as a sandbox demands', () => {
    expect(listFiles('out/preload').filter((file) => !file.endsWith('.map'))).toEqual([PRELOAD])
    const preload = builtFile(PRELOAD)
    expect(externalsOf(preload)).toEqual(['electron'])
    expect(preload.text).not.toMatch(/^(?:import|export)\b/m)
    expect(preload.text).toContain('require("electron")')
  })

  it('holds our two forwarders and the names of the channels, and no package', () => {
    expect(bundleOf(PRELOAD)).toEqual(['src/preload', 'src/shared'])
  })

  it('stays small', () => {
    expect(Buffer.byteLength(builtFile(PRELOAD).text)).toBeLessThanOrEqual(BUDGETS.preload)
  })

  it('would be seen to require more', () => {
    expect(externalsOf(example(`const a = require('electron')\nconst b = require('node:fs')`))).toEqual([
      'electron',
      'node:fs',
    ])
  })
})

describe('the built page', () => {
  it('holds no validator, no provider SDK and no database', () => {
    expect(Object.values(MARKERS).flatMap((marker) => filesWith(marker, renderer))).toEqual([])
  })

  it('looks for marks that these packages do leave where they belong', () => {
    expect(filesWith(MARKERS.anthropic, main)).not.toEqual([])
    expect(filesWith(MARKERS.zod, main)).toContain(ENTRY)
    expect(filesWith(MARKERS.sqlite, main)).toContain(ENTRY)
  })

  it('is made of its own sources, core and the packages of the view', () => {
    const contents = bundleOf(...renderer.map(({ file }) => file))
    expect(contents.filter((name) => name.startsWith('src/'))).toEqual(['src/core', 'src/renderer'])
    expect(contents).toContain('react-dom')
    expect(contents).not.toContain('zod')
    expect(contents.filter((name) => /^(?:electron|better-sqlite3|openai|@anthropic-ai|@google)/.test(name))).toEqual(
      [],
    )
  })

  it('asks for nothing of Node', () => {
    // The worker is named as a file beside the script that starts it, and what loads a chunk later computes one address.
    const own = renderer.map(({ file }) => basename(file))
    expect(renderer.flatMap(externalsOf).filter((name) => !own.includes(name))).toEqual([COMPUTED])
    expect(renderer.flatMap(findNodeGlobals)).toEqual([])
  })

  it.each([`process.cwd()`, `Buffer.from('a')`, `module.exports`])('would be seen to use %s', (text) => {
    expect(findNodeGlobals(example(text))).toHaveLength(1)
  })

  it('makes no code from text, which its policy would refuse', () => {
    const rule = ELECTRON_RULES.filter(({ name }) => name === 'code-from-text')
    expect(rule).toHaveLength(1)
    // A bundler's short names mean something else in every function, so that none is followed.
    const scripts = renderer.map((script) => readForRules(script, { follow: false }))
    // React repeats an event by the constructor it has, and so do others; the page's policy still refuses Function.
    expect(findBreaches(scripts, rule).filter(({ what }) => what !== '?.constructor')).toEqual([])
    const bad = readForRules(example(`const a=eval;(0,eval)("1");new Function("1")`), { follow: false })
    expect(findBreaches([bad], rule)).toHaveLength(3)
  })

  it('names no web address but the ones on the list, and each of those', () => {
    const found = new Map<string, number>()
    for (const script of renderer) {
      for (const [address, count] of addressesIn(script)) found.set(address, (found.get(address) ?? 0) + count)
    }
    const listed = Object.keys(RENDERER_ADDRESSES)
    const unlisted = [...found].filter(([address]) => !listed.includes(address))
    expect(unlisted.map(([address, count]) => `${address} (${count} times)`)).toEqual([])
    expect(listed.filter((address) => !found.has(address))).toEqual([])
  })

  it('would be seen to name another', () => {
    const script = example('const a = "see https://example.com/a, or"; const b = `wss://example.com/${a}`')
    expect([...addressesIn(script)]).toEqual([
      ['https://example.com/a', 1],
      ['wss://example.com/', 1],
    ])
  })

  it('leaves the grammars to the worker', () => {
    // Bug: an import that brings forty grammars into the start of the window.
    const holders = renderer.filter(({ file }) => bundleOf(file).includes('highlight.js')).map(({ file }) => file)
    expect(holders).toHaveLength(1)
    expect(holders[0]).toContain('highlight-worker')
    expect(bundleOf(...holders)).not.toContain('react')
  })

  it('leaves KaTeX to the first formula', () => {
    const holders = renderer.filter(({ file }) => bundleOf(file).includes('katex')).map(({ file }) => file)
    expect(holders).toHaveLength(1)
    expect(dynamicTargets(renderer.map(importsOf))).toContain(holders[0])
    // Bug: three megabytes of fonts in formats that nothing here reads.
    expect(listFiles('out/renderer').filter((file) => /\.(?:woff|ttf)$/.test(file))).toEqual([])
  })

  it('has no script, style or handler of its own in the markup, which its policy would refuse', () => {
    expect(findInlineCode(builtFile('out/renderer/index.html').text)).toEqual([])
  })

  it.each([
    '<script>go()</script>',
    '<style>a{}</style>',
    '<p style="color: red">',
    '<p onclick="go()">',
    '<script src="https://example.com/a.js"></script>',
  ])('would be seen to have %s', (html) => {
    expect(findInlineCode(html)).toHaveLength(1)
  })

  it('stays within its size', () => {
    const entry = renderer.map(({ file }) => file).filter((file) => /\/index-[^/]*\.js$/.test(file))
    const first = entry.flatMap((file) => bootGraph(file, renderer.map(importsOf)))
    expect(entry).toHaveLength(1)
    expect(
      gzipped('.js', (file) => first.includes(file)),
      'scripts, gzipped',
    ).toBeLessThanOrEqual(BUDGETS.rendererScripts)
    expect(
      gzipped('.js', (file) => !first.includes(file)),
      'later scripts, gzipped',
    ).toBeLessThanOrEqual(BUDGETS.rendererLater)
    expect(gzipped('.css'), 'styles, gzipped').toBeLessThanOrEqual(BUDGETS.rendererStyles)
  })
})

describe("the list of the page's files", () => {
  const hash = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')

  it('names exactly the files that were built, each with its hash', () => {
    const files = listFiles('out/renderer').filter((file) => !file.endsWith('.map'))
    const hashes = new Map(
      files.map((file) => [file.slice('out/renderer'.length), hash(readFileSync(join(ROOT, file)))]),
    )
    const manifest = JSON.parse(readText('out/renderer-manifest.json')) as Record<string, string>
    expect(hashes.has('/index.html')).toBe(true)
    expect(compareManifest(manifest, hashes)).toEqual([])
  })

  it('would be seen to miss a file, to name one too many, or to hold an old hash', () => {
    const hashes = new Map([
      ['/a.js', hash('a')],
      ['/b.js', hash('b')],
    ])
    expect(compareManifest({ '/b.js': hash('older'), '/c.js': hash('c') }, hashes)).toEqual([
      '/a.js is not listed',
      '/c.js does not exist',
      '/b.js has another hash',
    ])
  })
})

describe('the start of the main process', () => {
  it('loads no provider SDK: whoever never asks that provider never waits for it', () => {
    const started = bootFiles()
    expect(started).toContain(ENTRY)
    expect(filesWith(MARKERS.anthropic, main).filter((file) => started.includes(file))).toEqual([])
    expect(bundleOf(...started).filter((name) => /^(?:@anthropic-ai|openai|@google)/.test(name))).toEqual([])
  })

  it('leaves the SDK in a chunk of its own, which is loaded when it is needed', () => {
    const later = dynamicTargets(mainModules)
    expect(filesWith(MARKERS.anthropic, main).filter((file) => later.includes(file))).toHaveLength(1)
  })

  it('would be seen to load a chunk that another static import brings along', () => {
    const chunks = [
      { file: 'out/main/index.js', text: `import './a.js'\nconst b = () => import('./b.js')` },
      { file: 'out/main/a.js', text: `export * from './c.js'` },
      { file: 'out/main/b.js', text: `import './index.js'` },
      { file: 'out/main/c.js', text: '' },
    ].map(importsOf)
    expect(bootGraph('out/main/index.js', chunks)).toEqual(['out/main/index.js', 'out/main/a.js', 'out/main/c.js'])
    expect(dynamicTargets(chunks)).toEqual(['out/main/b.js'])
  })

  it('stays within its size', () => {
    expect(bytesOf(bootFiles()), 'main boot graph').toBeLessThanOrEqual(BUDGETS.mainBoot)
  })
})

describe('the counting process', () => {
  it('is made of its own sources and the tokenizer, and asks for nothing of Electron or Node', () => {
    const files = counterFiles()
    expect(bundleOf(...files)).toEqual(['gpt-tokenizer', 'src/main'])
    expect(main.filter(({ file }) => files.includes(file)).flatMap(externalsOf)).toEqual([])
  })

  it('loads its vocabulary when it counts, and nothing else of the app loads it', () => {
    const holders = filesWith(MARKERS.o200k, main)
    expect(holders).toHaveLength(1)
    expect(bootFiles(COUNTER).filter((file) => holders.includes(file))).toEqual([])
    const ours = counterFiles()
    expect(
      dynamicTargets(mainModules.filter(({ file }) => !ours.includes(file))).filter((file) => holders.includes(file)),
    ).toEqual([])
    expect(bootFiles().filter((file) => holders.includes(file))).toEqual([])
  })

  it('stays within its size', () => {
    expect(bytesOf(counterFiles()), 'counting process').toBeLessThanOrEqual(BUDGETS.counter)
  })
})

describe('the packages in the app', () => {
  it('are few, and under licences that ask only to be named', () => {
    const lock = JSON.parse(readText('package-lock.json')) as LockFile
    const { optionalDependencies = {} } = JSON.parse(readText('package.json')) as PackageJson
    const bundled = bundleOf(...[...main, ...renderer].map(({ file }) => file)).filter(
      (name) => !name.startsWith('src/'),
    )
    expect(bundled).toContain('@anthropic-ai/sdk')
    const shipped = new Set([...bundled, ...productionPackages(lock, optionalDependencies), 'electron'])
    expect(findOtherLicences([...shipped], lock)).toEqual([])
    expect([...shipped].slice(BUDGETS.shippedPackages)).toEqual([])
  })

  it('would be seen to hold another licence, or a package nobody locked', () => {
    const lock = { packages: { 'node_modules/a/node_modules/b': { license: 'GPL-3.0' }, 'node_modules/c': {} } }
    expect(findOtherLicences(['b', 'c', 'd'], lock)).toEqual([
      'b GPL-3.0',
      'c without a licence',
      'd is not in the lock file',
    ])
  })
})
