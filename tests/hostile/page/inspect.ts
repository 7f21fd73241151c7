/** Elements that may come out of an answer, with the attributes that may stand on them. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  div: ['tabindex', 'role', 'aria-label', 'id', 'hidden', 'data-control'],
  p: ['tabindex', 'role', 'aria-label'],
  h2: ['id'],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  article: ['aria-labelledby'],
  header: [],
  footer: [],
  blockquote: [],
  ul: [],
  ol: ['start'],
  li: ['data-note', 'tabindex'],
  hr: [],
  br: [],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['scope'],
  td: [],
  strong: [],
  em: [],
  del: [],
  sup: [],
  pre: [],
  code: [],
  span: ['title', 'aria-hidden', 'data-provider'],
  output: [],
  a: ['href', 'title', 'draggable'],
  button: ['type', 'aria-label', 'aria-expanded', 'aria-controls', 'title', 'data-note-mark', 'aria-pressed'],
  input: ['type', 'disabled', 'readonly', 'checked', 'aria-label'],
}
const EVERYWHERE = ['class', 'dir']

/** Our own icons: nothing of a text is in them. */
const ICON = /^(?:svg|path|circle|line|polyline|rect)$/
const ICON_ATTRIBUTES =
  /^(?:xmlns|width|height|viewBox|fill|stroke|stroke-width|stroke-linecap|stroke-linejoin|class|aria-hidden|d|cx|cy|r|x|y|x1|x2|y1|y2|rx|ry|points)$/

/** What must not be there, in words; empty when all is well. */
export function findForbidden(root: Element): string[] {
  const found: string[] = []
  for (const element of root.querySelectorAll('*')) {
    const name = element.localName
    if (element.closest('[data-formula]') !== null) {
      found.push(...findInFormula(element))
      continue
    }
    if (element.closest('[data-copied]') !== null) {
      found.push(...findInCopied(element))
      continue
    }
    if (element.namespaceURI === 'http://www.w3.org/2000/svg') {
      if (!ICON.test(name) || element.closest('a') !== null) found.push(`<svg ${name}>`)
      for (const { name: attribute, value } of element.attributes) {
        if (!ICON_ATTRIBUTES.test(attribute) || /url|script/i.test(value)) found.push(`<svg ${name} ${attribute}>`)
      }
      continue
    }
    const allowed = element.namespaceURI === 'http://www.w3.org/1999/xhtml' ? ALLOWED[name] : undefined
    if (allowed === undefined) {
      found.push(`<${name}>`)
      continue
    }
    for (const attribute of element.getAttributeNames()) {
      if (!allowed.includes(attribute) && !EVERYWHERE.includes(attribute)) found.push(`<${name} ${attribute}>`)
    }
    if (name === 'a') found.push(...findInLink(element as HTMLAnchorElement))
    if (name === 'input' && (element as HTMLInputElement).type !== 'checkbox') found.push('<input> that is no box')
  }
  return found
}

/** What may be put on the clipboard, with all that may stand on it; the element around it is the test's own. */
const COPIED: Readonly<Record<string, RegExp>> = {
  a: /^href$/,
  ol: /^(?:start|dir)$/,
  table: /^(?:border|cellspacing|cellpadding|dir)$/,
  th: /^align$/,
  td: /^align$/,
  ...Object.fromEntries(
    [
      'p',
      'h1',
      'h2',
      'h3',
      'h4',
      'blockquote',
      'ul',
      'li',
      'pre',
      'code',
      'strong',
      'em',
      'del',
      'sup',
      'hr',
      'br',
      'thead',
      'tbody',
      'tr',
    ].map((name) => [name, /^dir$/] as const),
  ),
}

function findInCopied(element: Element): string[] {
  if (element.getAttribute('data-copied') === '' && element.localName === 'div')
    return element.hasAttribute('data-taken-out') ? ['something that had to be taken out'] : []
  const attributes = COPIED[element.localName]
  if (attributes === undefined || element.namespaceURI !== 'http://www.w3.org/1999/xhtml')
    return [`<copied ${element.localName}>`]
  const odd = element.getAttributeNames().filter((name) => !attributes.test(name))
  const address = element.getAttribute('href') ?? 'https://none'
  return [
    ...odd.map((name) => `<copied ${element.localName} ${name}>`),
    ...(/^(?:https?:\/\/[!-~]+|mailto:[!-~]+)$/.test(address) ? [] : [`a copied link to ${address}`]),
  ]
}

/** What KaTeX makes: elements by namespace, with their attributes. No text of an answer says `data-formula`. */
const FORMULA: Readonly<Record<string, readonly [elements: RegExp, attributes: RegExp]>> = {
  'http://www.w3.org/1999/xhtml': [/^span$/, /^(?:class|style|aria-hidden)$/],
  'http://www.w3.org/2000/svg': [
    /^(?:svg|path|line)$/,
    /^(?:width|height|viewBox|preserveAspectRatio|d|x1|x2|y1|y2|stroke-width)$/,
  ],
  'http://www.w3.org/1998/Math/MathML': [
    /^(?:math|semantics|annotation|m(?:text|n|o|i|space|over|under|underover|sup|sub|subsup|frac|root|sqrt|table|tr|td|labeledtr|row|enclose|style|padded|phantom))$/,
    /^(?:encoding|display|math(?:variant|color|background|size)|fence|separator|stretchy|[lr]space|m(?:in|ax)size|largeop|accent(?:under)?|linethickness|displaystyle|scriptlevel|width|height|depth|voffset|notation|(?:column|row)(?:align|spacing|lines))$/,
  ],
}
const FORMULA_ROOT = /^(?:data-formula|dir|class|role|tabindex|aria-label)$/

function findInFormula(element: Element): string[] {
  const [elements, attributes] = FORMULA[element.namespaceURI ?? ''] ?? [/^$/, /^$/]
  const root = element.getAttribute('data-formula') !== null
  const odd = element.getAttributeNames().filter((name) => !(root ? FORMULA_ROOT : attributes).test(name))
  const style = (element.getAttribute('style') ?? '').replaceAll(/\brgba?\([\d., ]+\)/g, '')
  return [
    elements.test(element.localName) ? '' : `<formula ${element.localName}>`,
    ...odd.map((name) => `<formula ${element.localName} ${name}>`),
    /\(|url|fixed|sticky/i.test(style) ? `<formula style ${style}>` : '',
  ].filter((problem) => problem !== '')
}

function findInLink(link: HTMLAnchorElement): string[] {
  const address = link.getAttribute('href') ?? ''
  const plain = /^(?:https?:\/\/[!-~]+|mailto:[!-~]+)$/.test(address) && address === link.href
  const told = link.getAttribute('title') ?? ''
  const leads = link.protocol === 'mailto:' ? link.pathname : link.host
  return [
    plain && link.username === '' && link.password === '' ? '' : `a link to ${address}`,
    told === leads && told !== '' ? '' : `a link to ${leads} that says ${told}`,
    link.querySelector('a, button, input') === null ? '' : 'a link around another control',
  ].filter((problem) => problem !== '')
}

/** Elements and the names of their attributes, in order: the same for every text where a text is only ever text. */
export function skeleton(root: Element): string {
  return [...root.querySelectorAll('*')]
    .map((element) => `${element.localName}[${element.getAttributeNames().toSorted().join(' ')}]`)
    .join(' ')
}
