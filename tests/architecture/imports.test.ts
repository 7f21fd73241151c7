import { describe, expect, it } from 'vitest'
import { checkImports, checkPackages, findUnusedPackages, findUnusedRows } from './lib/check-imports'
import { findCycles } from './lib/cycles'
import { IMPORT_TABLE, PACKAGE_TABLE } from './lib/import-table'
import { COMPUTED, findDangling, findHiddenReferences, importsOf, type Import, type Module } from './lib/imports'
import { isWithin, listFiles, readTree } from './lib/source-tree'

const sources = readTree('src', ['.ts', '.tsx'])
const modules = sources.map(importsOf)

/** A module of a tree that is not ours, with imports of values. */
function bad(file: string, ...specifiers: string[]): Module {
  return { file, imports: specifiers.map((specifier) => edge(specifier)) }
}

function edge(specifier: string, more: Partial<Import> = {}): Import {
  return { specifier, typeOnly: false, dynamic: false, names: ['*'], ...more }
}

describe('reading imports', () => {
  it('sees every way of naming another module', () => {
    const text = [
      `import a, { b as c } from './value'`,
      `import type { D } from './type'`,
      `import { type E } from './inline-type'`,
      `import './effect.css'`,
      `import rows from './rows.json' with { type: 'json' }`,
      `export * from './all'`,
      `export type { F } from './type-export'`,
      `const later = await import('./later')`,
      `const unknown = await import(later.name)`,
      `type G = typeof import('./import-type')`,
      `const old = require('./required')`,
      `import older = require('./older')`,
      `const worker = new Worker(new URL('./worker.ts', import.meta.url))`,
      `const many = import.meta.glob('./*.ts')`,
    ].join('\n')

    const found = importsOf({ file: 'src/a.ts', text }).imports

    expect(found.filter(({ typeOnly }) => typeOnly).map(({ specifier }) => specifier)).toEqual([
      './type',
      './type-export',
      './import-type',
    ])
    expect(found.filter(({ typeOnly }) => !typeOnly).map(({ specifier }) => specifier)).toEqual([
      './value',
      './inline-type',
      './effect.css',
      './rows.json',
      './all',
      './later',
      COMPUTED,
      './required',
      './older',
      './worker.ts',
      COMPUTED,
    ])
    expect(found.filter(({ dynamic }) => dynamic)).toHaveLength(3)
    expect(found[0]?.names).toEqual(['default', 'b'])
  })

  it('refuses a file it cannot read instead of finding nothing in it', () => {
    expect(() => importsOf({ file: 'src/a.ts', text: 'import { from' })).toThrow('src/a.ts cannot be parsed')
  })

  it('finds a file behind every relative import of the tree', () => {
    expect(findDangling(modules, new Set(listFiles('src')))).toEqual([])
  })

  it('reports a relative import that leads nowhere', () => {
    expect(findDangling([bad('src/core/a.ts', './b')], new Set(['src/core/a.ts']))).toEqual([
      'src/core/a.ts imports ./b, which is no file',
    ])
  })

  it('finds no reference and no switched-off check in a comment, where no table would see them', () => {
    expect(sources.flatMap(findHiddenReferences)).toEqual([])
  })

  it.each([`/// <reference types="node" />`, `// @ts-ignore`, `/* @ts-expect-error */`])('reports %s', (text) => {
    expect(findHiddenReferences({ file: 'src/core/a.ts', text })).toHaveLength(1)
  })
})

