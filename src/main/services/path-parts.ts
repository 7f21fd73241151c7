import type { Message } from '../../core/conversation'
import type { MessageId } from '../../core/ids'
import type { Storage } from '../storage/storage'

/** What a conversation opens with. */
export const OPENED = 60
/** What comes when a reader goes up. */
export const PAGE = 40

/** A contiguous part of a path, oldest first, with what comes before it. */
export interface PathPart {
  readonly messages: readonly Message[]
  readonly older: number
  readonly olderQuestions: number
}

type Messages = Pick<Storage['messages'], 'place' | 'pathUpTo'>

interface Wanted {
  /** How many there are at least, where there are as many. */
  readonly least: number
  /** Where it begins at the latest, unless it is elsewhere than on the path. */
  readonly from?: MessageId | undefined
}

/** The part of a path that ends with `last`. It costs what it holds, however long the path is. */
export function partUpTo(messages: Messages, last: MessageId | null, { least, from }: Wanted): PathPart {
  if (last === null) return { messages: [], older: 0, olderQuestions: 0 }
  const asFar = from === undefined ? 0 : (messages.place(last)?.before ?? 0) - (messages.place(from)?.before ?? 0) + 1
  const read = messages.pathUpTo(last, Math.max(least, asFar))
  const isThere = from === undefined || read.some(({ id }) => id === from)
  const part = isThere ? read : read.slice(-least)
  const first = part[0] && messages.place(part[0].id)
  return { messages: part, older: first?.before ?? 0, olderQuestions: first?.questionsBefore ?? 0 }
}

/** The messages of the path that ends with `last`, newest first, read as they are asked for. */
export function* newestFirst(messages: Pick<Messages, 'pathUpTo'>, last: MessageId | null): Generator<Message> {
  for (let next = last; next !== null;) {
    const few = messages.pathUpTo(next, 4)
    yield* few.toReversed()
    next = few[0]?.parentId ?? null
  }
}
