import type { Refusal } from '../features/chat/chat-store'
import { UnlockForm } from '../features/vault/UnlockForm'
import { Notice } from '../ui/Notice'

interface UnlockNoticeProps {
  /** The message that waits for the passphrase; null while none was sent. */
  readonly refusal: Refusal | null
  readonly onUnlocked: (refusal: Refusal | null) => void
}

/** Keys are locked: asks for the passphrase where the message is, which goes out with it. */
export function UnlockNotice({ refusal, onUnlocked }: UnlockNoticeProps) {
  const waits = refusal?.attempt !== undefined
  return (
    <Notice
      kind="warn"
      title="Your keys are locked."
      alert={refusal !== null}
      details={<UnlockForm action={waits ? 'Unlock and send' : 'Unlock'} onUnlocked={() => onUnlocked(refusal)} />}
    >
      {waits ? 'Your message is kept. It goes out once you enter your passphrase.' : 'Enter your passphrase to send.'}
    </Notice>
  )
}
