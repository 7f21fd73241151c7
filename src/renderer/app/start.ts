import { create } from 'zustand'
import type { ConversationId } from '../../core/ids'
import type { RequestError } from '../../shared/ipc/transport'
import type { AppView } from '../../shared/ipc/views'
import { request } from '../bridge/client'
import { useBudgets } from '../features/budgets/budgets-store'
import { chatStore } from '../features/chat/chat-store'
import { createDraftSaver, type DraftSaver } from '../features/chat/draft-saver'
import { draftsStore } from '../features/chat/drafts-store'
import { useConversations } from '../features/conversations/conversations-store'
import { useData } from '../features/data/data-store'
import { isUsable } from '../lib/connections'
import { useModels } from '../features/models/models-store'
import { useSettings } from '../features/settings/settings-store'
import { useSpend } from '../features/spend/spend-store'
import { useChecks } from '../features/vault/checks-store'
import { useVault } from '../features/vault/vault-store'
import { navigation, NEW_CONVERSATION, type Place } from './navigation-store'
import { tellShown } from './shown'

interface StartState {
  readonly opened: boolean
  /** Started to be tried out: everything shown is invented. */
  readonly demo: boolean
  readonly error: RequestError | null
  /** Not opened by itself, since the page hung or ended with it; null once that is over. */
  readonly leftOut: ConversationId | null
  /** Nobody wants to be told of it any more. */
  dismissLeftOut(): void
  /** Fills the stores and shows the newest conversation, as it was left. */
  open(): Promise<void>
}

/** Whether the window has what it shows. */
export const useStart = create<StartState>()((set, get) => ({
  opened: false,
  demo: false,
  error: null,
  leftOut: null,
  dismissLeftOut() {
    set({ leftOut: null })
    void request('conversation.forgetLeftOut', {})
  },
  async open() {
    const result = await request('app.open', {})
    if (!result.ok) return set({ error: result.error })
    const place = firstPlace(result.value)
    fill(result.value)
    saveDrafts()
    set({ leftOut: result.value.leftOut })
    saying ??= tellShown(
      request,
      () => get().leftOut,
      () => set({ leftOut: null }),
    )
    await show(place)
    return set({ opened: true, demo: result.value.demo, error: null })
  },
}))

// Once everything is deleted, the page has nothing more of it either.
useData.subscribe(({ erased }) => {
  if (erased === null) return
  chatStore.setState({ conversations: {}, refusal: null })
  draftsStore.setState({ drafts: {}, queued: {} })
  useConversations.getState().receive([])
})

// The switch is in one feature and what it switches in another.
useSettings.subscribe(({ background }) => useChecks.setState({ unasked: background.keyChecks }))

function fill({
  vault,
  connections,
  models,
  connectionModels,
  settings,
  conversations,
  month,
  budgets,
  drafts,
}: AppView): void {
  useVault.getState().receive(vault, connections)
  useModels.getState().receive(models)
  useModels.getState().receiveOffered(connectionModels)
  useModels.getState().receiveSettings(settings)
  useSettings.getState().receive(settings)
  useConversations.getState().receive(conversations)
  useSpend.getState().receive(month)
  useBudgets.getState().countBy(settings.budgetDays)
  useBudgets.getState().receive(budgets)
  draftsStore.getState().restore(drafts)
}

let saying: (() => void) | null = null

let saver: DraftSaver | null = null

/** Each time something may take the window away, what was just written is handed over first. */
function saveDrafts(): void {
  if (saver !== null) return
  const current = createDraftSaver(request)
  saver = current
  window.addEventListener('blur', current.flush)
  window.addEventListener('pagehide', current.flush)
}

async function show(place: Place): Promise<void> {
  const after = place.name === 'add-key' ? place.from : place
  const shown = after.name === 'retention' ? after.from : after
  if (shown.name === 'conversation' && shown.conversationId !== null) {
    const conversation = await chatStore.getState().open(shown.conversationId)
    useModels.getState().remember(conversation)
  }
  navigation.getState().go(place)
}

/**
 * The newest conversation, or a new one, as where one was left out for what it did to the page; before it the form for a key where there is no way to ask, and the question how
 * long to keep what there is not yet. Whoever has conversations is asked beside them.
 */
export function firstPlace({
  connections,
  conversations,
  settings,
  leftOut,
}: Pick<AppView, 'connections' | 'conversations' | 'leftOut'> & {
  readonly settings: Pick<AppView['settings'], 'retentionAnswered'>
}): Place {
  const newest = conversations.toSorted((a, b) => b.updatedMs - a.updatedMs)[0]
  const place: Place =
    newest === undefined || leftOut !== null ? NEW_CONVERSATION : { name: 'conversation', conversationId: newest.id }
  const asked = newest === undefined && !settings.retentionAnswered
  const next = asked ? ({ name: 'retention', from: place } as const) : place
  return connections.some(isUsable) ? next : { name: 'add-key', from: next }
}
