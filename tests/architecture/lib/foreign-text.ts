import { Visitor } from 'vite'
import { dottedName, parseSource, placeOf } from './parse'
import type { SourceFile } from './source-tree'

/** Components that make elements of a text's own structure. */
const DRAWING_COMPONENTS = /^(?:Markdown|Link|LinkFacts)$/
/** Functions that do, for whoever uses the lexer's tokens directly. */
const DRAWING_CALLS = /^(?:renderBlock|renderInline|renderTable|lex|createBlockReader|safeLink)$/
/** Attributes that hold an address or markup, whichever element they stand on. */
const ADDRESS_ATTRIBUTES =
  /^(?:href|xlinkHref|src|srcSet|srcDoc|action|formAction|poster|data|background|ping|dangerouslySetInnerHTML)$/
/** Those of them that mean the same on a component of ours. */
const HANDED_ON = /^(?:href|src|srcSet|srcDoc|dangerouslySetInnerHTML)$/
const ADDRESS_MEMBERS =
  /^(?:href|src|srcset|srcdoc|action|formAction|innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTML|setHTMLUnsafe|parseFromString|write|writeln)$/
const MARKUP_MAKERS = /^(?:DOMParser|Range|XSLTProcessor|Document)$/
/** Elements that load or run something by being there. */
const LOADING_ELEMENTS =
  /^(?:iframe|object|embed|webview|script|link|style|base|meta|img|image|video|audio|source|track|use)$/

/**
 * Where a renderer file may turn a text of others into something other than text: it draws Markdown, sets an address,
 * makes markup, or has an element that loads. Each with its place.
 */
export function findForeignText(source: SourceFile): string[] {
  const found: string[] = []
  const report = (node: { readonly start: number }, what: string) =>
    void found.push(`${placeOf(source, node.start)} ${what}`)
  new Visitor({
    JSXOpeningElement(node) {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      if (DRAWING_COMPONENTS.test(name) || LOADING_ELEMENTS.test(name)) report(node, `<${name}>`)
      const telling = /^[a-z]/.test(name) ? ADDRESS_ATTRIBUTES : HANDED_ON
      for (const attribute of node.attributes) {
        const key =
          attribute.type === 'JSXAttribute' && attribute.name.type === 'JSXIdentifier' ? attribute.name.name : ''
        if (telling.test(key)) report(attribute, `${key}=`)
      }
    },
    CallExpression(node) {
      const name = dottedName(node.callee) ?? ''
      if (DRAWING_CALLS.test(name)) report(node, `${name}()`)
      const element = node.arguments[0]
      if (
        /(?:^|\.)createElement(?:NS)?$/.test(name) &&
        element?.type === 'Literal' &&
        LOADING_ELEMENTS.test(String(element.value))
      ) {
        report(node, `createElement(${String(element.value)})`)
      }
      if (
        /\.(?:setAttribute(?:NS)?|insertAdjacentHTML|setHTML\w*|parseFromString|createContextualFragment)$/.test(name)
      ) {
        report(node, name)
      }
    },
    NewExpression(node) {
      const name = dottedName(node.callee) ?? ''
      if (MARKUP_MAKERS.test(name)) report(node, `new ${name}`)
    },
    AssignmentExpression(node) {
      const name = dottedName(node.left)?.split('.').at(-1) ?? ''
      if (node.left.type === 'MemberExpression' && ADDRESS_MEMBERS.test(name)) report(node, `${name} =`)
    },
  }).visit(parseSource(source))
  return found
}
