import type { ESTree } from 'vite'
import { literalText, words } from './parse'
import type { SourceFile } from './source-tree'
import { walkValues } from './walk'

/**
 * One use of something: of a module (`electron.shell.openExternal`, `node:http.request`), of a global
 * (`globalThis.fetch`), or of a member of anything else (`?.loadURL`). A computed member is `*`.
 */
export interface Use {
  readonly path: string
  readonly node: ESTree.Node
  /** `alias`: only given another name, under which it is followed. `value`: handed on to where nobody follows it. */
  readonly how: 'import' | 'call' | 'new' | 'alias' | 'value'
  readonly args: readonly ESTree.Node[]
}

/** What is used in the end: `openExternal` of `electron.shell.openExternal`. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

const GLOBAL_OBJECTS = new Set(['globalThis', 'global', 'window', 'self'])

/** Globals by which one gets out of the language or of the process. Everything else is nobody's business here. */
const GLOBALS = new Set([
  ...words('eval Function setTimeout setInterval process require module Reflect navigator'),
  ...words('fetch XMLHttpRequest WebSocket WebSocketStream EventSource WebTransport RTCPeerConnection'),
])

type Names = ReadonlyMap<string, string>

/** Every use in a file, under whatever names. Scopes are not told apart: a name that is used twice counts as both. */
export function usesOf(source: SourceFile, program: ESTree.Program, { follow = true } = {}): Use[] {
  const names = follow ? namesOf(program, source.file.startsWith('src/renderer/')) : new Map<string, string>()
  return [...(follow ? importUses(program) : []), ...valueUses(program, names)]
}

/** Built-in modules and Electron go by several specifiers. */
function moduleName(specifier: string): string {
  if (/^electron\/(?:main|renderer|common|utility)$/.test(specifier)) return 'electron'
  return specifier === 'node:process' || specifier === 'process' ? 'globalThis.process' : specifier
}

function member(owner: string, name: string): string {
  if (owner === 'globalThis' && GLOBAL_OBJECTS.has(name)) return owner
  return name === 'default' && !owner.includes('?') ? owner : `${owner}.${name}`
}

/** What an expression stands for; undefined when it is nothing that is followed. */
function pathOf(node: ESTree.Node | null | undefined, names: Names): string | undefined {
  switch (node?.type) {
    case 'Identifier':
      if (names.has(node.name)) return names.get(node.name)
      if (GLOBAL_OBJECTS.has(node.name)) return 'globalThis'
      return GLOBALS.has(node.name) ? `globalThis.${node.name}` : undefined
    case 'MemberExpression': {
      const name = node.computed ? (literalText(node.property) ?? '*') : nameOf(node.property)
      return member(pathOf(node.object, names) ?? '?', name)
    }
    case 'ImportExpression':
      return literalText(node.source) === undefined ? undefined : moduleName(literalText(node.source) ?? '')
    case 'CallExpression':
      return loadedBy(node, names)
    case 'SequenceExpression':
      return pathOf(node.expressions.at(-1), names)
    case 'LogicalExpression':
      return pathOf(node.left, names) ?? pathOf(node.right, names)
    case 'ConditionalExpression':
      return pathOf(node.consequent, names) ?? pathOf(node.alternate, names)
    case 'AssignmentExpression':
      return pathOf(node.right, names)
    case 'AwaitExpression':
      return pathOf(node.argument, names)
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
    case 'TSTypeAssertion':
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return pathOf(node.expression, names)
    default:
      return undefined
  }
}

function nameOf(node: ESTree.Node): string {
  return node.type === 'Identifier' || node.type === 'PrivateIdentifier' ? node.name : (literalText(node) ?? '*')
}

/** The module that `require('x')` and its like bring; what `x.bind()` returns is `x`. */
function loadedBy(node: ESTree.CallExpression, names: Names): string | undefined {
  const callee = pathOf(node.callee, names)
  const text = literalText(node.arguments[0])
  if (text !== undefined && /(?:^|\.)(?:require|getBuiltinModule)$/.test(callee ?? '')) return moduleName(text)
  return callee?.endsWith('.bind') === true ? callee.slice(0, -'.bind'.length) : undefined
}

