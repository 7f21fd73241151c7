import { Visitor, type ESTree, type VisitorObject } from 'vite'
import { dottedName, literalText, parseSource, placeOf } from './parse'
import type { SourceFile } from './source-tree'

/** Collects the places of what a gate does not let through. */
type Report = (node: ESTree.Node, what: string) => void

/** One thing that must not be in the sources, or only in the place named. */
export interface Gate {
  /** Completes the sentence "keeps ... out of ...". */
  readonly keepsOut: string
  /** Folders and modules it watches. */
  readonly where: readonly string[]
  readonly except?: readonly string[]
  readonly visit: (report: Report) => VisitorObject
  /** One example that it must stop; each is fed to the gate as a file of its own. */
  readonly bad: readonly string[]
  /** What merely looks alike. */
  readonly good: readonly string[]
}

/** Findings of one gate in one file, each with its place. */
export function findBehind(gate: Pick<Gate, 'visit'>, source: SourceFile): string[] {
  const found: string[] = []
  new Visitor(gate.visit((node, what) => found.push(`${placeOf(source, node.start)} ${what}`))).visit(
    parseSource(source),
  )
  return found
}

/** Calls and constructions by dotted name, whatever stands before it: `eval` stops `window.eval` too. */
function calls(report: Report, matches: (name: string, node: Call) => boolean): VisitorObject {
  const check = (node: Call): void => {
    const name = dottedName(node.callee)
    if (name !== undefined && matches(name, node)) report(node, name)
  }
  return { CallExpression: check, NewExpression: check }
}

type Call = ESTree.CallExpression | ESTree.NewExpression

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** Names of globals, read in whichever way: bare, or as a member of the global object. */
function mentions(report: Report, names: ReadonlySet<string>): VisitorObject {
  return {
    Identifier: (node) => names.has(node.name) && report(node, node.name),
    Literal: (node) => typeof node.value === 'string' && names.has(node.value) && report(node, node.value),
  }
}

/** The name of an object's property or of a JSX attribute, plain or quoted. */
function keyOf(key: ESTree.PropertyKey | ESTree.JSXAttributeName): string | undefined {
  if (key.type === 'Identifier' || key.type === 'JSXIdentifier') return key.name
  return key.type === 'Literal' ? literalText(key) : undefined
}

const GLOBAL_OBJECTS = new Set(['globalThis', 'global', 'window', 'self'])
const MARKUP_SINKS = new Set([
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'dangerouslySetInnerHTML',
  'setHTMLUnsafe',
  'srcdoc',
  'srcDoc',
  'createContextualFragment',
  'DOMParser',
])

const BROWSER_STORES = new Set(['localStorage', 'sessionStorage', 'indexedDB', 'cookieStore', 'caches'])

export const GATES: readonly Gate[] = [
  {
    keepsOut: 'console from all of the sources',
    where: ['src'],
    visit: (report) => calls(report, (name) => name.startsWith('console.') || name.includes('.console.')),
    bad: [`console.log(1)`, `globalThis.console.error(1)`],
    good: [`log.error('where', error)`],
  },
  {
    keepsOut: 'clocks and chance from core',
    where: ['src/core'],
    visit: (report) =>
      calls(
        report,
        (name, node) =>
          ['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID'].some((impure) => name.endsWith(impure)) ||
          (name === 'Date' && node.arguments.length === 0),
      ),
    bad: [`Date.now()`, `new Date()`, `Math.random()`],
    good: [`new Date(atMs)`, `Math.min(1, 2)`],
  },
  {
    keepsOut: 'markup made from text from the renderer',
    where: ['src/renderer'],
    visit: (report) => ({
      MemberExpression(node) {
        const name = node.computed
          ? literalText(node.property)
          : node.property.type === 'Identifier' && node.property.name
        if (typeof name === 'string' && MARKUP_SINKS.has(name)) report(node, name)
      },
      ...calls(report, (name) => /(?:^|\.)document\.write(?:ln)?$/.test(name) || MARKUP_SINKS.has(lastPart(name))),
      JSXAttribute: (node) => MARKUP_SINKS.has(keyOf(node.name) ?? '') && report(node, keyOf(node.name) ?? ''),
      Property: (node) => MARKUP_SINKS.has(keyOf(node.key) ?? '') && report(node, keyOf(node.key) ?? ''),
    }),
    bad: [
      `element.innerHTML = text`,
      `element['outerHTML'] = text`,
      `element.insertAdjacentHTML('beforeend', text)`,
      `const view = <p dangerouslySetInnerHTML={{ __html: text }} />`,
      `createElement('p', { dangerouslySetInnerHTML: { __html: text } })`,
      `document.write(text)`,
      `const view = <iframe srcDoc={text} />`,
      `new DOMParser()`,
    ],
    good: [`element.textContent = text`, `writer.write(text)`],
  },
  {
    keepsOut: 'the stores of the browser from the renderer',
    where: ['src/renderer'],
    visit: (report) => mentions(report, BROWSER_STORES),
    bad: [`localStorage.setItem('a', 'b')`, `window.sessionStorage.clear()`, `window['localStorage']`],
    good: [`store.getState()`],
  },
  {
    keepsOut: 'the bridge of the preload from everything in the renderer but bridge/',
    where: ['src/renderer'],
    except: ['src/renderer/bridge'],
    visit: (report) => ({
      MemberExpression(node) {
        const owner = dottedName(node.object)
        const member = node.computed ? literalText(node.property) : lastPart(dottedName(node) ?? '')
        if (member === 'latchkey' && owner !== undefined && GLOBAL_OBJECTS.has(owner)) report(node, `${owner}.latchkey`)
      },
    }),
    bad: [`window.latchkey.request('a')`, `globalThis['latchkey']`],
    good: [`client.request('a')`],
  },
  {
    keepsOut: 'colours and sides of the screen from styles written in code',
    where: ['src/renderer'],
    visit: (report) => ({
      Literal(node) {
        if (typeof node.value === 'string' && /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(node.value)) {
          report(node, node.value)
        }
      },
      JSXAttribute(node) {
        if (keyOf(node.name) !== 'style' || node.value?.type !== 'JSXExpressionContainer') return
        if (node.value.expression.type !== 'ObjectExpression') return
        for (const property of node.value.expression.properties) {
          const key = property.type === 'Property' ? (keyOf(property.key) ?? '') : ''
          if (/^(?:left|right)$|(?:Left|Right)/.test(key)) report(property, key)
        }
      },
    }),
    bad: [
      `const view = <p style={{ marginLeft: 4 }} />`,
      `const view = <p style={{ left: 0 }} />`,
      `const ink = '#1a2b3c'`,
    ],
    good: [`const view = <p style={{ marginInlineStart: 4 }} />`, `const link = '#main'`],
  },
]
