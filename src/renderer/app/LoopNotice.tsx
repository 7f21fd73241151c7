import type { LoopRefusalView } from '../../shared/ipc/budget-views'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { loopWords } from './limit-words'

interface LoopNoticeProps {
  readonly refusal: LoopRefusalView
  readonly onSend: () => void
  readonly onSettings: () => void
}

/** So much has left within minutes that somebody should look: what, and whether this one goes too. */
export function LoopNotice({ refusal, onSend, onSettings }: LoopNoticeProps) {
  return (
    <Notice
      kind="warn"
      title={loopWords(refusal)}
      alert
      actions={
        <>
          <Button small onClick={onSend}>
            Send, and count anew
          </Button>
          <Button kind="quiet" small onClick={onSettings}>
            Change when it asks
          </Button>
        </>
      }
    >
      Nothing was sent. Requests that nobody sends by hand wait too.
    </Notice>
  )
}
