import { Visitor } from 'vite'
import { dottedName, parseSource, placeOf } from './parse'
import type { SourceFile } from './source-tree'

/** Tests that are left out, or that leave the others out: `it.skip`, `describe.only`, `test.todo`. */
export function findLeftOutTests(source: SourceFile): string[] {
  const found: string[] = []
  new Visitor({
    MemberExpression(node) {
      const name = dottedName(node) ?? ''
      if (/^(?:it|test|describe|suite)\.(?:\w+\.)*(?:only|skip|todo|fixme|fails)$/.test(name)) {
        found.push(`${placeOf(source, node.start)} ${name}`)
      }
    },
  }).visit(parseSource(source))
  return found
}
