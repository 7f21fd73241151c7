import { ChevronDown, ExternalLink } from 'lucide-react'
import { useId, useState } from 'react'
import type { Failure } from '../../../core/failure'
import type { MessageView } from '../../../shared/ipc/views'
import { failureWords, type FailureAct } from '../../lib/failure-words'
import { providers } from '../../lib/providers'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import type { AnswerActs } from './answer-acts'
import { FailureDetails } from './FailureDetails'

interface FailureRowProps {
  readonly message: MessageView
  readonly failure: Failure
  readonly last: boolean
  readonly fresh: boolean
  readonly acts: AnswerActs
}

const LABELS: Readonly<Record<FailureAct, string>> = {
  'replace-key': 'Replace key',
  'try-again': 'Try again',
  'open-billing': 'Open billing page',
  'open-limits': 'Open limits page',
  'new-conversation': 'New conversation',
  'choose-model': 'Choose another model',
  'open-keys': 'Open Keys',
}

/** An answer that failed: what happened, what to do, one first act, and the details on request. */
export function FailureRow({ message, failure, last, fresh, acts }: FailureRowProps) {
  const [open, setOpen] = useState(false)
  // Asking again is offered after a visit to the provider's page: before it, it would only fail again.
  const [visited, setVisited] = useState(false)
  const detailsId = useId()
  const provider = message.provider === null ? null : providers[message.provider]
  const words = failureWords(failure, {
    ...(message.provider === null ? {} : { id: message.provider }),
    provider: provider?.name ?? 'The provider',
    key: message.key?.label ?? acts.connectionLabel(message.connectionId) ?? 'Removed',
    model: message.modelName ?? message.model ?? 'this model',
  })

  function perform(act: FailureAct): void {
    switch (act) {
      case 'replace-key':
        return acts.replaceKey(message.connectionId, message.turnId, message.key?.id ?? null)
      case 'try-again':
        return acts.retry(message.turnId)
      case 'open-billing':
      case 'open-limits':
        setVisited(true)
        return acts.openPage(message.provider, act === 'open-billing' ? 'billingPage' : 'limitsPage')
      case 'new-conversation':
        return acts.newConversation()
      case 'choose-model':
        return acts.chooseModel()
      case 'open-keys':
        return acts.openKeys()
    }
  }

  const external = words.act === 'open-billing' || words.act === 'open-limits'
  const money = failure.code === 'no_credit' || failure.code === 'spend_limit'
  const again = words.act !== 'try-again' && (words.retry || visited)
  return (
    <Notice
      kind="danger"
      title={words.title}
      alert={fresh}
      actions={
        <>
          {last && words.act !== null && (
            <Button kind="primary" onClick={() => words.act !== null && perform(words.act)}>
              {LABELS[words.act]}
              {external && <ExternalLink />}
            </Button>
          )}
          {last && money && <Button onClick={() => perform('replace-key')}>Replace key</Button>}
          {last && again && <Button onClick={() => perform('try-again')}>Try again</Button>}
          <Button kind="quiet" aria-expanded={open} aria-controls={detailsId} onClick={() => setOpen(!open)}>
            Details
            <ChevronDown />
          </Button>
        </>
      }
      details={
        <div id={detailsId} hidden={!open}>
          <FailureDetails failure={failure} />
        </div>
      }
    >
      {words.advice}
    </Notice>
  )
}
