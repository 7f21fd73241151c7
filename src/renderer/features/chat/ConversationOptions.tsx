import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { CACHE_CHOICES, type CacheChoice } from '../../../core/caching'
import type { ProviderId } from '../../../core/provider'
import type { Retention } from '../../../core/retention'
import type { RequestError } from '../../../shared/ipc/transport'
import type { ConversationView } from '../../../shared/ipc/views'
import { deletionWords, keptWords } from '../../lib/retention-words'
import { useToday } from '../../lib/use-today'
import { ChoiceMenu, type OtherChoice } from '../../ui/ChoiceMenu'
import { CACHING_LABELS, cachingNote } from './caching-words'
import { KeepDialog } from './KeepDialog'

interface ConversationOptionsProps {
  readonly conversation: Pick<ConversationView, 'title' | 'updatedMs' | 'caching' | 'retention' | 'isPrivate'>
  /** How long conversations are kept that have no time of their own. */
  readonly general: Retention
  /** Where the next message goes; null while there is nowhere. */
  readonly provider: ProviderId | null
  /** What it may cost in all, which another feature knows. */
  readonly limit: OtherChoice
  readonly onCaching: (caching: CacheChoice) => void
  /** Null once it is kept, or why it is not. */
  readonly onRetention: (retention: Retention | null) => Promise<RequestError | null>
}

const CHOICES = CACHE_CHOICES.map((value) => ({ value, label: CACHING_LABELS[value] }))

/** What is set for one conversation. */
export function ConversationOptions({
  conversation,
  general,
  provider,
  limit,
  onCaching,
  onRetention,
}: ConversationOptionsProps) {
  const { title, updatedMs, caching, retention, isPrivate } = conversation
  const [keeping, setKeeping] = useState(false)
  const today = useToday()
  const when = deletionWords(retention.deletion, today.atMs)
  const keepingChoice: OtherChoice = isPrivate
    ? { heading: 'Keeping', note: 'Private: in memory alone, and gone when Latchkey quits.' }
    : {
        heading: 'Keeping',
        label: retention.own === null ? 'Kept as all …' : `Kept ${keptWords(retention.own)} …`,
        act: () => setKeeping(true),
        note: when,
      }
  return (
    <>
      <ChoiceMenu
        label="Conversation options"
        icon={<Ellipsis />}
        heading="Prompt caching"
        choices={CHOICES}
        value={caching}
        onChoose={onCaching}
        note={cachingNote(provider)}
        others={[limit, keepingChoice]}
      />
      <KeepDialog
        open={keeping}
        title={title}
        own={retention.own}
        general={general}
        deletion={when}
        usedMs={updatedMs}
        onClose={() => setKeeping(false)}
        onKeep={onRetention}
      />
    </>
  )
}
