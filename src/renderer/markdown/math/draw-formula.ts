import katex from 'katex'
import { createElement, Fragment, type CSSProperties, type ReactNode } from 'react'

/**
 * What no formula here may say: what defines something, so that what KaTeX builds is bounded by what is written, and what
 * leads elsewhere or writes attributes, which KaTeX would show in red.
 */
const REFUSED =
  /\\(?:[gex]?def|(?:re)?newcommand|providecommand|let|futurelet|global|long|char|href|url|includegraphics|html(?:Class|Id|Style|Data))(?![A-Za-z])/

const OPTIONS = {
  // No links, images, classes or attributes out of TeX.
  trust: false,
  strict: 'ignore',
  throwOnError: true,
  output: 'htmlAndMathml',
  maxSize: 20,
  maxExpand: 500,
} as const

/** More elements than any formula that can be read. */
const MOST_ELEMENTS = 20_000

/** KaTeX's own tree, as far as it is used here. It is not part of what KaTeX promises: its version is pinned. */
interface TreeNode {
  readonly type?: string
  readonly text?: string
  readonly character?: string | null
  readonly width?: number | null
  readonly italic?: number
  readonly classes?: readonly string[]
  readonly style?: Readonly<Record<string, string>>
  readonly attributes?: Readonly<Record<string, string>>
  readonly children?: readonly TreeNode[]
  readonly pathName?: string
  readonly src?: string
  toMarkup(): string
}

const INTERNAL = '__renderToDomTree'
const treeOf = (katex as unknown as Record<typeof INTERNAL, (tex: string, options: object) => TreeNode>)[INTERNAL]

/**
 * A formula as elements, MathML for those who listen and spans for those who look; null when it is none. Every element,
 * attribute and style is one of a list; KaTeX writes no markup here.
 */
export function drawFormula(tex: string, display: boolean): ReactNode {
  if (REFUSED.test(tex)) return null
  try {
    return createDrawer()(treeOf(tex, { ...OPTIONS, displayMode: display }))
  } catch {
    return null
  }
}

const MATHML =
  /^(?:math|annotation|semantics|mtext|mn|mo|mi|mspace|mover|munder|munderover|msup|msub|msubsup|mfrac|mroot|msqrt|mtable|mtr|mtd|mlabeledtr|mrow|menclose|mstyle|mpadded|mphantom)$/
const MATHML_ATTRIBUTES =
  /^(?:display|encoding|mathvariant|mathcolor|mathbackground|mathsize|fence|separator|stretchy|lspace|rspace|minsize|maxsize|largeop|accent|accentunder|linethickness|displaystyle|scriptlevel|width|height|depth|voffset|notation|columnalign|columnspacing|columnlines|rowspacing|rowlines)$/
const SVG_ATTRIBUTES = /^(?:width|height|viewBox|preserveAspectRatio|x1|x2|y1|y2)$/
const STYLES =
  /^(?:backgroundColor|border(?:Bottom|Right|Top)?(?:Width|Style|Color)|bottom|color|height|left|margin(?:Left|Right|Top)?|(?:min)?[Ww]idth|paddingLeft|position|textShadow|top|verticalAlign)$/

function createDrawer() {
  let elements = 0
  const make = (name: string, props: object, children: readonly ReactNode[] = []): ReactNode => {
    elements += 1
    if (elements > MOST_ELEMENTS) throw new RangeError('too large a formula')
    return createElement(name, props, ...children)
  }
  const all = (children: readonly TreeNode[] = []): ReactNode[] => children.map(draw)

  function draw(node: TreeNode): ReactNode {
    const { type, text, classes, style, attributes, children, pathName } = node
    if (node.src !== undefined || attributes?.['href'] !== undefined) throw new TypeError('not in a formula')
    if (type !== undefined) {
      if (!MATHML.test(type)) throw new TypeError(type)
      return make(type, only(attributes, MATHML_ATTRIBUTES), all(children))
    }
    if (text !== undefined) {
      const italic = (node.italic ?? 0) > 0 ? { marginRight: `${node.italic}em` } : {}
      const props = looks(classes, { ...italic, ...style })
      return props === null ? text : make('span', props, [text])
    }
    if (pathName !== undefined) return make('path', { d: /d="([^"]*)"/.exec(node.toMarkup())?.[1] ?? '' })
    if (children === undefined) {
      if (attributes !== undefined) {
        return make('line', { ...only(attributes, SVG_ATTRIBUTES), strokeWidth: attributes['stroke-width'] })
      }
      return typeof node.character === 'string'
        ? make('mtext', {}, [node.character])
        : make('mspace', { width: `${node.width ?? 0}em` })
    }
    if (classes === undefined) return make('svg', only(attributes, SVG_ATTRIBUTES), all(children))
    if (attributes === undefined) return createElement(Fragment, null, ...all(children))
    const hidden = attributes['aria-hidden'] === 'true' ? { 'aria-hidden': true } : {}
    return make('span', { ...looks(classes, style), ...hidden }, all(children))
  }
  return draw
}

function only(attributes: Readonly<Record<string, string>> = {}, allowed: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => allowed.test(name)))
}

function looks(classes: readonly string[] = [], style: Readonly<Record<string, string>> = {}): object | null {
  const className = classes.filter((name) => /^[\w-]+$/.test(name)).join(' ')
  const styles = Object.entries(style).filter(
    ([name, value]) => STYLES.test(name) && /^[\w#.%+() -]*$/.test(value) && !/\(/.test(value),
  )
  if (className === '' && styles.length === 0) return null
  return {
    ...(className === '' ? {} : { className }),
    ...(styles.length === 0 ? {} : { style: Object.fromEntries(styles) satisfies CSSProperties }),
  }
}
