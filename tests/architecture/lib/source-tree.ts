import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '../../..')

/** A file as the checkers see it: a path below the project with forward slashes, and its text. */
export interface SourceFile {
  readonly file: string
  readonly text: string
}

/** Every file below `folder` with one of these endings; all files when none is given. */
export function readTree(folder: string, endings: readonly string[] = []): SourceFile[] {
  return listFiles(folder)
    .filter((file) => endings.length === 0 || endings.includes(extname(file)))
    .map((file) => ({ file, text: readText(file) }))
}

/** Paths of all files below `folder`, in a stable order. `enter` can keep out folders that are nobody's source. */
export function listFiles(folder: string, enter: (path: string) => boolean = () => true): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) return enter(path) ? listFiles(path, enter) : []
      return entry.isFile() && enter(path) ? [path] : []
    })
}

export function readText(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** Whether a path lies in one of these places: a folder, or a module named without its ending. */
export function isWithin(path: string, places: readonly string[]): boolean {
  const module = path.replace(/\.tsx?$/, '')
  return places.some((place) => module === place || path.startsWith(`${place}/`))
}
