import type { ProviderId } from '../../../core/provider'

/** What the endpoints of this dialect do not have in common. */
export interface Capabilities {
  /** What the limit of an answer is called. OpenAI's own thinking models refuse the name everybody else knows. */
  readonly limitField: 'max_tokens' | 'max_completion_tokens'
  /** Whether `stream_options.include_usage` is sent. An endpoint that refuses the field fails with `bad_request`. */
  readonly asksForUsage: boolean
  /** What asks it to keep less; nothing where there is no such thing, as most keep nothing for the asking. */
  readonly keepsLess: Readonly<Record<string, object>>
}

const USUAL: Capabilities = { limitField: 'max_tokens', asksForUsage: true, keepsLess: {} }

const UNUSUAL: Partial<Readonly<Record<ProviderId, Capabilities>>> = {
  openai: { ...USUAL, limitField: 'max_completion_tokens' },
  // Refuses fields it does not know, and reports usage unasked.
  mistral: { ...USUAL, asksForUsage: false },
  // Whoever it passes a prompt on to must not collect it. Where nobody is left it says so, and nothing is passed on.
  openrouter: { ...USUAL, keepsLess: { provider: { data_collection: 'deny' } } },
}

/** How to ask this provider. */
export function capabilitiesOf(provider: ProviderId): Capabilities {
  return UNUSUAL[provider] ?? USUAL
}