/** Which name of the file stands for what, through any number of other names. */
function namesOf(program: ESTree.Program, inPage: boolean): Names {
  const names = new Map<string, string>()
  for (const { path, local } of importedNames(program)) names.set(local, path)
  const pairs: [ESTree.Node, ESTree.Node][] = []
  walkValues(program, (node) => {
    if (node.type === 'VariableDeclarator' && node.init !== null) pairs.push([node.id, node.init])
    // In the main process a window is Electron's, and no global.
    if (node.type === 'Identifier' && node.name === 'window' && !inPage) names.set('window', '?')
    if (node.type === 'AssignmentExpression' && node.operator === '=') pairs.push([node.left, node.right])
    if (node.type === 'AssignmentPattern') pairs.push([node.left, node.right])
    if (node.type === 'TSImportEqualsDeclaration' && node.moduleReference.type === 'TSExternalModuleReference') {
      names.set(node.id.name, moduleName(node.moduleReference.expression.value))
    }
  })
  // As long as a round finds something: `const b = a` may stand before `const a = shell`.
  for (let before = -1; before !== names.size;) {
    before = names.size
    for (const [target, value] of pairs) bind(target, pathOf(value, names), names)
  }
  return names
}

function bind(target: ESTree.Node, path: string | undefined, names: Map<string, string>): void {
  if (path === undefined || path.startsWith('?')) return
  if (target.type === 'Identifier') {
    if (!names.has(target.name)) names.set(target.name, path)
  } else if (target.type === 'AssignmentPattern') bind(target.left, path, names)
  else if (target.type === 'RestElement') bind(target.argument, path, names)
  else if (target.type === 'ObjectPattern') {
    for (const property of target.properties) {
      if (property.type === 'RestElement') bind(property, path, names)
      else bind(property.value, member(path, keyName(property)), names)
    }
  }
}

function keyName({ key, computed }: ESTree.BindingProperty | ESTree.AssignmentTargetProperty): string {
  return (computed || key.type === 'Literal' ? literalText(key) : nameOf(key)) ?? '*'
}

interface ImportedName {
  readonly node: ESTree.Node
  readonly path: string
  readonly local: string
}

function importedNames(program: ESTree.Program): ImportedName[] {
  return program.body.flatMap((node) => {
    if (node.type !== 'ImportDeclaration' || node.importKind === 'type') return []
    const root = moduleName(node.source.value)
    return node.specifiers.flatMap((specifier): ImportedName[] => {
      const local = specifier.local.name
      if (specifier.type !== 'ImportSpecifier') return [{ node: specifier, path: root, local }]
      if (!isValue(specifier)) return []
      const { imported } = specifier
      return [
        { node: specifier, path: member(root, imported.type === 'Literal' ? imported.value : imported.name), local },
      ]
    })
  })
}

function isValue(specifier: ESTree.ImportDeclarationSpecifier): boolean {
  return specifier.type !== 'ImportSpecifier' || specifier.importKind !== 'type'
}

function importUses(program: ESTree.Program): Use[] {
  const found: Use[] = importedNames(program).map(({ node, path }) => ({ node, path, how: 'import', args: [] }))
  for (const node of program.body) {
    // `import { type A }` loads the module all the same.
    const loadsOnly = node.type === 'ImportDeclaration' && node.importKind !== 'type' && !node.specifiers.some(isValue)
    if (loadsOnly) {
      found.push({ node, path: moduleName(node.source.value), how: 'import', args: [] })
    }
    if (node.type === 'ExportAllDeclaration' && node.exportKind !== 'type') {
      found.push({ node, path: moduleName(node.source.value), how: 'value', args: [] })
    }
    if (node.type !== 'ExportNamedDeclaration' || node.source === null || node.exportKind === 'type') continue
    for (const specifier of node.specifiers) {
      if (specifier.exportKind === 'type') continue
      const path = member(moduleName(node.source.value), nameOf(specifier.local))
      found.push({ node: specifier, path, how: 'value', args: [] })
    }
  }
  return found
}

