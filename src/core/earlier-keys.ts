import { textOf, type Message, type MessagePart } from './conversation'
import type { ConnectionId, MessageId, TurnId } from './ids'
import { findVerbatim, joined, withoutSecrets, type SecretRange } from './secret-guard'

/** Where a key may go: not only over which connection but to which host, as a connection can be moved. */
export interface Destination {
  readonly connectionId: ConnectionId
  readonly origin: string
}

/** Keys in one message, by their places in its text. */
export interface KeyPlace {
  readonly messageId: MessageId
  readonly ranges: readonly SecretRange[]
}

/** A message as far as it matters where it went. */
export type Told = Pick<Message, 'id' | 'parentId' | 'turnId' | 'role' | 'parts' | 'connectionId'>

interface History {
  /** What would be sent, oldest first. */
  readonly path: readonly Told[]
  /** Every branch of the conversation: what an earlier try sent counts as sent. */
  readonly all: readonly Told[]
  /** Written just now: what is in it was asked about on its own. */
  readonly fresh: Told | null
  /** Where the calls of a turn went, as far as that is known. */
  readonly originOf: (turnId: TurnId) => string | undefined
  /** What was kept from this destination before. */
  readonly keptBack: readonly KeyPlace[]
  readonly find: (text: string) => readonly SecretRange[]
}

/** What is to become of the keys in a history. */
export interface JudgedKeys {
  /** Neither sent there before nor kept back: the user is to be asked. */
  readonly unasked: readonly KeyPlace[]
  /** Keys that the user keeps from this destination. */
  readonly withheld: ReadonlySet<string>
  /** Where else such a key stands: it is left out there too, and unless that is noted it would count as sent. */
  readonly alsoWithheld: readonly KeyPlace[]
}

/**
 * Which keys of a history a destination has been sent, word for word, and which not. What it wrote itself it has. A key
 * that was kept back and then sent by hand after all is no secret before it any more.
 */
export function judgeKeys(history: History, to: Destination): JudgedKeys {
  const { path, all, fresh, keptBack, find } = history
  const kept = new Map(keptBack.map(({ messageId, ranges }) => [messageId, ranges]))
  const placed = all.flatMap((message) => textsAt(message, kept.get(message.id) ?? []))
  const withheld = new Set(placed)
  const places = (message: Told): readonly SecretRange[] => {
    const text = textOf(message.parts)
    return joined([...find(text), ...findVerbatim(text, withheld)])
  }

  const sent = new Set<string>()
  for (const message of [...sentTo(history, to), ...(fresh === null ? [] : [fresh])]) {
    const out = kept.get(message.id) ?? []
    const whole = places(message).filter((range) => !out.some((other) => overlap(range, other)))
    for (const key of textsAt(message, whole)) sent.add(key)
  }
  for (const key of sent) withheld.delete(key)

  const placesWhere = (is: (key: string, range: SecretRange, message: Told) => boolean): KeyPlace[] =>
    path.flatMap((message) => {
      const text = textOf(message.parts)
      const ranges = places(message).filter((range) => is(text.slice(range.start, range.end), range, message))
      return ranges.length === 0 ? [] : [{ messageId: message.id, ranges }]
    })
  return {
    unasked: placesWhere((key) => !sent.has(key) && !withheld.has(key)),
    withheld,
    alsoWithheld: placesWhere(
      (key, range, { id }) => withheld.has(key) && !(kept.get(id) ?? []).some((other) => overlap(range, other)),
    ),
  }
}

/** The keys at these places. */
export function keysAt(messages: readonly Told[], places: readonly KeyPlace[]): string[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  return places.flatMap(({ messageId, ranges }) => {
    const message = byId.get(messageId)
    return message === undefined ? [] : textsAt(message, ranges)
  })
}

/**
 * What a message says without these keys. Thinking that belongs to it is left at home then: it may repeat them, and its
 * proof would not fit.
 */
export function withheldFrom(parts: readonly MessagePart[], withheld: ReadonlySet<string>): readonly MessagePart[] {
  if (withheld.size === 0) return parts
  const text = textOf(parts)
  const ranges = findVerbatim(text, withheld)
  const thought = parts.some(({ type, text: thinking }) => type === 'reasoning' && holds(thinking, withheld))
  return ranges.length === 0 && !thought ? parts : [{ type: 'text', text: withoutSecrets(text, ranges) }]
}

/** Everything that has been before this destination: what each answer of it was told, and the answer. */
function sentTo({ all, originOf }: History, { connectionId, origin }: Destination): readonly Told[] {
  const byId = new Map(all.map((message) => [message.id, message]))
  const sent = new Set<Told>()
  for (const answer of all) {
    if (answer.role !== 'assistant' || answer.connectionId !== connectionId) continue
    if (originOf(answer.turnId) !== origin) continue
    // What was walked once has all before it walked too.
    for (let at: Told | undefined = answer; at !== undefined && !sent.has(at);) {
      sent.add(at)
      at = at.parentId === null ? undefined : byId.get(at.parentId)
    }
  }
  return [...sent]
}

function textsAt(message: Told, ranges: readonly SecretRange[]): string[] {
  const text = textOf(message.parts)
  return ranges.map(({ start, end }) => text.slice(start, end)).filter((key) => key !== '')
}

function holds(text: string, keys: ReadonlySet<string>): boolean {
  return findVerbatim(text, keys).length > 0
}

function overlap(a: SecretRange, b: SecretRange): boolean {
  return a.start < b.end && b.start < a.end
}
