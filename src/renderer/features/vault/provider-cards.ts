import type { ProviderId } from '../../../core/provider'
import { providers } from '../../lib/providers'

/** A card that stands for several providers. */
export type CardGroup = 'local' | 'more'

/** What a card of the first row stands for. */
export type CardId = ProviderId | CardGroup

export interface Card<Id extends CardId = CardId> {
  readonly id: Id
  readonly name: string
  readonly hint: string
  /** Whose tile it shows. */
  readonly tile: ProviderId
}

/** The first choice: the providers most people have a key of, a server of one's own, everybody else. */
export const CARDS: readonly Card[] = [
  cardOf('openai'),
  cardOf('anthropic'),
  cardOf('google'),
  cardOf('openrouter'),
  { id: 'local', name: 'Local model', hint: 'No key needed', tile: 'ollama' },
  { id: 'more', name: 'More', hint: 'Mistral, Groq, xAI …', tile: 'compatible' },
]

/** The second choice, where a card stands for several. */
export const MEMBERS: Readonly<Record<CardGroup, readonly Card<ProviderId>[]>> = {
  local: (['ollama', 'lmstudio', 'llamacpp'] as const).map(cardOf),
  more: (['mistral', 'deepseek', 'groq', 'xai', 'compatible'] as const).map(cardOf),
}

/** The group a provider is found in; null for those with a card of their own. */
export function groupOf(provider: ProviderId): CardGroup | null {
  const groups = Object.keys(MEMBERS) as CardGroup[]
  return groups.find((group) => MEMBERS[group].some(({ id }) => id === provider)) ?? null
}

/** The provider a card leads to: its own, or the first of its group. */
export function providerOf(card: CardId): ProviderId {
  return card === 'local' ? 'ollama' : card === 'more' ? 'mistral' : card
}

function cardOf(id: ProviderId): Card<ProviderId> {
  return { id, name: providers[id].name, hint: providers[id].models, tile: id }
}

/** What to mind when making a key, after `Create a key named Latchkey`. */
const ADVICE: Partial<Readonly<Record<ProviderId, string>>> = {
  anthropic: '. Pick an expiry date and set a spend limit on its workspace.',
  openai:
    ' in a project of its own with a spend limit. If you restrict it, allow Models: Read and Model capabilities: Request.',
  google: ' and set a budget on its project. Other terms apply to keys of the free tier.',
  openrouter: ' and give it a credit limit that resets every month.',
  mistral: ' and set a limit on its workspace.',
  deepseek: ', used nowhere else. It spends from the balance you have paid in.',
  xai: ', under the API keys of your team.',
}

/** The rest of the sentence that begins with `Create a key named Latchkey`. */
export function keyAdvice(provider: ProviderId): string {
  return ADVICE[provider] ?? ', used nowhere else.'
}
