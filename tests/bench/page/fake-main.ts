import { createDeltaJoiner, type DeltaJoiner } from '../../../src/main/services/delta-joiner'
import type { Bridge, BridgeEvent, RequestAnswer, RequestInput } from '../../../src/shared/ipc/transport'
import type { AppView, ConversationView, MessageView } from '../../../src/shared/ipc/views'
import * as views from '../../renderer/views'
import { exchangeOf, LAST_TURN, titleOf } from '../texts/history'

/** What the app finds when it starts. */
export interface Setup {
  /** Messages of each conversation, newest conversation first; in the first one an answer runs if `running`. */
  readonly messages: readonly number[]
  readonly running: boolean
  /** The first one holds this answer, complete. */
  readonly answer?: string
  /** Frames do not wait for the screen. */
  readonly quickFrames?: true
}

type Answers = Readonly<Record<string, (input: never) => unknown>>

/** Read once: making a long conversation takes a while, and it must not be newer for that. */
const STARTED_MS = Date.now()

/** As many messages as the main process hands over at once. */
const PART = 60

/** Stands in for the main process, in the page: it answers what the app asks and writes answers. */
export function createFakeMain({ messages, running, answer }: Setup) {
  const conversations = new Map(
    messages.map((count, at) => {
      const conversation = conversationOf(at + 1, count, at === 0 ? { running, answer } : {})
      return [conversation.id, conversation]
    }),
  )
  const unanswered = new Set<string>()
  let listener: ((event: BridgeEvent) => void) | null = null
  let seq = 0
  let written = ''

  const answers: Answers = {
    'app.open': () => appView([...conversations.values()]),
    'conversation.open': ({ conversationId }: RequestInput<'conversation.open'>) =>
      opened(conversationId as ConversationView['id']),
    'conversation.older': ({ conversationId, before, most = PART }: Older) =>
      partBefore(whole(conversationId).messages, before, most),
    'conversation.setModel': () => null,
    'conversation.shows': () => null,
    'draft.keep': () => null,
    'estimate.send': () => ESTIMATE,
    'key.status': () => ({ vault: views.vault(), connections: [views.connection(1)] }),
    'turn.seen': ({ seq: seen }: { readonly seq: number }) => {
      joiner.seen?.(seen)
      return null
    },
  }

  function whole(id: ConversationView['id']): ConversationView {
    const conversation = conversations.get(id)
    if (conversation === undefined) throw new Error('no such conversation')
    return conversation
  }

  function opened(id: ConversationView['id']): ConversationView {
    const conversation = whole(id)
    return 'older' in conversation
      ? { ...conversation, ...partBefore(conversation.messages, null, PART) }
      : conversation
  }

  function tell(event: BridgeEvent): void {
    // As it would come: a copy that shares nothing with whoever sent it.
    listener?.(structuredClone(event))
  }

  function write(text: string): number {
    const conversation = runningOf(conversations)
    written += text
    seq += 1
    tell({
      name: 'turn.delta',
      payload: { ...conversation, seq, deltas: [{ type: 'text', text }] },
    })
    return seq
  }

  const joiner: DeltaJoiner & { seen?: (seq: number) => void } = createDeltaJoiner((deltas) =>
    write(deltas.map(({ text }) => text).join('')),
  )

  return {
    unanswered: () => [...unanswered],
    write,
    /** The same by way of what joins the pieces of an answer in the main process. */
    writeJoined: (text: string) => joiner.push({ type: 'text', text }),
    /** Ends the answer that runs. */
    settle(): void {
      const { conversationId, messageId, turnId } = runningOf(conversations)
      const conversation = whole(conversationId)
      const last = conversation.messages.at(-1)
      if (last?.id !== messageId) throw new Error('nothing runs')
      const { parts, state, cost } = views.answer(1, written)
      tell({
        name: 'turn.settled',
        payload: {
          turnId,
          conversationId,
          seq: seq + 1,
          message: { ...last, parts, state, cost },
          conversation: {
            title: conversation.title,
            updatedMs: conversation.updatedMs,
            spend: conversation.spend,
            cache: null,
            retention: conversation.retention,
          },
        },
      })
    },
    bridge: {
      async request(name, input) {
        const ask = answers[name] as ((input: unknown) => RequestAnswer<typeof name>) | undefined
        if (ask === undefined) {
          unanswered.add(name)
          return { ok: false, error: { code: 'unknown_request' } }
        }
        return { ok: true, value: structuredClone(ask(input)) }
      },
      subscribe(next) {
        listener = next
        return () => void (listener = null)
      },
    } satisfies Bridge,
  }
}

