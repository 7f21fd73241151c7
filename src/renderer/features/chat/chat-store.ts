import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Allowance } from '../../../core/budget'
import type { CacheChoice } from '../../../core/caching'
import type { BudgetId, ConnectionId, ConversationId, MessageId, TurnId } from '../../../core/ids'
import type { Retention } from '../../../core/retention'
import type { StartedTurn } from '../../../shared/ipc/contract'
import type { RequestError, RequestInput, Result } from '../../../shared/ipc/transport'
import type { ConversationView } from '../../../shared/ipc/views'
import { request as askMain, type Request } from '../../bridge/client'
import { draftKeyOf, draftOf, type DraftKey } from './drafts-store'
import { createSeen } from './seen'
import { applyStarted, applyTurnEvent, type TurnEvent } from './turn-reducer'

export interface Refusal {
  readonly key: DraftKey
  readonly error: RequestError
  /** What was not accepted, so that it can be handed over again; absent when that makes no sense. */
  readonly attempt?: Attempt
}

/** What its user has said of the keys in a message and in those before it, and of how many have left. */
export interface KeyConsent {
  readonly earlierKeys?: NonNullable<RequestInput<'turn.retry'>['earlierKeys']>
  /** A key in the text was shown, and is meant to be there. */
  readonly seen?: true
  /** Many have left within minutes, and this one is meant to all the same. */
  readonly allowLoop?: true
}

/** A message or the repetition of one, with the steps of budgets that were not to stop it. */
export type Attempt = { readonly allow: readonly Allowance[] } & KeyConsent &
  (
    | {
        readonly kind: 'send'
        readonly message: Outgoing
        /** What stood in the field then, where that was not the message; whoever has changed it since means something else. */
        readonly draft?: string
      }
    | { readonly kind: 'retry'; readonly turnId: TurnId; readonly to?: Answerer; readonly draft: string }
  )

/** Who answers once, where it is not who answers in a conversation. */
export interface Answerer {
  readonly connectionId: ConnectionId
  readonly model: string
}

export interface Outgoing {
  readonly conversationId: ConversationId | null
  readonly connectionId: ConnectionId
  readonly model: string
  readonly text: string
  /** The message it becomes another version of. */
  readonly editOf?: MessageId
  /** It is not what stands in the field, which waits on. */
  readonly besideDraft?: true
  /** A key in the text was seen, and is meant to go out. */
  readonly allowSecret?: true
  /** Begins a conversation that is never written to disk. */
  readonly private?: true
}

export interface ChatState {
  /** The conversations opened so far; those in the background go on receiving. */
  readonly conversations: Readonly<Record<ConversationId, ConversationView>>
  /** Why the last message was not accepted, and where. */
  readonly refusal: Refusal | null
  /** Conversations whose earlier messages are asked for, or could not be had. */
  readonly older: Readonly<Record<ConversationId, 'loading' | 'failed' | null>>
  /** Messages handed over but not yet accepted. */
  readonly sending: readonly DraftKey[]
  /** The answer that failed while looking on: it alone is announced. */
  readonly freshFailure: TurnId | null
  /** `unasked`: because something was missed, and not because somebody looked. */
  open(conversationId: ConversationId, unasked?: boolean): Promise<ConversationView | null>
  /** Adds messages that come before those of a conversation: a page, or as many as `most`. False when it cannot. */
  loadOlder(conversationId: ConversationId, most?: number): Promise<boolean>
  /** Reads again what has no price yet: a price has been set since. */
  refresh(): Promise<void>
  /** The conversation the message went to, or null when it was refused. */
  send(message: Outgoing, allow?: readonly Allowance[], consent?: KeyConsent): Promise<ConversationId | null>
  /** Asks for an answer again, of `to` or of who answers in its conversation; false when that was refused. */
  retry(
    conversationId: ConversationId,
    turnId: TurnId,
    allow?: readonly Allowance[],
    consent?: KeyConsent,
    to?: Answerer,
  ): Promise<boolean>
  /** Shows the part of a conversation a message is in, on the branch it is on; false when that was refused. */
  reach(conversationId: ConversationId, messageId: MessageId): Promise<boolean>
  /** Shows the branch a message is on; false when that was refused. */
  showBranch(conversationId: ConversationId, messageId: MessageId): Promise<boolean>
  /** Ends the pause before an automatic retry. */
  retryNow(turnId: TurnId): Promise<void>
  stop(turnId: TurnId): Promise<void>
  setModel(conversationId: ConversationId, connectionId: ConnectionId | null, model: string): Promise<void>
  setCaching(conversationId: ConversationId, caching: CacheChoice): Promise<void>
  /** How long it is kept; null for as long as everything. Shown once it is: null, or why it is not. */
  setRetention(conversationId: ConversationId, retention: Retention | null): Promise<RequestError | null>
  /** Reads again how long everything is kept: the general time has been changed. */
  rereadRetention(): Promise<void>
  /** Forgets conversations that are gone for good. */
  drop(conversationIds: readonly ConversationId[]): void
  receive(events: readonly TurnEvent[]): void
  /** Notes that a message was not accepted, without having been handed over. */
  refuse(refusal: Refusal): void
  dismissRefusal(): void
}