describe('who may import whom', () => {
  it('lets imports run downward only, as the table says', () => {
    expect(checkImports(modules, IMPORT_TABLE)).toEqual([])
  })

  it.each([
    ['core uses the main process', bad('src/core/x.ts', '../main/y')],
    ['core uses the contract', bad('src/core/x.ts', '../shared/ipc/views')],
    ['the transport loads the contract', bad('src/shared/ipc/transport.ts', './contract')],
    ['the transport loads core', bad('src/shared/ipc/transport.ts', '../../core/ids')],
    ['storage knows the vault', bad('src/main/storage/x.ts', '../vault/vault')],
    ['a provider knows egress', bad('src/main/providers/anthropic/x.ts', '../../egress/egress')],
    ['egress knows a service', bad('src/main/egress/x.ts', '../services/chat-service')],
    ['a service loads the contract', bad('src/main/services/x.ts', '../../shared/ipc/contract')],
    ['a service knows a handler', bad('src/main/services/x.ts', '../ipc/router')],
    ['a handler reads storage', bad('src/main/ipc/x.ts', '../storage/storage')],
    ['the composition knows Electron', bad('src/main/composition.ts', './electron/window')],
    ['Electron code loads the router', bad('src/main/electron/x.ts', '../ipc/router')],
    ['a service counts in the main process', bad('src/main/services/x.ts', '../tokens/count-text')],
    ['the composition loads the vocabulary', bad('src/main/composition.ts', './tokens/count-text')],
    ['Electron code loads the vocabulary', bad('src/main/electron/token-process.ts', '../tokens/count-text')],
    ['the counting process knows a service', bad('src/main/tokens/x.ts', '../services/chat-service')],
    ['another window of Electron code reads storage', bad('src/main/electron/window.ts', '../storage/database')],
    ['the entry sends requests', bad('src/main/index.ts', './egress/egress')],
    ['the preload loads the contract', bad('src/preload/x.ts', '../shared/ipc/contract')],
    ['the preload loads core', bad('src/preload/x.ts', '../core/ids')],
    ['a feature knows its sibling', bad('src/renderer/features/chat/x.ts', '../spend/spend-store')],
    ['a feature knows the app', bad('src/renderer/features/chat/x.ts', '../../app/App')],
    ['a feature loads the contract', bad('src/renderer/features/chat/x.ts', '../../../shared/ipc/contract')],
    ['a feature knows the main process', bad('src/renderer/features/chat/x.ts', '../../../main/log')],
    ['a part of ui asks the main process', bad('src/renderer/ui/x.tsx', '../bridge/client')],
    ['lib knows ui', bad('src/renderer/lib/x.ts', '../ui/Button')],
    ['a new folder appears that nobody has placed', bad('src/extras/x.ts')],
  ])('reports when %s', (_, module) => {
    expect(checkImports([module], IMPORT_TABLE)).toHaveLength(1)
  })

  it('tells types, which leave nothing in the build, from values', () => {
    const service = (typeOnly: boolean): Module => ({
      file: 'src/main/services/x.ts',
      imports: [edge('../../shared/ipc/views', { typeOnly })],
    })
    expect(checkImports([service(true)], IMPORT_TABLE)).toEqual([])
    expect(checkImports([service(false)], IMPORT_TABLE)).toEqual([
      'src/main/services/x.ts imports src/shared/ipc/views',
    ])
  })

  it('has no row for a place that is not there, but for those still to come', () => {
    const planned: string[] = []
    const files = listFiles('src')
    expect(findUnusedRows(files, IMPORT_TABLE).filter((from) => !planned.includes(from))).toEqual([])
    expect(findUnusedRows(files, [{ from: 'src/gone', may: [] }])).toEqual(['src/gone'])
  })
})

describe('cycles', () => {
  it('has none, not even among types', () => {
    expect(findCycles(modules)).toEqual([])
  })

  it('reports one with the path it takes', () => {
    const tree = [
      bad('src/core/a.ts', './b'),
      { file: 'src/core/b.ts', imports: [edge('./c', { typeOnly: true })] },
      bad('src/core/c/index.ts', '../b', '../d'),
      bad('src/core/d.ts'),
    ]
    expect(findCycles(tree)).toEqual(['src/core/b.ts -> src/core/c/index.ts -> src/core/b.ts'])
  })

  it('reports a module that imports itself', () => {
    expect(findCycles([bad('src/core/a.ts', './a')])).toEqual(['src/core/a.ts -> src/core/a.ts'])
  })
})

describe('who may import which package', () => {
  it('keeps every package where the table places it', () => {
    expect(checkPackages(modules, PACKAGE_TABLE)).toEqual([])
  })

  it.each([
    ['src/main/services/x.ts', 'electron'],
    ['src/renderer/app/x.ts', 'electron'],
    ['src/main/services/x.ts', 'better-sqlite3'],
    ['src/main/vault/x.ts', 'zod'],
    ['src/main/services/x.ts', 'zod/mini'],
    ['src/core/x.ts', 'zod/mini'],
    ['src/preload/x.ts', 'zod/mini'],
    ['src/renderer/lib/x.ts', 'zod/mini'],
    ['src/shared/ipc/transport.ts', 'zod/mini'],
    ['src/main/services/x.ts', '@anthropic-ai/sdk'],
    ['src/main/providers/registry.ts', '@anthropic-ai/sdk'],
    ['src/main/providers/openai/x.ts', '@anthropic-ai/sdk/resources'],
    ['src/main/providers/anthropic/x.ts', 'openai'],
    ['src/core/x.ts', 'node:crypto'],
    ['src/shared/ipc/x.ts', 'node:path'],
    ['src/preload/x.ts', 'node:fs'],
    ['src/renderer/lib/x.ts', 'node:path'],
    ['src/main/storage/x.ts', 'fs'],
    ['src/renderer/lib/x.ts', 'zustand/middleware'],
    ['src/main/tokens/token-counter.ts', 'gpt-tokenizer/encoding/o200k_base'],
    ['src/main/tokens/count-text.ts', 'gpt-tokenizer'],
    ['src/main/services/x.ts', 'a-package-nobody-has-placed'],
    ['src/renderer/lib/x.ts', '/src/main/log'],
    ['src/main/services/x.ts', COMPUTED],
  ])('reports that %s imports %s', (file, specifier) => {
    expect(checkPackages([bad(file, specifier)], PACKAGE_TABLE)).toEqual([`${file} imports ${specifier}`])
  })

  it('places no package that the tree does not use, but for the providers still to come', () => {
    const planned: string[] = []
    expect(findUnusedPackages(modules, PACKAGE_TABLE).filter((name) => !planned.includes(name))).toEqual([])
    expect(findUnusedPackages(modules, [{ name: 'gone', where: ['src'] }])).toEqual(['gone'])
  })

  it('looks at the whole tree', () => {
    const places = ['src/core', 'src/shared', 'src/main', 'src/preload', 'src/renderer']
    expect(places.filter((place) => modules.filter(({ file }) => isWithin(file, [place])).length < 2)).toEqual([])
  })
})
