/** The wire format a provider speaks; each has an adapter in main/providers. */
export type Dialect = 'anthropic' | 'openai-responses' | 'openai-chat' | 'google'

/** Who answers. A connection is a configured endpoint of a provider. */
export type ProviderId =
  | 'anthropic'
  | 'openai'
  | 'google'
  | 'openrouter'
  | 'mistral'
  | 'deepseek'
  | 'groq'
  | 'xai'
  | 'ollama'
  | 'lmstudio'
  | 'llamacpp'
  | 'compatible'

/** What everybody may know of a provider. Pages are the provider's own, linked and never fetched; null: it has none. */
export interface Provider {
  readonly name: string
  readonly dialect: Dialect
  /** Where its API is unless a connection says otherwise; null where only the user can know. */
  readonly baseUrl: string | null
  /** `optional`: servers of one's own may ask for one. */
  readonly key: 'required' | 'optional'
  /** Runs on the user's own machine: its models cost nothing. */
  readonly local: boolean
  readonly keyPage: string | null
  readonly billingPage: string | null
  readonly usagePage: string | null
  readonly limitsPage: string | null
  /** What the provider keeps of what it is sent, and for how long. */
  readonly retentionPage: string | null
}

const NO_PAGES = { keyPage: null, billingPage: null, usagePage: null, limitsPage: null, retentionPage: null } as const

/** Every provider. Its dialect is in main/providers, its colour and letter in the renderer. */
export const PROVIDERS: Readonly<Record<ProviderId, Provider>> = {
  anthropic: {
    name: 'Anthropic',
    dialect: 'anthropic',
    baseUrl: 'https://api.anthropic.com',
    key: 'required',
    local: false,
    keyPage: 'https://platform.claude.com/settings/keys',
    billingPage: 'https://platform.claude.com/settings/billing',
    usagePage: 'https://platform.claude.com/usage',
    limitsPage: 'https://platform.claude.com/settings/limits',
    retentionPage: 'https://privacy.claude.com',
  },
  openai: {
    name: 'OpenAI',
    dialect: 'openai-responses',
    baseUrl: 'https://api.openai.com/v1',
    key: 'required',
    local: false,
    keyPage: 'https://platform.openai.com/api-keys',
    billingPage: 'https://platform.openai.com/settings/organization/billing',
    usagePage: 'https://platform.openai.com/usage',
    limitsPage: 'https://platform.openai.com/settings/organization/limits',
    retentionPage: 'https://platform.openai.com/docs/guides/your-data',
  },
  google: {
    name: 'Google',
    dialect: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com',
    key: 'required',
    local: false,
    keyPage: 'https://aistudio.google.com/app/apikey',
    billingPage: 'https://aistudio.google.com/billing',
    usagePage: 'https://aistudio.google.com/usage',
    limitsPage: 'https://aistudio.google.com/usage',
    retentionPage: 'https://ai.google.dev/gemini-api/terms',
  },
  openrouter: {
    name: 'OpenRouter',
    dialect: 'openai-chat',
    baseUrl: 'https://openrouter.ai/api/v1',
    key: 'required',
    local: false,
    keyPage: 'https://openrouter.ai/settings/keys',
    billingPage: 'https://openrouter.ai/settings/credits',
    usagePage: 'https://openrouter.ai/activity',
    limitsPage: 'https://openrouter.ai/settings/keys',
    retentionPage: 'https://openrouter.ai/settings/privacy',
  },
  mistral: {
    name: 'Mistral',
    dialect: 'openai-chat',
    baseUrl: 'https://api.mistral.ai/v1',
    key: 'required',
    local: false,
    keyPage: 'https://console.mistral.ai/api-keys/',
    billingPage: 'https://console.mistral.ai/billing/',
    usagePage: 'https://console.mistral.ai/usage/',
    limitsPage: 'https://console.mistral.ai/limits/',
    retentionPage: 'https://mistral.ai/terms',
  },
  deepseek: {
    name: 'DeepSeek',
    dialect: 'openai-chat',
    baseUrl: 'https://api.deepseek.com/v1',
    key: 'required',
    local: false,
    keyPage: 'https://platform.deepseek.com/api_keys',
    billingPage: 'https://platform.deepseek.com/top_up',
    usagePage: 'https://platform.deepseek.com/usage',
    limitsPage: null,
    retentionPage: null,
  },
  groq: {
    name: 'Groq',
    dialect: 'openai-chat',
    baseUrl: 'https://api.groq.com/openai/v1',
    key: 'required',
    local: false,
    keyPage: 'https://console.groq.com/keys',
    billingPage: 'https://console.groq.com/settings/billing',
    usagePage: 'https://console.groq.com/dashboard/usage',
    limitsPage: 'https://console.groq.com/settings/limits',
    retentionPage: 'https://console.groq.com/docs/your-data',
  },
  xai: {
    name: 'xAI',
    dialect: 'openai-chat',
    baseUrl: 'https://api.x.ai/v1',
    key: 'required',
    local: false,
    keyPage: 'https://console.x.ai',
    billingPage: 'https://console.x.ai',
    usagePage: 'https://console.x.ai',
    limitsPage: 'https://console.x.ai',
    retentionPage: 'https://docs.x.ai/developers/faq/security',
  },
  ollama: {
    name: 'Ollama',
    dialect: 'openai-chat',
    baseUrl: 'http://127.0.0.1:11434/v1',
    key: 'optional',
    local: true,
    ...NO_PAGES,
  },
  lmstudio: {
    name: 'LM Studio',
    dialect: 'openai-chat',
    baseUrl: 'http://127.0.0.1:1234/v1',
    key: 'optional',
    local: true,
    ...NO_PAGES,
  },
  llamacpp: {
    name: 'llama.cpp',
    dialect: 'openai-chat',
    baseUrl: 'http://127.0.0.1:8080/v1',
    key: 'optional',
    local: true,
    ...NO_PAGES,
  },
  compatible: {
    name: 'Compatible endpoint',
    dialect: 'openai-chat',
    baseUrl: null,
    key: 'optional',
    local: false,
    ...NO_PAGES,
  },
}
