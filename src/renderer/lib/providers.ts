import { PROVIDERS, type Provider, type ProviderId } from '../../core/provider'

/** What the window shows of a provider beside what everybody knows. */
export interface ProviderFace extends Omit<Provider, 'baseUrl'> {
  /** The usual address; empty where only the user can know it. */
  readonly baseUrl: string
  /** The one letter on its tile. */
  readonly letter: string
  readonly models: string
}

export const providers: Readonly<Record<ProviderId, ProviderFace>> = {
  anthropic: face('anthropic', 'A', 'Claude models'),
  openai: face('openai', 'O', 'GPT models'),
  google: face('google', 'G', 'Gemini models'),
  openrouter: face('openrouter', 'R', 'Many models, one key'),
  mistral: face('mistral', 'M', 'Mistral models'),
  deepseek: face('deepseek', 'D', 'DeepSeek models'),
  groq: face('groq', 'Q', 'Open models, fast'),
  xai: face('xai', 'X', 'Grok models'),
  ollama: face('ollama', 'L', 'On this computer'),
  lmstudio: face('lmstudio', 'L', 'On this computer'),
  llamacpp: face('llamacpp', 'L', 'On this computer'),
  compatible: face('compatible', '+', 'OpenAI-compatible'),
}

function face(provider: ProviderId, letter: string, models: string): ProviderFace {
  return { ...PROVIDERS[provider], baseUrl: PROVIDERS[provider].baseUrl ?? '', letter, models }
}

/** A provider as it is called in a sentence; an endpoint of the user's own has no name here. */
export function providerName(provider: ProviderId | null): string {
  return provider === null || provider === 'compatible' ? 'The provider' : providers[provider].name
}

/** The origin a base URL stands for, or null while it is not an address yet. */
export function originOf(baseUrl: string): string | null {
  try {
    return new URL(baseUrl).origin
  } catch {
    return null
  }
}

/** The host a base URL stands for, port included, or null while it is not an address yet. */
export function hostOf(baseUrl: string): string | null {
  try {
    const { host } = new URL(baseUrl)
    return host === '' ? null : host
  } catch {
    return null
  }
}