function runningOf(conversations: ReadonlyMap<string, ConversationView>) {
  const conversation = [...conversations.values()].find(({ runningTurn }) => runningTurn !== null)
  const turn = conversation?.runningTurn
  if (conversation === undefined || turn === null || turn === undefined) throw new Error('nothing runs')
  return { conversationId: conversation.id, messageId: turn.messageId, turnId: turn.turnId }
}

interface Older {
  readonly conversationId: ConversationView['id']
  readonly before: string
  readonly most?: number
}

/** The last messages before one of them, or before the end, and how many come before those. */
function partBefore(messages: readonly MessageView[], before: string | null, most: number) {
  const end = before === null ? messages.length : messages.findIndex(({ id }) => id === before)
  const older = Math.max(0, end - most)
  const olderQuestions = messages.slice(0, older).filter(({ role }) => role === 'user').length
  return { messages: messages.slice(older, end), older, olderQuestions }
}

interface Newest {
  readonly running?: boolean
  readonly answer?: string | undefined
}

function conversationOf(number: number, count: number, { running = false, answer }: Newest): ConversationView {
  const messages: MessageView[] = []
  for (let turn = 1; messages.length < count; turn += 1) {
    const { id, question, text } = exchangeOf(number, turn)
    messages.push(views.question(id, question))
    if (messages.length < count) messages.push(views.answer(id, text.source))
  }
  if (running || answer !== undefined) {
    const { id, question } = exchangeOf(number, LAST_TURN)
    messages.push(views.question(id, question), views.answer(id, answer ?? '', { createdMs: STARTED_MS }))
  }
  return views.conversation(messages, {
    id: views.idOf('conversation', number),
    title: titleOf(number),
    updatedMs: STARTED_MS - number * 1000,
  })
}

const ESTIMATE: RequestAnswer<'estimate.send'> = {
  promptTokens: 1200,
  counted: true,
  low: '4000000000',
  high: '12000000000',
  most: '64000000000',
  cachedTokens: 0,
  budgets: [],
  meets: null,
}

/** No conversation was left out at the start. */
const NOTHING_LEFT_OUT = { leftOut: null }

function appView(conversations: readonly ConversationView[]): AppView {
  const models = [views.model('claude-sonnet-5-5')]
  return {
    ...NOTHING_LEFT_OUT,
    demo: false,
    version: '0.1.0',
    vault: views.vault(),
    connections: [views.connection(1)],
    models,
    connectionModels: [{ connectionId: views.idOf('connection', 1), checkedMs: 0, models }],
    settings: {
      theme: 'light',
      favouriteModels: [],
      recentModels: [],
      stopMode: 'end',
      budgetDays: 'local',
      background: { titles: false, retries: true, keyChecks: true, lateCosts: true },
      network: { systemCertificates: true, proxy: null },
      lockAfterMinutes: 0,
      retention: 'forever',
      retentionAnswered: true,
      sendKey: 'enter',
      askAbove: 'never',
      loop: { on: false, calls: 30, spent: 'usd5', minutes: 5 },
    },
    conversations: conversations.map(({ id, title, updatedMs, running, isPrivate }) => ({
      id,
      title,
      updatedMs,
      running,
      isPrivate,
    })),
    month: { month: '2026-11', spend: views.cost('0'), callCount: 0 },
    budgets: [],
    drafts: [],
  }
}
