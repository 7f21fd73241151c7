import { parseSync, Visitor, type ESTree } from 'vite'
import { placeOf } from './parse'
import type { SourceFile } from './source-tree'

export function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

export function findLongFiles(files: readonly SourceFile[], most: number): string[] {
  return files
    .filter(({ text }) => lineCount(text) > most)
    .map(({ file, text }) => `${file} has ${lineCount(text)} lines`)
}

export function medianLines(files: readonly SourceFile[]): number {
  const counts = files.map(({ text }) => lineCount(text)).toSorted((a, b) => a - b)
  return counts[Math.floor(counts.length / 2)] ?? 0
}

/** Exported functions and classes without a doc comment right above them. */
export function findUndocumented(source: SourceFile): string[] {
  const { program, comments } = parseSync(source.file, source.text)
  const isDocumented = (node: ESTree.Node): boolean =>
    comments.some(
      ({ type, value, end }) =>
        type === 'Block' &&
        value.startsWith('*') &&
        end <= node.start &&
        source.text.slice(end, node.start).trim() === '',
    )
  const found: string[] = []
  new Visitor({
    ExportNamedDeclaration(node) {
      const { declaration } = node
      if (declaration?.type !== 'FunctionDeclaration' && declaration?.type !== 'ClassDeclaration') return
      if (!isDocumented(node)) found.push(`${placeOf(source, node.start)} ${declaration.id?.name ?? ''}`)
    },
  }).visit(program)
  return found
}
