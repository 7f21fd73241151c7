import { makeId, type Id, type IdKind } from '../../src/core/ids'
import type { TurnEvent } from '../../src/renderer/features/chat/turn-reducer'
import type {
  BudgetView,
  ConnectionView,
  ConversationView,
  CostView,
  MessageView,
  ModelView,
  StoredKeyView,
  VaultView,
  DeltaView,
} from '../../src/shared/ipc/views'

// Views as the main process would send them, told apart by a number.

/** An id that is easy to tell from others in a failing test. */
export function idOf<Kind extends IdKind>(kind: Kind, number: number): Id<Kind> {
  return makeId(kind, number.toString(16).padStart(32, '0'))
}

/** An exact cost in pico-dollars, with a few tokens. */
export function cost(pico: string | null, over: Partial<CostView> = {}): CostView {
  return {
    pico,
    atLeast: pico ?? '0',
    upper: null,
    costClass: 'computed',
    inputTokens: 2400,
    outputTokens: 1012,
    ...over,
  }
}

/** A message of the user in turn `turn`. */
export function question(turn: number, text: string, over: Partial<MessageView> = {}): MessageView {
  return {
    id: idOf('message', turn * 10),
    parentId: null,
    turnId: idOf('turn', turn),
    role: 'user',
    parts: [{ type: 'text', text }],
    state: 'complete',
    createdMs: turn * 1000,
    provider: null,
    connectionId: null,
    model: null,
    modelName: null,
    failure: null,
    stopReason: null,
    cost: null,
    usageFlags: [],
    counting: false,
    cacheSaved: null,
    budgetTokens: null,
    key: null,
    thought: null,
    branch: null,
    ...over,
  }
}

/** An answer in turn `turn`; without text it has only begun. */
export function answer(turn: number, text: string, over: Partial<MessageView> = {}): MessageView {
  return {
    ...question(turn, text),
    id: idOf('message', turn * 10 + 1),
    parentId: idOf('message', turn * 10),
    role: 'assistant',
    parts: text === '' ? [] : [{ type: 'text', text }],
    state: text === '' ? 'streaming' : 'complete',
    provider: 'anthropic',
    connectionId: idOf('connection', 1),
    model: 'claude-sonnet-5-5',
    modelName: 'Claude Sonnet 5.5',
    cost: text === '' ? null : cost('10260000000'),
    ...over,
  }
}

/** What is kept for ever, as everything. */
export const KEPT = {
  isPrivate: false,
  retention: { own: null, deletion: { when: 'never' } },
} as const satisfies Partial<ConversationView>

/** What a turn that begins says of its conversation. */
export const BEGUN = { ...KEPT, connectionId: idOf('connection', 1), model: 'claude-sonnet-5-5' } as const

/** Conversation 1 with these messages; runs when its last message does. */
export function conversation(messages: readonly MessageView[], over: Partial<ConversationView> = {}): ConversationView {
  const last = messages.at(-1)
  const running =
    last?.state === 'streaming' ? { turnId: last.turnId, messageId: last.id, seq: 0, waiting: null } : null
  return {
    id: idOf('conversation', 1),
    title: 'Slow orders query',
    updatedMs: 0,
    running: running !== null,
    connectionId: idOf('connection', 1),
    model: 'claude-sonnet-5-5',
    messages,
    older: 0,
    olderQuestions: 0,
    runningTurn: running,
    spend: cost('0'),
    caching: '5m',
    cache: null,
    ...KEPT,
    ...over,
  }
}

/** A vault with a keychain, in which all is well. */
export function vault(over: Partial<VaultView> = {}): VaultView {
  return {
    protection: 'keychain',
    keychain: 'GNOME Keyring',
    system: 'linux',
    passphrase: 'none',
    cause: null,
    sealedWith: null,
    ...over,
  }
}

/** A sealed key of which nothing more is known, unused. */
export function storedKey(over: Partial<StoredKeyView> = {}): StoredKeyView {
  return {
    id: idOf('key', 1),
    state: 'sealed',
    last4: '4f2c',
    addedMs: 0,
    label: null,
    expiresMs: null,
    lastUsedMs: null,
    remindMonths: null,
    refusal: null,
    spend: cost('0'),
    limit: null,
    ...over,
  }
}

/** A connection with a sealed key. */
export function connection(number: number, over: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: idOf('connection', number),
    provider: 'anthropic',
    label: `Key ${number}`,
    baseUrl: 'https://api.anthropic.com',
    host: 'api.anthropic.com',
    key: storedKey(),
    spareKeys: [],
    failover: false,
    ...over,
  }
}

/** A model that is offered, with a price. */
export function model(id: string, over: Partial<ModelView> = {}): ModelView {
  return {
    provider: 'anthropic',
    id,
    name: id,
    contextTokens: 200_000,
    maxOutputTokens: 64_000,
    retires: null,
    inputPrice: '2',
    capabilities: [],
    priceConfidence: 'high',
    outputPrice: '10',
    ...over,
  }
}

/** A monthly budget of $20 for everything, unused. */
export function budget(over: Partial<BudgetView>): BudgetView {
  return {
    id: idOf('budget', 1),
    scope: { kind: 'all' },
    period: 'month',
    limit: '20000000000000',
    steps: [
      { percent: 80, action: 'warn' },
      { percent: 100, action: 'block' },
    ],
    settled: '0',
    reserved: '0',
    level: 'fine',
    pause: null,
    ...over,
  }
}

/** A piece of the answer of turn 1 in conversation 1; text alone is text of the answer. */
export function deltaOf(
  seq: number,
  ...deltas: readonly (DeltaView | string)[]
): Extract<TurnEvent, { readonly name: 'turn.delta' }> {
  return {
    name: 'turn.delta',
    payload: {
      turnId: idOf('turn', 1),
      conversationId: idOf('conversation', 1),
      messageId: idOf('message', 11),
      seq,
      deltas: deltas.map((delta) => (typeof delta === 'string' ? { type: 'text', text: delta } : delta)),
    },
  }
}
