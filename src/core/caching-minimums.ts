import { lookup } from './lookup'

/** For a model not listed: a mark on a prompt that is too short is passed over and costs nothing. */
const USUAL_MINIMUM = 1024

/**
 * The shortest prefix Anthropic keeps, in tokens, by the ids its models are asked for; those at the usual minimum are left
 * out, as are those nobody has told of. From reports by users that agree, read on 2026-11-23, not from Anthropic's pages.
 */
const MINIMUMS: Readonly<Record<string, number>> = {
  'claude-opus-5': 512,
  'claude-fable-5': 512,
  'claude-mythos-5': 512,
  'claude-opus-4-7': 2048,
  'claude-opus-4-6': 4096,
  'claude-opus-4-5': 4096,
  'claude-opus-4-5-20251101': 4096,
  'claude-haiku-4-5': 4096,
  'claude-haiku-4-5-20251001': 4096,
}

/** How many tokens a prompt must have before Anthropic caches any of it. */
export function minimumPrefix(model: string): number {
  return lookup(MINIMUMS, model) ?? USUAL_MINIMUM
}
