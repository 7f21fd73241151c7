import { posix } from 'node:path'
import { Visitor } from 'vite'
import { importsOf, isRelative, type Module } from './imports'
import { dottedName, parseSource, placeOf } from './parse'
import type { SourceFile } from './source-tree'

/**
 * What each package leaves in every build that contains it, minified or not. The tests show that each of them is where
 * the package belongs; a marker found nowhere would prove nothing elsewhere.
 */
export const MARKERS = {
  anthropic: 'anthropic-version',
  zod: '_zod',
  sqlite: 'better-sqlite3',
  // The special tokens of the vocabulary, which stand in nothing of ours.
  o200k: '<|endofprompt|>',
} as const

/** Everything that is loaded before the first line of `entry` runs: its static imports, and theirs. */
export function bootGraph(entry: string, chunks: readonly Module[]): string[] {
  const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]))
  const reached = new Set<string>()
  const follow = (file: string): void => {
    const chunk = byFile.get(file)
    if (chunk === undefined || reached.has(file)) return
    reached.add(file)
    for (const target of targets(chunk, false)) follow(target)
  }
  follow(entry)
  return [...reached]
}

/** Chunks that are loaded only when something asks for them. */
export function dynamicTargets(chunks: readonly Module[]): string[] {
  return [...new Set(chunks.flatMap((chunk) => targets(chunk, true)))]
}

function targets({ file, imports }: Module, dynamic: boolean): string[] {
  return imports
    .filter((edge) => edge.dynamic === dynamic && isRelative(edge.specifier))
    .map(({ specifier }) => posix.join(posix.dirname(file), specifier))
}

/** The packages and source folders that a source map names, by how they are called in the sources. */
export function contentsOf(sourceMap: string): string[] {
  const { sources } = JSON.parse(sourceMap) as { sources: string[] }
  return [...new Set(sources.map(nameOf))].toSorted()
}

function nameOf(source: string): string {
  const inside = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]
  return inside ?? /(?:^|\/)(src\/[^/]+)/.exec(source)?.[1] ?? source
}

/** Modules a script needs that are not among its own chunks. */
export function externalsOf(script: SourceFile): string[] {
  return importsOf(script)
    .imports.map(({ specifier }) => specifier)
    .filter((specifier) => !isRelative(specifier))
}

/** React asks whether there is a `process` before it reports an error to it. */
const ASKED_FOR = new Set(['process.emit'])

/** Names only Node knows. A page has none of them, so one that is read is code that belongs to another process. */
export function findNodeGlobals(script: SourceFile): string[] {
  const found: string[] = []
  const look = (name: string | undefined, at: number): void => {
    if (
      name !== undefined &&
      !ASKED_FOR.has(name) &&
      /^(?:process|Buffer|__dirname|__filename|require|module)\./.test(name)
    ) {
      found.push(`${placeOf(script, at)} ${name}`)
    }
  }
  new Visitor({ MemberExpression: (node) => look(dottedName(node), node.start) }).visit(parseSource(script))
  return found
}

/** Web addresses written in a script, each up to its path: what a page could call, and what it links to. */
export function addressesIn(script: SourceFile): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (text: string | null | undefined): void => {
    for (const [address] of (text ?? '').matchAll(/\b(?:https?|wss?):\/\/[\w.-]*[\w/]?[\w./-]*/g)) {
      counts.set(address, (counts.get(address) ?? 0) + 1)
    }
  }
  new Visitor({
    Literal: (node) => typeof node.value === 'string' && count(node.value),
    TemplateElement: (node) => count(node.value.cooked),
  }).visit(parseSource(script))
  return counts
}

/** What a page with the policy `script-src 'self'` would refuse to run, or what would ask for another origin. */
export function findInlineCode(html: string): string[] {
  return [
    ...html.matchAll(
      /<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=|javascript:|(?:src|href)="(?:https?:)?\/\//gi,
    ),
  ].map(([match]) => match.trim())
}

/** Differences between the manifest and the files it should list, each with its right hash. */
export function compareManifest(
  manifest: Readonly<Record<string, string>>,
  built: ReadonlyMap<string, string>,
): string[] {
  return [
    ...[...built].filter(([path]) => manifest[path] === undefined).map(([path]) => `${path} is not listed`),
    ...Object.keys(manifest)
      .filter((path) => !built.has(path))
      .map((path) => `${path} does not exist`),
    ...[...built]
      .filter(([path, hash]) => manifest[path] !== undefined && manifest[path] !== hash)
      .map(([path]) => `${path} has another hash`),
  ]
}
