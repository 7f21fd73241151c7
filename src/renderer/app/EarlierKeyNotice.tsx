import { EARLIER_KEY_ADVICE, earlierKeyTitle } from '../features/chat/secret-words'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'

/** The ways on from a message whose conversation holds a key. */
export interface EarlierKeyWays {
  readonly redactAndSend: () => void
  readonly sendAnyway: () => void
  readonly chooseModel: () => void
}

interface EarlierKeyNoticeProps {
  /** The connection that has not been sent the key. */
  readonly name: string
  readonly ways: EarlierKeyWays
}

/** A key in earlier messages would go to a connection that it was not sent to. Nothing has left yet. */
export function EarlierKeyNotice({ name, ways: { redactAndSend, sendAnyway, chooseModel } }: EarlierKeyNoticeProps) {
  return (
    <Notice
      kind="warn"
      title={earlierKeyTitle(name)}
      alert
      actions={
        <>
          <Button small onClick={redactAndSend}>
            Redact and send
          </Button>
          <Button small onClick={sendAnyway}>
            Send anyway
          </Button>
          <Button kind="quiet" small onClick={chooseModel}>
            Choose another model
          </Button>
        </>
      }
    >
      {EARLIER_KEY_ADVICE}
    </Notice>
  )
}
