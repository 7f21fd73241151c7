import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'

/** The two ways in which a message that holds a key can go. */
export interface HeldMessageWays {
  readonly redactAndSend: () => void
  readonly sendAnyway: () => void
}

interface HeldMessageNoticeProps {
  readonly title: string
  readonly advice: string
  readonly ways: HeldMessageWays
  /** The way that sends nothing. */
  readonly other: { readonly label: string; readonly act: () => void }
}

/** A key is about to leave with a message. Nothing has left yet. */
export function HeldMessageNotice({ title, advice, ways, other }: HeldMessageNoticeProps) {
  return (
    <Notice
      kind="warn"
      title={title}
      alert
      actions={
        <>
          <Button small onClick={ways.redactAndSend}>
            Redact and send
          </Button>
          <Button small onClick={ways.sendAnyway}>
            Send anyway
          </Button>
          <Button kind="quiet" small onClick={other.act}>
            {other.label}
          </Button>
        </>
      }
    >
      {advice}
    </Notice>
  )
}
