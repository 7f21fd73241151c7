import { isRelative, targetOf, type Import, type Module } from './imports'
import type { PackageRow, Row } from './import-table'
import { isWithin } from './source-tree'

/** What the table does not allow, one sentence each. */
export function checkImports(modules: readonly Module[], table: readonly Row[]): string[] {
  return modules.flatMap(({ file, imports }) => {
    const found = rowOf(file, table)
    if (found === undefined) return [`${file} is in no row of the import table`]
    return imports
      .filter(({ specifier }) => isRelative(specifier))
      .filter((edge) => !isAllowed(targetOf(file, edge.specifier), edge, found))
      .map((edge) => `${file} imports ${edge.typeOnly ? 'types of ' : ''}${targetOf(file, edge.specifier)}`)
  })
}

/** Rows that no file needs any more say something about a tree that is gone. */
export function findUnusedRows(files: readonly string[], table: readonly Row[]): string[] {
  const used = new Set(files.map((file) => rowOf(file, table)?.row.from))
  return table.map(({ from }) => from).filter((from) => !used.has(from))
}

interface FoundRow {
  readonly row: Row
  /** The row's own place, with `*` filled in. */
  readonly place: string
}

function rowOf(file: string, table: readonly Row[]): FoundRow | undefined {
  return table
    .map((row) => ({ row, place: placeFor(row.from, file) }))
    .filter(({ place }) => isWithin(file, [place]))
    .toSorted((a, b) => b.place.length - a.place.length)[0]
}

function placeFor(pattern: string, file: string): string {
  if (!pattern.endsWith('/*')) return pattern
  const folder = pattern.slice(0, -1)
  return file.startsWith(folder) ? `${folder}${file.slice(folder.length).split('/')[0] ?? ''}` : pattern
}

function isAllowed(target: string, { typeOnly }: Import, { row, place }: FoundRow): boolean {
  return isWithin(target, [place, ...row.may]) || (typeOnly && isWithin(target, row.mayTypes ?? []))
}

/** Packages imported where the table does not allow them, aliases and absolute paths included. */
export function checkPackages(modules: readonly Module[], table: readonly PackageRow[]): string[] {
  return modules.flatMap(({ file, imports }) =>
    imports
      .filter(({ specifier }) => !isRelative(specifier))
      .filter((edge) => !table.some((row) => names(row, edge) && isWithin(file, row.where)))
      .map(({ specifier }) => `${file} imports ${specifier}`),
  )
}

function names({ name }: PackageRow, { specifier }: Import): boolean {
  return name.endsWith('*') ? specifier.startsWith(name.slice(0, -1)) : specifier === name
}

/** Rows for packages that nobody imports. */
export function findUnusedPackages(modules: readonly Module[], table: readonly PackageRow[]): string[] {
  const edges = modules.flatMap(({ imports }) => imports)
  return table.filter((row) => !edges.some((edge) => names(row, edge))).map(({ name }) => name)
}
