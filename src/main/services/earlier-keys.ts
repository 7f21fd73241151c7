import { judgeKeys, keysAt, type Destination, type KeyPlace, type Told } from '../../core/earlier-keys'
import { textOf, type Message } from '../../core/conversation'
import { joined } from '../../core/secret-guard'
import type { ConversationId } from '../../core/ids'
import type { Result } from '../../shared/ipc/transport'
import type { Redactor } from '../log'
import type { Connection } from '../storage/connections'
import type { Storage } from '../storage/storage'
import { originOf } from './base-url'
import { keysIn } from './own-keys'
import { done, refused } from './result'

/** What the user wants of keys in earlier messages: to let them go where they have not been, or to keep them from there. */
export type EarlierKeys = 'send' | 'redact'

/** What a turn leaves out of its history, and what of that is to be noted with it. */
export interface Withheld {
  readonly keys: ReadonlySet<string>
  readonly newly: readonly KeyPlace[]
}

/** A history from which nothing is left out. */
export const NOTHING_WITHHELD: Withheld = { keys: new Set(), newly: [] }

interface Asked {
  readonly conversationId: ConversationId
  /** What would be sent, oldest first, without what was written just now. */
  readonly path: readonly Message[]
  readonly fresh: Message | null
  readonly to: Connection
  readonly choice: EarlierKeys | undefined
}

/**
 * What of a history goes to this connection. Refused where a key in it was not sent there before and nobody has said
 * whether it may. Keys that are stored must have been learnt: see `ownKeysIn`.
 */
export function withheldFor(
  needs: { readonly storage: Storage; readonly redactor: Redactor },
  { conversationId, path, fresh, to, choice }: Asked,
): Result<Withheld> {
  const { storage } = needs
  const find = once((text: string) => keysIn(needs, text))
  // What nobody has sent yet cannot be on its way to somebody else. Most conversations hold no key at all.
  if (path.length === 0) return done(NOTHING_WITHHELD)
  const destination = destinationOf(to)
  const keptBack = storage.keptBack.from(conversationId, destination)
  if (keptBack.length === 0 && path.every(({ parts }) => find(textOf(parts)).length === 0)) {
    return done(NOTHING_WITHHELD)
  }
  const all = storage.messages.of(conversationId)
  const origins = storage.turns.origins(conversationId)
  const { unasked, withheld, alsoWithheld } = judgeKeys(
    { path, all, fresh, originOf: (turnId) => origins.get(turnId), keptBack, find },
    destination,
  )
  if (unasked.length > 0 && choice === undefined) return refused('key_in_history')
  const kept = choice === 'redact' ? unasked : []
  return done({
    keys: new Set([...withheld, ...keysAt(all, kept)]),
    newly: merged([...kept, ...alsoWithheld], keptBack, all),
  })
}

/** Where a connection leads. */
export function destinationOf({ id, baseUrl }: Connection): Destination {
  return { connectionId: id, origin: originOf(baseUrl) }
}

/** A message is noted whole: what was kept of it before stays kept. */
function merged(places: readonly KeyPlace[], keptBack: readonly KeyPlace[], all: readonly Told[]): KeyPlace[] {
  const touched = new Set(places.map(({ messageId }) => messageId))
  return all.flatMap(({ id }) => {
    if (!touched.has(id)) return []
    const ranges = [...keptBack, ...places].flatMap((place) => (place.messageId === id ? place.ranges : []))
    return [{ messageId: id, ranges: joined(ranges) }]
  })
}

function once<Value>(work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const value = known.get(text) ?? work(text)
    known.set(text, value)
    return value
  }
}
