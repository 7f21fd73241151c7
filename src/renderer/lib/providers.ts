import { PROVIDERS, type Provider, type ProviderId } from '../../core/provider'

/** What the window shows of a provider beside what everybody knows. */
export interface ProviderFace extends Provider {
  /** The one letter on its tile. */
  readonly letter: string
  readonly models: string
}

export const providers: Readonly<Record<ProviderId, ProviderFace>> = {
  anthropic: { ...PROVIDERS.anthropic, letter: 'A', models: 'Claude models' },
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
