import type { Capability } from '../../../core/model'

/** What a model can do beside text, by the word people look for. */
export const CAPABILITY_WORDS: Readonly<Record<Capability, string>> = {
  image: 'Images',
  pdf: 'PDF',
  audio: 'Audio',
  video: 'Video',
  tools: 'Tools',
  reasoning: 'Thinking',
  web_search: 'Web search',
}

/** The name without the maker some lists put before it: `Anthropic: Claude Opus` is `Claude Opus`. */
export function shortName(name: string): string {
  return name.replace(/^[^:]{1,40}:\s+/, '')
}

/** How much a model can read, in round numbers: `200K`, `1M`. */
export function contextWords(tokens: number): string {
  if (tokens < 1000) return String(tokens)
  const thousands = Math.round(tokens / 1000)
  if (thousands < 1000) return `${thousands}K`
  return `${Math.round(tokens / 100_000) / 10}M`
}
