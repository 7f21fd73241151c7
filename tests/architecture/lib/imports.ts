import { posix } from 'node:path'
import { Visitor, type ESTree } from 'vite'
import { literalText, parseSource, placeOf } from './parse'
import type { SourceFile } from './source-tree'

export interface Import {
  readonly specifier: string
  /** Erased by the compiler. `import { type A }` is not: under verbatimModuleSyntax the module is still loaded. */
  readonly typeOnly: boolean
  /** Loaded when asked for, not with the module. */
  readonly dynamic: boolean
  /** The exported names taken, `*` for all of them; `default` for the default export. */
  readonly names: readonly string[]
}

export interface Module {
  readonly file: string
  readonly imports: readonly Import[]
}

/** Stands for `import(anything)`: nobody can say where it leads, so every table refuses it. */
export const COMPUTED = '<computed>'

/**
 * Every way a module can name another: import, export from, import(), require, `import x = require()`, import types, and
 * what the bundler adds to them.
 */
export function importsOf(source: SourceFile): Module {
  const imports: Import[] = []
  const add = (specifier: string | undefined, kind: Partial<Omit<Import, 'specifier'>> = {}): void => {
    imports.push({ specifier: specifier ?? COMPUTED, typeOnly: false, dynamic: false, names: ['*'], ...kind })
  }
  new Visitor({
    ImportDeclaration(node) {
      add(node.source.value, { typeOnly: node.importKind === 'type', names: node.specifiers.map(importedName) })
    },
    ExportNamedDeclaration(node) {
      if (node.source !== null) add(node.source.value, { typeOnly: node.exportKind === 'type' })
    },
    ExportAllDeclaration(node) {
      add(node.source.value, { typeOnly: node.exportKind === 'type' })
    },
    ImportExpression(node) {
      add(literalText(node.source), { dynamic: true })
    },
    TSImportType(node) {
      add(node.source.value, { typeOnly: true })
    },
    TSImportEqualsDeclaration(node) {
      if (node.moduleReference.type === 'TSExternalModuleReference') add(node.moduleReference.expression.value)
    },
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(literalText(node.arguments[0]))
      // The bundler's own way of importing: whole folders at once, by a pattern.
      if (isImportMeta(node.callee, 'glob')) add(undefined)
    },
    NewExpression(node) {
      if (isImportMeta(node.arguments[1], 'url')) add(literalText(node.arguments[0]), { dynamic: true })
    },
  }).visit(parseSource(source))
  return { file: source.file, imports }
}

/** `import.meta.url` and its like. */
function isImportMeta(node: ESTree.Node | undefined, name: string): boolean {
  return (
    node?.type === 'MemberExpression' &&
    node.object.type === 'MetaProperty' &&
    node.property.type === 'Identifier' &&
    node.property.name === name
  )
}

function importedName(specifier: ESTree.ImportDeclarationSpecifier): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default'
  if (specifier.type === 'ImportNamespaceSpecifier') return '*'
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value
}

export function isRelative(specifier: string): boolean {
  return specifier.startsWith('./') || specifier.startsWith('../') || specifier === '.' || specifier === '..'
}

/** Where a relative import points, still without an ending. */
export function targetOf(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''))
}

/** The file a relative import names, as the bundler finds it; undefined when there is none. */
export function resolveImport(file: string, specifier: string, files: ReadonlySet<string>): string | undefined {
  const target = targetOf(file, specifier)
  return [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`, `${target}/index.tsx`].find((candidate) =>
    files.has(candidate),
  )
}

/** Relative imports that lead to no file: a graph with holes in it would prove nothing. */
export function findDangling(modules: readonly Module[], files: ReadonlySet<string>): string[] {
  return modules.flatMap(({ file, imports }) =>
    imports
      .filter(({ specifier }) => isRelative(specifier) && resolveImport(file, specifier, files) === undefined)
      .map(({ specifier }) => `${file} imports ${specifier}, which is no file`),
  )
}

/** Triple-slash references and comments that switch the compiler off bring in what no import shows. */
export function findHiddenReferences(source: SourceFile): string[] {
  return [...source.text.matchAll(/^\s*\/\/\/\s*<(?:reference|amd)|@ts-(?:nocheck|ignore|expect-error)/gm)].map(
    (match) => `${placeOf(source, match.index)} ${match[0].trim()}`,
  )
}
