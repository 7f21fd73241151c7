import { Visitor, type ESTree } from 'vite'
import { dottedName, literalText, parseSource, placeOf } from './parse'
import type { SourceFile } from './source-tree'

const GUARD = 'unlessComposing'
const PROPERTY = /^onKey(?:Down|Up|Press)(?:Capture)?$/i
const EVENT = /^key(?:down|up|press)$/

/** Places that read keys which an input method may need. */
export function findUnguardedKeys(source: SourceFile): string[] {
  const guarded = new Set<string>()
  const readers: { readonly reader: ESTree.Node | null | undefined; readonly at: number }[] = []
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && isGuarded(init)) guarded.add(id.name)
    },
    JSXAttribute({ name, value, start }) {
      if (name.type !== 'JSXIdentifier' || !PROPERTY.test(name.name)) return
      readers.push({ reader: value?.type === 'JSXExpressionContainer' ? value.expression : value, at: start })
    },
    Property({ key, value, start }) {
      const name = key.type === 'Identifier' ? key.name : (literalText(key) ?? '')
      if (PROPERTY.test(name)) readers.push({ reader: value, at: start })
    },
    AssignmentExpression({ left, right, start }) {
      const name = dottedName(left)?.split('.').at(-1) ?? ''
      if (PROPERTY.test(name)) readers.push({ reader: right, at: start })
    },
    CallExpression({ callee, arguments: [event, reader], start }) {
      if (dottedName(callee)?.split('.').at(-1) !== 'addEventListener') return
      if (EVENT.test(literalText(event) ?? '')) readers.push({ reader, at: start })
    },
  }).visit(parseSource(source))
  return readers
    .filter(({ reader }) => !isGuarded(reader) && !(reader?.type === 'Identifier' && guarded.has(reader.name)))
    .map(({ at }) => placeOf(source, at))
}

function isGuarded(node: ESTree.Node | null | undefined): boolean {
  if (node?.type === 'ArrowFunctionExpression')
    return node.body.type === 'CallExpression' && isGuarded(node.body.callee)
  return node?.type === 'CallExpression' && dottedName(node.callee) === GUARD
}
