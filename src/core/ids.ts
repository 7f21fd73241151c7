/** The nouns that have identities. */
export type IdKind =
  | 'conversation'
  | 'message'
  | 'turn'
  | 'call'
  | 'connection'
  | 'key'
  | 'request'
  | 'price'
  | 'budget'

/** What the ids of each noun begin with. */
export const PREFIX = {
  conversation: 'cnv',
  message: 'msg',
  turn: 'trn',
  call: 'cal',
  connection: 'con',
  key: 'key',
  request: 'req',
  price: 'prc',
  budget: 'bud',
} as const satisfies Record<IdKind, string>

/** A branded string, so that a message id cannot be passed where a turn id is meant. */
export type Id<Kind extends IdKind> = string & { readonly __kind: Kind }

/** The ids that are passed around, by noun. */
export type ConversationId = Id<'conversation'>
export type MessageId = Id<'message'>
export type TurnId = Id<'turn'>
export type CallId = Id<'call'>
export type ConnectionId = Id<'connection'>
export type KeyId = Id<'key'>
export type RequestId = Id<'request'>
export type PriceId = Id<'price'>
export type BudgetId = Id<'budget'>

/** Makes an id of `kind` from 128 random bits given as 32 lower-case hexadecimal digits. */
export function makeId<Kind extends IdKind>(kind: Kind, hex: string): Id<Kind> {
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new RangeError(`an id needs 32 hexadecimal digits (${kind})`)
  return `${PREFIX[kind]}_${hex}` as Id<Kind>
}

/** The pattern of a well-formed id of `kind`; whether it exists is another question. */
export function idPattern(kind: IdKind): RegExp {
  return new RegExp(`^${PREFIX[kind]}_[0-9a-f]{32}$`)
}
