/** Who answers. A provider speaks one dialect; a connection is a configured endpoint of a provider. */
export type ProviderId = 'anthropic'

/** What everybody may know of a provider. Pages are the provider's own, linked and never fetched. */
export interface Provider {
  readonly name: string
  /** Where its API is unless a connection says otherwise. */
  readonly baseUrl: string
  readonly keyPage: string
  readonly billingPage: string
  readonly limitsPage: string
}

/** Every provider. Its dialect is in main/providers, its colour and letter in the renderer. */
export const PROVIDERS: Readonly<Record<ProviderId, Provider>> = {
  anthropic: {
    name: 'Anthropic',
    baseUrl: 'https://api.anthropic.com',
    keyPage: 'https://platform.claude.com/settings/keys',
    billingPage: 'https://platform.claude.com/settings/billing',
    limitsPage: 'https://platform.claude.com/settings/limits',
  },
}
