import type { ESTree } from 'vite'
import { FORBIDDEN_IN_WINDOW, PREFERENCES, SPOKEN_PREFERENCE, type Guard } from './electron-table'
import { literalText } from './parse'
import { lastPart, type Use } from './reach'
import { property, type Found, type Read } from './reading'
import { walkValues } from './walk'

/** What is wrong with the way a guard is set up; undefined when it is there and stands as it must. */
export function guardProblem({ name, statement }: Guard, read: Read): string | undefined {
  const set = read.uses.filter(
    ({ path, how, args }) =>
      how === 'call' && (lastPart(path) === name || (lastPart(path) === 'on' && literalText(args[0]) === name)),
  )
  if (set.length !== 1) return `${name} is set ${set.length} times`
  return statementsOf(read).includes(statement) ? undefined : `${name} is not set as it must be`
}

/** The statements that functions of a file begin and end with, none of them under a condition. */
function statementsOf({ program, source }: Read): string[] {
  return program.body.flatMap((node) => {
    const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : node
    if (declared?.type !== 'FunctionDeclaration') return []
    return (declared.body?.body ?? []).map(({ start, end }) => plain(source.text.slice(start, end)))
  })
}

function plain(text: string): string {
  return text
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A window whose options are not all written out where it is made. */
export function badWindow({ node, args }: Use): Found[] {
  const [options] = args
  const preferences = options?.type === 'ObjectExpression' ? property(options, 'webPreferences') : undefined
  if (preferences?.type !== 'ObjectExpression') return [{ node, what: 'webPreferences are not written out' }]
  if (preferences.properties.some(({ type }) => type === 'SpreadElement'))
    return [{ node, what: 'webPreferences come from elsewhere' }]
  return [
    ...[...Object.keys(PREFERENCES), SPOKEN_PREFERENCE].filter((name) => property(preferences, name) === undefined),
    ...FORBIDDEN_IN_WINDOW.filter((name) => property(preferences, name) !== undefined),
  ].map((what) => ({ node, what }))
}

/** `!app.isPackaged`, as it stands. */
export function isUnpackaged(node: ESTree.Node, read: Read): boolean {
  return node.type === 'UnaryExpression' && node.operator === '!' && isPackaged(node.argument, read)
}

function isPackaged(node: ESTree.Node, { uses }: Read): boolean {
  return uses.some((use) => use.node === node && use.path === 'electron.app.isPackaged')
}

const DEVELOPER_ROLES = new Set(['toggleDevTools', 'reload', 'forceReload'])

/** Menu items for developers that do not stand behind `app.isPackaged ? … : here`. */
export function unpackagedOnly(read: Read): Found[] {
  const found: Found[] = []
  walkValues(read.program, (node, above) => {
    const text = literalText(node)?.trim() ?? ''
    if (!DEVELOPER_ROLES.has(text)) return
    const chain = [...above, node]
    const behind = chain.some(
      (each, at) =>
        each.type === 'ConditionalExpression' && isPackaged(each.test, read) && each.alternate === chain[at + 1],
    )
    if (!behind) found.push({ node, what: text })
  })
  return found
}
