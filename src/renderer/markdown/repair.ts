import remend from 'remend'
import { LIMITS } from './limits'

/**
 * The end of an answer with its open marks closed, so that half a `**` is not seen before the other half has come: for
 * showing alone, never for what is kept.
 */
export function withMarksClosed(text: string): string {
  if (text.length > LIMITS.repair) return text
  return remend(text, {
    linkMode: 'text-only',
    // Ours to hold, or nothing to repair: HTML is text.
    katex: false,
    htmlTags: false,
    comparisonOperators: false,
    setextHeadings: false,
    singleTilde: false,
  })
}
