import { parseSync, type ESTree } from 'vite'
import type { SourceFile } from './source-tree'

/** The parser of our own bundler, so that a fence sees what a build sees. */
export function parseSource({ file, text }: SourceFile): ESTree.Program {
  const { program, errors } = parseSync(file, text)
  // A file that cannot be read would otherwise pass every fence.
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message ?? 'unknown reason'}`)
  return program
}

/** `file:line`, as editors open it. */
export function placeOf({ file, text }: SourceFile, offset: number): string {
  return `${file}:${text.slice(0, offset).split('\n').length}`
}

/** A name such as `shell.openExternal` or `globalThis.fetch`; undefined for anything computed. */
export function dottedName(node: ESTree.Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression' && !node.computed) {
    const owner = dottedName(node.object)
    // Whatever the owner is, the member's own name still counts: `window().document.write`.
    return node.property.type === 'Identifier' ? `${owner ?? ''}.${node.property.name}` : undefined
  }
  return undefined
}

/** The text of a literal, or of a template without parts. */
export function literalText(node: ESTree.Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral' && node.quasis.length === 1) return node.quasis[0]?.value.cooked ?? undefined
  return undefined
}

/** Names written in one line, one beside the other. */
export function words(line: string): string[] {
  return line.split(' ')
}