/** The conversations on screen. `request` is the bridge; tests answer in its place. */
export function createChatStore(request: Request): StoreApi<ChatState> {
  // Events can overtake the answer that introduces their conversation; they wait here until it has come.
  const awaited = new Set<DraftKey>()
  let held: TurnEvent[] = []
  const seen = createSeen(request)

  return createStore<ChatState>()((set, get) => {
    const put = (conversation: ConversationView) =>
      set(({ conversations }) => ({ conversations: { ...conversations, [conversation.id]: conversation } }))

    /** Applies what can be applied, and returns the conversations in which something is missing. */
    function apply(events: readonly TurnEvent[]): readonly ConversationId[] {
      const conversations = { ...get().conversations }
      const gaps = new Set<ConversationId>()
      let { freshFailure } = get()
      for (const event of events) {
        const { conversationId } = event.payload
        const shown = conversations[conversationId]
        if (shown === undefined || gaps.has(conversationId)) continue
        const { conversation, gap } = applyTurnEvent(shown, event)
        if (gap) gaps.add(conversationId)
        conversations[conversationId] = conversation
        if (!gap && event.name === 'turn.settled' && event.payload.message.state === 'failed') {
          freshFailure = event.payload.turnId
        }
      }
      set({ conversations, freshFailure })
      for (const event of events) {
        const { conversationId } = event.payload
        if (event.name === 'turn.settled') seen.forget(event.payload.turnId)
        const running = conversations[conversationId]?.runningTurn
        if (event.name === 'turn.delta' && running?.turnId === event.payload.turnId) {
          seen.shown(running.turnId, running.seq)
        }
      }
      return [...gaps]
    }

    function release(key: DraftKey, conversationId: ConversationId | null): void {
      awaited.delete(key)
      const mine = held.filter((event) => event.payload.conversationId === conversationId)
      held = awaited.size === 0 ? [] : held.filter((event) => !mine.includes(event))
      // A gap that is left now is seen again, and mended, at the next event.
      apply(mine)
    }

    /** Asks for a conversation that is awaited; its part begins with `from` or before it. */
    async function read(conversationId: ConversationId, from?: MessageId, unasked = false): Promise<void> {
      const result = await request('conversation.open', {
        conversationId,
        ...(from === undefined ? {} : { from }),
        ...(unasked ? { unasked } : {}),
      })
      if (result.ok) put(result.value)
      else set({ refusal: { key: conversationId, error: result.error } })
      release(conversationId, conversationId)
    }

    /** `key`: where the conversation's own draft is. `from`: where what is sent stands. */
    async function begin(
      key: DraftKey,
      attempt: Attempt,
      ask: () => Promise<Result<StartedTurn>>,
      from = key,
    ): Promise<ConversationId | null> {
      if (awaited.has(key)) return null
      awaited.add(key)
      set(({ sending }) => ({ sending: [...sending, from], refusal: null }))
      const result = await ask()
      set(({ sending }) => ({ sending: sending.filter((other) => other !== from) }))
      if (!result.ok) {
        set({ refusal: { key: from, error: result.error, attempt } })
        release(key, conversationOf(key))
        return null
      }
      const { conversationId } = result.value
      put(applyStarted(get().conversations[conversationId], result.value))
      release(key, conversationId)
      return conversationId
    }

    return {
      conversations: {},
      older: {},
      refusal: null,
      sending: [],
      freshFailure: null,

      async open(conversationId, unasked = false) {
        if (awaited.has(conversationId)) return get().conversations[conversationId] ?? null
        awaited.add(conversationId)
        // It may have been gone, and be asked for because it was brought back.
        if (isGone(get().refusal, conversationId)) set({ refusal: null })
        // What is shown already stays.
        await read(conversationId, get().conversations[conversationId]?.messages[0]?.id, unasked)
        return get().conversations[conversationId] ?? null
      },

      async reach(conversationId, messageId) {
        const isShown = () => get().conversations[conversationId]?.messages.some(({ id }) => id === messageId) === true
        if (isShown()) return true
        if (awaited.has(conversationId)) return false
        awaited.add(conversationId)
        // Where it is on the branch that is shown, no other one is to take its place.
        await read(conversationId, messageId)
        if (isShown()) return true
        // Without the conversation there is no branch to look for it on.
        if (get().conversations[conversationId] === undefined) return false
        return (await get().showBranch(conversationId, messageId)) && isShown()
      },

      async loadOlder(conversationId, most) {
        const before = get().conversations[conversationId]?.messages[0]?.id
        if (before === undefined || get().older[conversationId] === 'loading') return false
        const note = (state: 'loading' | 'failed' | null) =>
          set(({ older }) => ({ older: { ...older, [conversationId]: state } }))
        note('loading')
        const result = await request('conversation.older', {
          conversationId,
          before,
          ...(most === undefined ? {} : { most }),
        })
        const now = get().conversations[conversationId]
        // Shown anew in the meantime, or gone: these belong to something else.
        const fits = now?.messages[0]?.id === before
        if (result.ok && fits) put({ ...now, ...result.value, messages: [...result.value.messages, ...now.messages] })
        note(result.ok || !fits ? null : 'failed')
        return result.ok && fits
      },

      async refresh() {
        const unpriced = Object.values(get().conversations).filter(({ spend }) => spend.pico === null)
        await Promise.all(unpriced.map(({ id }) => get().open(id)))
      },

      send(message, allow = [], consent = {}) {
        const key = draftKeyOf(message.conversationId, message.private === true)
        const draft = message.besideDraft === true ? { draft: draftOf(key) } : {}
        return begin(
          key,
          { kind: 'send', message, ...draft, allow, ...consent },
          () => request('turn.start', { ...message, ...allowing(allow), ...saying(consent) }),
          message.editOf ?? key,
        )
      },

      async retry(conversationId, turnId, allow = [], consent = {}, to) {
        const other = to === undefined ? {} : { to }
        const attempt = { kind: 'retry', turnId, ...other, draft: draftOf(conversationId), allow, ...consent } as const
        const begun = await begin(conversationId, attempt, () =>
          request('turn.retry', { turnId, ...other, ...allowing(allow), ...saying(consent) }),
        )
        return begun !== null
      },

      async showBranch(conversationId, messageId) {
        if (awaited.has(conversationId)) return false
        awaited.add(conversationId)
        const from = get().conversations[conversationId]?.messages[0]?.id
        const result = await request('conversation.showBranch', {
          conversationId,
          messageId,
          ...(from === undefined ? {} : { from }),
        })
        if (result.ok) put(result.value)
        else set({ refusal: { key: conversationId, error: result.error } })
        release(conversationId, conversationId)
        return result.ok
      },

      async retryNow(turnId) {
        // That it goes on is told by an event.
        await request('turn.retryNow', { turnId })
      },

      async stop(turnId) {
        // Whether it stopped is told by the event that settles it.
        await request('turn.stop', { turnId })
      },

      async setModel(conversationId, connectionId, model) {
        const before = get().conversations[conversationId]
        if (before === undefined) return
        put({ ...before, connectionId: connectionId ?? before.connectionId, model })
        if (connectionId === null) return
        const result = await request('conversation.setModel', { conversationId, connectionId, model })
        const now = get().conversations[conversationId]
        if (result.ok || now === undefined) return
        put({ ...now, connectionId: before.connectionId, model: before.model })
        set({ refusal: { key: conversationId, error: result.error } })
      },

      async setCaching(conversationId, caching) {
        const before = get().conversations[conversationId]
        if (before === undefined) return
        put({ ...before, caching })
        const result = await request('conversation.setCaching', { conversationId, caching })
        const now = get().conversations[conversationId]
        if (result.ok || now === undefined) return
        put({ ...now, caching: before.caching })
        set({ refusal: { key: conversationId, error: result.error } })
      },

      async setRetention(conversationId, retention) {
        const result = await request('conversation.setRetention', { conversationId, retention })
        if (!result.ok) return result.error
        const now = get().conversations[conversationId]
        if (now !== undefined) put({ ...now, retention: result.value })
        return null
      },

      async rereadRetention() {
        await Promise.all(Object.values(get().conversations).map(({ id }) => get().open(id)))
      },

      drop(conversationIds) {
        const gone = new Set<string>(conversationIds)
        const left = Object.entries(get().conversations).filter(([id]) => !gone.has(id))
        set({ conversations: Object.fromEntries(left) })
      },

      receive(events) {
        const { conversations } = get()
        const beginning = awaited.has('new') || awaited.has('private')
        const ready: TurnEvent[] = []
        for (const event of events) {
          const id = event.payload.conversationId
          const waits = awaited.has(id) || (beginning && conversations[id] === undefined)
          if (waits) held.push(event)
          else ready.push(event)
        }
        for (const conversationId of apply(ready)) void get().open(conversationId, true)
      },

      refuse: (refusal) => set({ refusal }),
      dismissRefusal: () => set({ refusal: null }),
    }
  })
}

function conversationOf(key: DraftKey): ConversationId | null {
  return key === 'new' || key === 'private' ? null : (key as ConversationId)
}

function isGone(refusal: Refusal | null, id: ConversationId): boolean {
  return refusal?.key === id && refusal.error.code === 'not_found'
}

function allowing(allow: readonly Allowance[]): { allow?: { budgetId: BudgetId; percent: number }[] } {
  return allow.length === 0 ? {} : { allow: [...allow] }
}

function saying({ earlierKeys, allowLoop }: KeyConsent): Pick<KeyConsent, 'earlierKeys' | 'allowLoop'> {
  return { ...(earlierKeys === undefined ? {} : { earlierKeys }), ...(allowLoop === undefined ? {} : { allowLoop }) }
}

export const chatStore = createChatStore(askMain)

/** Reads the window's own chat store by selector. */
export function useChat<Selected>(select: (state: ChatState) => Selected): Selected {
  return useStore(chatStore, select)
}
