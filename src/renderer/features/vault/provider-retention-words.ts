import type { ProviderRetention } from '../../../core/provider-retention'
import { formatCounted, formatDate } from '../../lib/format'

/** What a provider keeps, in one line. What is not known is said to be so. */
export function retentionLine({ days, trains, depends }: ProviderRetention): string {
  const keeps = keepsWords(days, depends.includes('incidents'))
  if (keeps === null && trains === null) return 'What the provider keeps is not known'
  const trained =
    trains === null
      ? 'whether it trains on them is not known'
      : trains
        ? 'it trains on them'
        : 'it does not train on them'
  return `${keeps ?? 'How long the provider keeps messages is not known'}; ${trained}`
}

function keepsWords(days: number | null, incidents: boolean): string | null {
  if (days === null) return null
  if (days === 0)
    return incidents ? 'The provider keeps nothing unless something went wrong' : 'The provider keeps nothing'
  return `The provider keeps messages ${formatCounted(days, 'day', 'days')}`
}

const DEPENDS: Readonly<Record<ProviderRetention['depends'][number], string>> = {
  account: 'What your account there is set to may say otherwise.',
  free_tier: 'What is sent without paying may be read by people and trained on.',
  routed: 'It is passed on to whoever runs the model, who keeps it by rules of their own.',
  incidents: 'Kept only when something went wrong, or against abuse.',
}

const SENT: Readonly<Record<NonNullable<ProviderRetention['sent']>, string>> = {
  'store: false': 'so that answers are not kept there to be fetched again',
  'provider.data_collection: deny': 'so that nothing is passed on to those who keep it to train on',
}

/** What more there is to know of it, a paragraph each. */
export function retentionDetails({ days, trains, depends, sent, page, asOf }: ProviderRetention): readonly string[] {
  const unknown = days === null && trains === null && page === null
  return [
    ...(unknown ? ['Nobody Latchkey knows of has said what is kept at this address. Ask whoever runs it.'] : []),
    ...(days !== null && days > 0 ? ['What you send and what is answered, kept against abuse for the most part.'] : []),
    ...depends.map((on) => DEPENDS[on]),
    ...(sent === null ? [] : [`Latchkey adds “${sent}” to every request, ${SENT[sent]}.`]),
    ...(unknown ? [] : [`As its own page said on ${formatDate(asOf)}, where nothing else was agreed.`]),
  ]
}
