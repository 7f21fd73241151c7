import { EmptyConversation } from '../features/chat/EmptyConversation'
import { isUsable } from '../lib/connections'
import { useVault } from '../features/vault/vault-store'
import { Button } from '../ui/Button'

interface FirstMessageProps {
  /** Whether a conversation is being opened, which takes no words. */
  readonly pending: boolean
  /** It cannot be opened: it is not there any more. */
  readonly gone: boolean
  readonly isPrivate: boolean
  /** Whether the want of a key is being told elsewhere already. */
  readonly told: boolean
  readonly onAddKey: () => void
  readonly onNew: () => void
}

/** What a conversation shows before its first message. */
export function FirstMessage({ pending, gone, isPrivate, told, onAddKey, onNew }: FirstMessageProps) {
  const ready = useVault((state) => state.connections.some(isUsable))
  if (gone) {
    return (
      <EmptyConversation action={<Button onClick={onNew}>New conversation</Button>}>
        This conversation is gone: it was deleted, or its time was over.
      </EmptyConversation>
    )
  }
  if (pending || told) return <EmptyConversation>{null}</EmptyConversation>
  if (ready && isPrivate) {
    return (
      <EmptyConversation>
        Nothing of a private conversation is written to disk. It still goes to the provider you choose.
      </EmptyConversation>
    )
  }
  if (ready) return <EmptyConversation>Write a message. Every answer shows what it cost.</EmptyConversation>
  return (
    <EmptyConversation action={<Button onClick={onAddKey}>Add a key</Button>}>
      Add a key of your own to send messages. Everything else can be looked at without one.
    </EmptyConversation>
  )
}
