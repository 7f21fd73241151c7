import type { ConversationId } from '../../core/ids'
import { isDue, type Retention } from '../../core/retention'
import { findSecrets } from '../../core/secret-guard'
import type { Result } from '../../shared/ipc/transport'
import type { DraftView } from '../../shared/ipc/views'
import type { Redactor } from '../log'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { mayHoldKey, ownKeysIn } from './own-keys'
import { keysInOrder } from './key-order'
import { done } from './result'

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly redactor: Redactor
  /** For conversations without a time of their own, and for one that has not begun. */
  readonly general: () => Retention
  readonly believedMs: () => number
}

type Place = ConversationId | null

/**
 * Keeps what is written, so that it outlives a kill. A draft with a key in it, or of a conversation that is to leave no
 * trace, stays in the memory of the window: nothing is said of that, as nothing is lost by it but in a kill.
 */
export function createDraftService(needs: Needs) {
  const { storage, vault, general, believedMs } = needs
  const { drafts, conversations } = storage
  /** Counts what was said of each place, so that a look for keys that took longer does not undo what came after. */
  const said = new Map<Place, number>()
  const sayOf = (place: Place): number => {
    const count = (said.get(place) ?? 0) + 1
    said.set(place, count)
    return count
  }

  /** One that was deleted can be brought back, with what was being written in it. */
  const leavesTraces = (place: Place): boolean =>
    place === null ? general() !== 'until_quit' : conversations.kept(place)?.isPrivate === false

  const isLocked = (): boolean =>
    storage.connections
      .list()
      .some((connection) => keysInOrder(needs, connection).some((id) => vault.status(id)?.state === 'locked'))

  const holdsKey = async (text: string): Promise<boolean> =>
    findSecrets(text).length > 0 ||
    // What is locked cannot be looked for.
    (mayHoldKey(text) && (isLocked() || (await ownKeysIn(needs, text)).length > 0))

  const forget = (place: Place): void => {
    // What was there before may be the beginning of a key: the log of the file remembers it otherwise.
    if (drafts.remove(place)) storage.traces.emptyLog()
  }

  /** Nothing of a conversation that has not begun stays longer than it would if it had. */
  const sweep = (): void => {
    const rule = general()
    const isOver = (savedMs: number) =>
      rule === 'until_quit' || isDue(rule, { activeMs: savedMs, deletedMs: null }, believedMs())
    for (const { conversationId, savedMs } of drafts.all()) {
      if (conversationId === null && isOver(savedMs)) forget(null)
    }
  }

  return {
    sweep,

    list(): DraftView[] {
      sweep()
      return drafts.all().map(({ conversationId, text }) => ({ conversationId, text }))
    },

    /** An empty one is none. */
    async keep({ conversationId: place, text }: { conversationId: Place; text: string }): Promise<Result<null>> {
      const turn = sayOf(place)
      const mayStay = text !== '' && leavesTraces(place)
      if (!mayStay) {
        drafts.remove(place)
        return done(null)
      }
      const hasKey = await holdsKey(text)
      if (!storage.isOpen() || said.get(place) !== turn || !leavesTraces(place)) return done(null)
      if (hasKey) forget(place)
      else drafts.put({ conversationId: place, text, savedMs: believedMs() })
      return done(null)
    },

    /** It is a message now. What was typed since is kept when it is told. */
    sent(place: Place): void {
      sayOf(place)
      drafts.remove(place)
    },

    /** There is one more key: what was written before may hold it. */
    async keyAdded(): Promise<void> {
      for (const { conversationId, text } of drafts.all()) {
        if ((await holdsKey(text)) && storage.isOpen()) forget(conversationId)
      }
    },
  }
}

/** What can be asked of it. */
export type DraftService = ReturnType<typeof createDraftService>
