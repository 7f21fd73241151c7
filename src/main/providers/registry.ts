import type { ProviderRegistry } from './provider-adapter'

/** Add a dialect here and in core/provider; its folder holds adapter, request, stream, usage and errors. */
export const providers: ProviderRegistry = {
  anthropic: async () => (await import('./anthropic/adapter')).anthropic,
  'openai-responses': async () => (await import('./openai/adapter')).openai,
  'openai-chat': async () => (await import('./openai-compatible/adapter')).openaiCompatible,
  google: async () => (await import('./google/adapter')).google,
}
