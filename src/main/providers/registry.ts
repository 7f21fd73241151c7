import type { ProviderRegistry } from './provider-adapter'

/** Add a provider here and in core/provider; its folder holds adapter, request, stream, usage and errors. */
export const providers: ProviderRegistry = {
  anthropic: async () => (await import('./anthropic/adapter')).anthropic,
}
