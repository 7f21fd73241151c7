import type { SecretRange } from '../../core/secret-guard'
import { SECRET_ADVICE, secretTitle } from '../features/chat/secret-words'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'

/** The ways on from a message that is held because of a key in it. */
export interface SecretWays {
  readonly redactAndSend: () => void
  readonly sendAnyway: () => void
  readonly edit: () => void
}

interface SecretNoticeProps {
  readonly text: string
  readonly ranges: readonly SecretRange[]
  readonly ways: SecretWays
}

/** A key is on its way into a message. Nothing has left yet. */
export function SecretNotice({ text, ranges, ways: { redactAndSend, sendAnyway, edit } }: SecretNoticeProps) {
  return (
    <Notice
      kind="warn"
      title={secretTitle(text, ranges)}
      alert
      actions={
        <>
          <Button small onClick={redactAndSend}>
            Redact and send
          </Button>
          <Button small onClick={sendAnyway}>
            Send anyway
          </Button>
          <Button kind="quiet" small onClick={edit}>
            Edit
          </Button>
        </>
      }
    >
      {SECRET_ADVICE}
    </Notice>
  )
}
