import { isRelative, resolveImport, type Module } from './imports'

/** Cycles among the modules, types included, each as the path it takes. Empty when there is none. */
export function findCycles(modules: readonly Module[]): string[] {
  const files = new Set(modules.map(({ file }) => file))
  const graph = new Map(
    modules.map(({ file, imports }) => [
      file,
      imports
        .filter(({ specifier }) => isRelative(specifier))
        .map(({ specifier }) => resolveImport(file, specifier, files))
        .filter((target) => target !== undefined),
    ]),
  )
  const cycles: string[] = []
  const done = new Set<string>()

  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file)
    if (start >= 0) cycles.push([...path.slice(start), file].join(' -> '))
    if (start >= 0 || done.has(file)) return
    for (const target of graph.get(file) ?? []) walk(target, [...path, file])
    // Only now: a module is finished when everything below it is.
    done.add(file)
  }

  for (const file of graph.keys()) walk(file, [])
  return cycles
}
