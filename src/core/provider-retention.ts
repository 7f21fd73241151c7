import { PROVIDERS, type ProviderId } from './provider'

/**
 * What a provider says it keeps of what it is sent over its API, when nothing else was agreed with it. Unknown is said as
 * unknown: null.
 */
export interface ProviderRetention {
  /** Days it keeps prompts and answers, against abuse for the most part; 0 for none, null for unknown. */
  readonly days: number | null
  /** Whether models are trained on them; null for unknown, or as the account is set. */
  readonly trains: boolean | null
  /**
   * What else decides: `account`: the settings of the account there. `free_tier`: on unpaid use it may be read and
   * trained on. `routed`: whoever it is passed on to. `incidents`: kept only when something went wrong.
   */
  readonly depends: readonly ('account' | 'free_tier' | 'routed' | 'incidents')[]
  /** What Latchkey adds to every request so that less is kept: the field as it is sent; null where there is no such. */
  readonly sent: 'store: false' | 'provider.data_collection: deny' | null
  /** The provider's own page about it; null: none is known. */
  readonly page: string | null
  /** Day on which this was looked up. */
  readonly asOf: string
}

/** As the providers' pages said on the day. */
const ASKED: Readonly<Partial<Record<ProviderId, Omit<ProviderRetention, 'page' | 'asOf'>>>> = {
  anthropic: { days: 30, trains: false, depends: [], sent: null },
  // Answers would be kept 30 days for the asking as well; `store: false` stops that, and not the log against abuse.
  openai: { days: 30, trains: false, depends: [], sent: 'store: false' },
  google: { days: 55, trains: false, depends: ['free_tier'], sent: null },
  openrouter: {
    days: null,
    trains: false,
    depends: ['account', 'routed'],
    sent: 'provider.data_collection: deny',
  },
  mistral: { days: null, trains: null, depends: ['account', 'free_tier'], sent: null },
  groq: { days: 0, trains: false, depends: ['account', 'incidents'], sent: null },
  xai: { days: 30, trains: false, depends: [], sent: null },
}

const AS_OF = '2026-11-23'

/** Nobody else's promise holds for a server in a provider's place. */
const UNKNOWN = { days: null, trains: null, depends: [], page: null } as const

/** What is kept of what goes over a connection to this host. On the user's own machine that is for the user to say: null. */
export function providerRetention(provider: ProviderId, host: string): ProviderRetention | null {
  const { local, baseUrl, retentionPage: page } = PROVIDERS[provider]
  if (local) return null
  const asked = ASKED[provider]
  const own = /^https:\/\/([^/]+)/.exec(baseUrl ?? '')?.[1]
  // Its regional hosts are below its own.
  const isOwn = own !== undefined && (host === own || host.endsWith(`.${own}`))
  if (!isOwn) return { ...UNKNOWN, sent: asked?.sent ?? null, asOf: AS_OF }
  return { ...(asked ?? { ...UNKNOWN, sent: null }), page, asOf: AS_OF }
}
