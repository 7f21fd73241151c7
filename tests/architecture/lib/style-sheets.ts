import { placeOf } from './parse'
import type { SourceFile } from './source-tree'

/** Colours belong in tokens.css, where both themes and the contrast between them are looked after. */
export function findRawColours(source: SourceFile): string[] {
  return find(source, /(?<![\w-])#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/gi, isInDeclaration)
}

/** Left and right are wrong in half of the world's scripts; start and end are not. */
export function findPhysicalSides(source: SourceFile): string[] {
  return [
    ...find(source, /(?<![\w-])(?:[a-z]+-)*(?:left|right)(?:-[a-z]+)*\s*:(?!:)/g, isInDeclaration),
    ...find(source, /(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)\b/g, isInDeclaration),
  ]
}

/** What a sheet takes from another sheet or another origin: no import table sees it. */
export function findOutsideReferences(source: SourceFile): string[] {
  return find(source, /@import\b|\bcomposes\s*:[^;}]*\bfrom\b|url\(\s*["']?(?:[a-z]+:)?\/\//g, () => true)
}

function find(source: SourceFile, pattern: RegExp, counts: (text: string, at: number) => boolean): string[] {
  const text = withoutComments(source.text)
  return [...text.matchAll(pattern)]
    .filter(({ index }) => counts(text, index))
    .map((match) => `${placeOf(source, match.index)} ${match[0].replace(/\s*:$/, '')}`)
}

/** Blanks keep every place where it was. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
}

/** What is followed by `;` or `}` before any `{` is a declaration; the rest is a selector such as `#root`. */
function isInDeclaration(text: string, at: number): boolean {
  const next = /[;{}]/.exec(text.slice(at))
  return next?.[0] !== '{'
}
