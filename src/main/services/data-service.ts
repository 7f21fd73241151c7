import type { ConversationId } from '../../core/ids'
import type { Retention } from '../../core/retention'
import type { ConversationRetentionView, DataView, PurgedView, RetentionPreviewView } from '../../shared/ipc/data-views'
import type { Result } from '../../shared/ipc/transport'
import type { SettingsView } from '../../shared/ipc/views'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { done, refused } from './result'
import type { RetentionService } from './retention-service'
import type { SettingsService } from './settings-service'

interface Needs {
  readonly storage: Storage
  readonly vault: Pick<Vault, 'status'>
  readonly retention: RetentionService
  readonly settings: SettingsService
}

/** What is kept, for how long, and deleting what is out of sight. */
export function createDataService({ storage, vault, retention, settings }: Needs) {
  const look = (): DataView => {
    const all = storage.conversations.allKept()
    const shown = all.filter(({ isDeleted }) => !isDeleted)
    const connections = storage.connections.list()
    return {
      conversations: shown.filter(({ isPrivate }) => !isPrivate).length,
      privateConversations: shown.filter(({ isPrivate }) => isPrivate).length,
      deleted: all.length - shown.length,
      held: retention.heldCount(),
      copies: storage.traces.copyCount(),
      calls: storage.calls.count(),
      connections: connections.length,
      keys: storage.keys.all().filter((id) => vault.status(id) !== null).length,
      bytes: storage.traces.bytes(),
    }
  }

  return {
    look,

    preview: (input: { retention: Retention }): Result<RetentionPreviewView> =>
      done(retention.preview(input.retention)),

    setRetention(input: { retention: Retention }): Result<SettingsView> {
      const answer = settings.setRetention(input)
      retention.sweep()
      return answer
    },

    setConversationRetention(input: {
      conversationId: ConversationId
      retention: Retention | null
    }): Result<ConversationRetentionView> {
      const kept = storage.conversations.kept(input.conversationId)
      if (kept === undefined || kept.isDeleted) return refused('not_found', 'conversationId')
      // It is in memory, and goes with it.
      if (kept.isPrivate) return refused('bad_request', 'retention')
      storage.conversations.setKeep(input.conversationId, input.retention)
      retention.sweep()
      return done(retention.viewOf(input.conversationId))
    },

    deleted: () => done(retention.deleted()),

    /** Of what was deleted; anything else is not gone so easily. */
    deleteForGood({ conversationId }: { conversationId: ConversationId }): Result<null> {
      const kept = storage.conversations.kept(conversationId)
      if (kept === undefined || !kept.isDeleted) return refused('not_found', 'conversationId')
      retention.takeDeleted(kept)
      return done(null)
    },

    /** Every row that is out of sight, every copy, and every trace in the file. */
    purge(): Result<PurgedView> {
      const { traces } = storage
      const bytesBefore = traces.bytes()
      // The copies first: what one of them may hold stays.
      const { removed, left } = traces.removeCopies()
      const swept = retention.sweepTrash()
      traces.emptyLog()
      traces.rewrite()
      // What was rewritten goes through the log as well.
      if (!traces.emptyLog()) throw new Error('the log of the file could not be emptied')
      if (left.length > 0) throw new Error('a copy from before an update could not be removed')
      return done({
        conversations: swept.conversations,
        copies: swept.copies + removed,
        held: retention.heldCount(),
        bytesBefore,
        bytesAfter: traces.bytes(),
      })
    },
  }
}

/** What can be asked of it. */
export type DataService = ReturnType<typeof createDataService>
