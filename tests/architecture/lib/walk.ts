import type { ESTree } from 'vite'

/** A node that is evaluated, with the nodes it stands in, the nearest last. */
export type VisitValue = (node: ESTree.Node, above: readonly ESTree.Node[]) => void

/** Parts of a node that name something or are erased by the compiler. */
const NEVER_VALUES = new Set([
  'typeAnnotation',
  'typeArguments',
  'typeParameters',
  'returnType',
  'superTypeArguments',
  'implements',
  'decorators',
  'label',
  'meta',
])

/** Nodes of TypeScript that do not vanish, with an expression inside. */
const TRANSPARENT_TYPES = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
  'TSTypeAssertion',
  'TSExportAssignment',
  'TSParameterProperty',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSImportEqualsDeclaration',
])

/** Visits everything that is evaluated, outside in: no types, no names of members, no declared names, no imports. */
export function walkValues(root: ESTree.Node, visit: VisitValue): void {
  const above: ESTree.Node[] = []
  const enter = (node: ESTree.Node): void => {
    if (node.type.startsWith('TS') && !TRANSPARENT_TYPES.has(node.type)) return
    if (node.type === 'ImportDeclaration' || ('declare' in node && node.declare)) return
    visit(node, above)
    above.push(node)
    for (const [key, child] of Object.entries(node)) {
      if (!isNamed(node, key)) for (const value of [child].flat()) if (isNode(value)) enter(value)
    }
    above.pop()
  }
  enter(root)
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

/** Whether this part of the node is a name and not a value. */
function isNamed(node: ESTree.Node, key: string): boolean {
  if (NEVER_VALUES.has(key)) return true
  switch (node.type) {
    case 'MemberExpression':
      return key === 'property' && !node.computed
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return key === 'key' && !node.computed
    case 'VariableDeclarator':
      return key === 'id' && node.id.type === 'Identifier'
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'TSEnumDeclaration':
    case 'TSEnumMember':
    case 'TSImportEqualsDeclaration':
    case 'TSModuleDeclaration':
      return key === 'id'
    case 'ExportSpecifier':
      return key === 'exported'
    case 'ExportNamedDeclaration':
      return key === 'specifiers' && node.source !== null
    case 'ExportAllDeclaration':
      return key === 'exported'
    default:
      return false
  }
}
