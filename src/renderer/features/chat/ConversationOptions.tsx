import { Ellipsis } from 'lucide-react'
import { CACHE_CHOICES, type CacheChoice } from '../../../core/caching'
import type { ProviderId } from '../../../core/provider'
import { ChoiceMenu } from '../../ui/ChoiceMenu'
import { CACHING_LABELS, cachingNote } from './caching-words'

interface ConversationOptionsProps {
  readonly caching: CacheChoice
  /** Where the next message goes; null while there is nowhere. */
  readonly provider: ProviderId | null
  readonly onCaching: (caching: CacheChoice) => void
}

const CHOICES = CACHE_CHOICES.map((value) => ({ value, label: CACHING_LABELS[value] }))

/** What is set for one conversation. */
export function ConversationOptions({ caching, provider, onCaching }: ConversationOptionsProps) {
  return (
    <ChoiceMenu
      label="Conversation options"
      icon={<Ellipsis />}
      heading="Prompt caching"
      choices={CHOICES}
      value={caching}
      onChoose={onCaching}
      note={cachingNote(provider)}
    />
  )
}
