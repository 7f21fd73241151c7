import type { ComponentProps } from 'react'
import { useChat } from './chat-store'
import { Transcript } from './Transcript'

/** The transcript of a conversation as it is at each moment: it alone is drawn anew with each piece of an answer. */
export function LiveTranscript({ conversation, ...props }: ComponentProps<typeof Transcript>) {
  const live = useChat((state) => state.conversations[conversation.id])
  return <Transcript {...props} conversation={live ?? conversation} />
}
