import { EmptyConversation } from '../features/chat/EmptyConversation'
import { isUsable } from '../lib/connections'
import { useVault } from '../features/vault/vault-store'
import { Button } from '../ui/Button'

interface FirstMessageProps {
  /** Whether a conversation is being opened, which takes no words. */
  readonly pending: boolean
  /** Whether the want of a key is being told elsewhere already. */
  readonly told: boolean
  readonly onAddKey: () => void
}

/** What a conversation shows before its first message. */
export function FirstMessage({ pending, told, onAddKey }: FirstMessageProps) {
  const ready = useVault((state) => state.connections.some(isUsable))
  if (pending || told) return <EmptyConversation>{null}</EmptyConversation>
  if (ready) return <EmptyConversation>Write a message. Every answer shows what it cost.</EmptyConversation>
  return (
    <EmptyConversation action={<Button onClick={onAddKey}>Add a key</Button>}>
      Add a key of your own to send messages. Everything else can be looked at without one.
    </EmptyConversation>
  )
}
