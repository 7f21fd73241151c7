import { common, createLowlight } from 'lowlight'
import type { Kind, Run } from './runs'

const lowlight = createLowlight(common)

/** highlight.js's scopes, by their first part. */
const SCOPES: Readonly<Record<Exclude<Kind, 'plain'>, string>> = {
  keyword: 'keyword literal operator selector-tag variable template-variable',
  string: 'string regexp char attr-value link symbol bullet',
  number: 'number',
  name: 'title section name attr attribute property type built_in class selector-class selector-id selector-attr params_',
  comment: 'comment quote doctag meta',
  added: 'addition',
  removed: 'deletion',
}
const KIND_OF: ReadonlyMap<string, Kind> = new Map(
  (Object.entries(SCOPES) as [Kind, string][]).flatMap(([kind, scopes]) =>
    scopes.split(' ').map((scope) => [`hljs-${scope}`, kind] as const),
  ),
)

interface TreeNode {
  readonly type: string
  readonly value?: string
  readonly properties?: { readonly className?: unknown }
  readonly children?: readonly TreeNode[]
}

/** The runs of a code in a language as a model names it; null where there is no grammar. */
export function highlight(code: string, language: string): readonly Run[] | null {
  const name = language.toLowerCase()
  if (name === '' || !lowlight.registered(name)) return null
  const runs: [number, Kind][] = []
  const add = (length: number, kind: Kind): void => {
    const last = runs.at(-1)
    if (last?.[1] === kind) last[0] += length
    else if (length > 0) runs.push([length, kind])
  }
  const walk = (node: TreeNode, around: Kind): void => {
    if (node.type === 'text') return add(node.value?.length ?? 0, around)
    const classes = Array.isArray(node.properties?.className) ? (node.properties.className as unknown[]) : []
    const own = classes.map((name_) => KIND_OF.get(String(name_))).find((kind) => kind !== undefined)
    // What stands in a string's holes, and has no colour of its own, is code again.
    const inner = own ?? (classes.includes('hljs-subst') ? 'plain' : around)
    for (const child of node.children ?? []) walk(child, inner)
  }
  walk(lowlight.highlight(name, code), 'plain')
  return runs
}
