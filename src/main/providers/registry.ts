import type { ProviderRegistry } from './provider-adapter'

/** Add a provider here and in core/model; its folder holds adapter, request, stream, usage and errors. */
export const providers: ProviderRegistry = {
  anthropic: {
    name: 'Anthropic',
    defaultBaseUrl: 'https://api.anthropic.com',
    load: async () => (await import('./anthropic/adapter')).anthropic,
  },
}
