import type { ESTree } from 'vite'
import { literalText, parseSource } from './parse'
import { usesOf, type Use } from './reach'
import type { SourceFile } from './source-tree'
import { walkValues } from './walk'

/** A file as the rules see it: read once for all of them. */
export interface Read {
  readonly source: SourceFile
  readonly uses: readonly Use[]
  readonly program: ESTree.Program
}

/** Something a rule does not let through. */
export interface Found {
  readonly node: ESTree.Node
  readonly what: string
}

/** `follow: false` for what a bundler made short: there every other name is `e`. */
export function readForRules(source: SourceFile, options: { readonly follow?: boolean } = {}): Read {
  const program = parseSource(source)
  return { source, program, uses: usesOf(source, program, options) }
}

/** Strings that say something by themselves, wherever they stand: names of events, and of members read by reflection. */
export function literals({ program }: Read, matches: (text: string) => boolean): Found[] {
  const found: Found[] = []
  walkValues(program, (node) => {
    const text = literalText(node)
    if (text !== undefined && matches(text)) found.push({ node, what: text })
  })
  return found
}

/** Properties by name, written in an object or assigned to, with what they are set to. */
export function settings({ program }: Read): { node: ESTree.Node; name: string; value: ESTree.Node }[] {
  const found: { node: ESTree.Node; name: string; value: ESTree.Node }[] = []
  walkValues(program, (node, above) => {
    if (node.type === 'Property' && above.at(-1)?.type === 'ObjectExpression') {
      const name =
        literalText(node.key) ?? (node.key.type === 'Identifier' && !node.computed ? node.key.name : undefined)
      if (name !== undefined) found.push({ node, name, value: node.value })
    }
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      const { property: key, computed } = node.left
      const name = computed ? literalText(key) : key.type === 'Identifier' ? key.name : undefined
      if (name !== undefined) found.push({ node, name, value: node.right })
    }
  })
  return found
}

export function literalValue(node: ESTree.Node | undefined): unknown {
  return node?.type === 'Literal' ? node.value : undefined
}

export function property(object: ESTree.ObjectExpression, name: string): ESTree.Node | undefined {
  const found = object.properties.find(
    (each) => each.type === 'Property' && each.key.type === 'Identifier' && each.key.name === name,
  )
  return found?.type === 'Property' ? found.value : undefined
}

/** Whether some node inside fits. */
export function has(node: ESTree.Node, fits: (inner: ESTree.Node) => boolean): boolean {
  let found = false
  walkValues(node, (inner) => void (found ||= fits(inner)))
  return found
}