/** Expressions that only pass on what is inside them. */
const TRANSPARENT =
  /^(?:Await|Chain|Parenthesized|TSAs|TSSatisfies|TSNonNull|TSInstantiation|Sequence)Expression$|^TSTypeAssertion$/

/** Members that are taken out of something by a pattern: `const { ipc } = contents`. */
function takenOut(target: ESTree.Node, path: string, names: Names): Use[] {
  if (target.type === 'AssignmentPattern') return takenOut(target.left, path, names)
  if (target.type !== 'ObjectPattern') return []
  return target.properties.flatMap((property): Use[] => {
    if (property.type === 'RestElement') return []
    const taken = member(path, keyName(property))
    const how = isFollowed(property.value, taken, names) ? 'alias' : 'value'
    return [{ path: taken, node: property, how, args: [] }, ...takenOut(property.value, taken, names)]
  })
}

function valueUses(program: ESTree.Program, names: Names): Use[] {
  const found: Use[] = []
  walkValues(program, (node, above) => {
    if (node.type === 'VariableDeclarator') found.push(...takenOut(node.id, pathOf(node.init, names) ?? '?', names))
    if (node.type === 'AssignmentExpression')
      found.push(...takenOut(node.left, pathOf(node.right, names) ?? '?', names))
    if ('params' in node) for (const param of [node.params].flat()) found.push(...takenOut(param, '?', names))
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression' && node.type !== 'ImportExpression') {
      if (node.type !== 'CallExpression' || loadedBy(node, names) === undefined) return
    }
    const path = pathOf(node, names)
    if (path === undefined || isDeclared(node, above)) return
    let at = above.length - 1
    let inside: ESTree.Node = node
    for (; at >= 0 && TRANSPARENT.test(above[at]?.type ?? ''); at -= 1) inside = above[at] ?? inside
    const parent = above[at]
    // Part of a longer one, which is reported as a whole.
    if (parent?.type === 'MemberExpression' && parent.object === inside) return
    const called = (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee === inside
    const args = called ? parent.arguments : []
    found.push({
      path,
      node,
      how: called
        ? parent.type === 'NewExpression'
          ? 'new'
          : 'call'
        : handed(inside, above.slice(0, at + 1), path, names),
      args,
    })
  })
  return found
}

/** A name that stands where it is declared or assigned to, and not for its value. */
function isDeclared(node: ESTree.Node, above: readonly ESTree.Node[]): boolean {
  const parent = above.at(-1)
  if (node.type !== 'Identifier' || parent === undefined) return false
  if ('params' in parent && (parent.params as readonly unknown[]).includes(node)) return true
  if (parent.type === 'AssignmentExpression' || parent.type === 'AssignmentPattern') return parent.left === node
  if (parent.type === 'CatchClause' || parent.type === 'RestElement' || parent.type === 'ArrayPattern') return true
  return parent.type === 'Property' && above.at(-2)?.type === 'ObjectPattern'
}

/** Whether a value only gets another name in this file, or goes where it is not followed. */
function handed(inside: ESTree.Node, above: readonly ESTree.Node[], path: string, names: Names): 'alias' | 'value' {
  const parent = above.at(-1)
  if (parent?.type === 'ExpressionStatement') return 'alias'
  if (above.at(-3)?.type === 'ExportNamedDeclaration') return 'value'
  const target =
    parent?.type === 'VariableDeclarator' && parent.init === inside
      ? parent.id
      : (parent?.type === 'AssignmentPattern' || parent?.type === 'AssignmentExpression') && parent.right === inside
        ? parent.left
        : undefined
  return target !== undefined && isFollowed(target, path, names) ? 'alias' : 'value'
}

/** Whether what is given to this target is known by it from there on; not where the same name stands for two things. */
function isFollowed(target: ESTree.Node, path: string, names: Names): boolean {
  if (target.type === 'AssignmentPattern') return isFollowed(target.left, path, names)
  // What is taken out is looked at one by one.
  return target.type === 'ObjectPattern' || (target.type === 'Identifier' && names.get(target.name) === path)
}
