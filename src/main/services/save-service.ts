import { rmSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { BudgetId, CallId } from '../../core/ids'
import { isRange, type SpendQuery } from '../../core/spend-query'
import type { SavedView } from '../../shared/ipc/spend-views'
import type { Result } from '../../shared/ipc/transport'
import type { Catalog } from '../catalog/catalog'
import type { Log } from '../log'
import type { AskWhere, Paths } from '../ports'
import { saveWhole } from '../storage/saved-file'
import { addUp } from '../storage/spend-calls'
import type { Storage } from '../storage/storage'
import { exportDecisions } from './budget-export'
import type { EventHub } from './event-hub'
import type { FileFormat, FilePiece } from './file-pieces'
import { done, refused } from './result'
import { exportCalls, exportGroups, exportSteps } from './spend-export'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly hub: EventHub
  readonly log: Log
  readonly paths: Paths
  readonly askWhere: AskWhere
}

/** What is to be written, and how many rows of it there will be; null where that is not known before. */
interface Content {
  readonly name: string
  readonly format: FileFormat
  readonly rows: number | null
  readonly pieces: () => Iterable<FilePiece>
}

/** What its user wants as a file, where they say. One at a time; the page learns no path. */
export function createSaveService({ storage, catalog, hub, log, paths, askWhere }: Needs) {
  let running: AbortController | null = null
  let unfinished: string | null = null

  async function save({ name, format, rows, pieces }: Content): Promise<Result<SavedView>> {
    if (running !== null) return refused('too_many')
    const mine = new AbortController()
    running = mine
    let rowCount = 0
    async function* texts(): AsyncGenerator<string> {
      for (const piece of pieces()) {
        rowCount += piece.rowCount
        yield piece.text
        hub.emit('saving.progress', { rowCount, rows })
        // Everything else goes on between two pieces, a wish to stop among it.
        await setImmediate()
        if (mine.signal.aborted) return
      }
    }
    try {
      const path = await askWhere({ name: `${name}.${format}`, format })
      if (path === null || mine.signal.aborted) return refused('cancelled')
      const begun = (file: string) => void (unfinished = file)
      const failure = await saveWhole({ path, own: paths.profile, texts: texts(), signal: mine.signal, begun })
      return failure === null ? done({ rowCount }) : refused(failure)
    } catch (error) {
      // The file is closed under it when the app ends.
      if (mine.signal.aborted) return refused('cancelled')
      log.error('saving a file', error)
      return refused('internal')
    } finally {
      running = null
      unfinished = null
    }
  }

  return {
    spend({ query, what, format }: { query: SpendQuery; what: 'groups' | 'steps' | 'calls'; format: FileFormat }) {
      const { range, filter, by } = query
      if (!isRange(range)) return Promise.resolve(refused('bad_request', 'query'))
      const days = range.from === range.to ? range.from : `${range.from} to ${range.to}`
      const name = `Latchkey spend ${days}, ${what === 'calls' ? 'calls' : what === 'steps' ? 'over time' : `by ${by}`}`
      if (what === 'calls') {
        const rows = addUp(storage.spendCalls.sums(range, filter, ['provider'])).calls
        return save({ name, format, rows, pieces: () => callPieces({ storage, catalog }, query, format) })
      }
      const all = what === 'groups' ? exportGroups : exportSteps
      return save({ name, format, rows: null, pieces: () => [all({ storage, catalog }, query, format)] })
    },

    decisions({ budgetId, format }: { budgetId: BudgetId | null; format: FileFormat }) {
      const pieces = () => exportDecisions(storage, budgetId, format)
      return save({ name: 'Latchkey budget history', format, rows: null, pieces })
    },

    /** Stops what is being written; nothing of it stays. */
    cancel(): Result<null> {
      running?.abort()
      return done(null)
    },

    /** The app ends. Synchronous: what is unfinished is gone with it. */
    close(): void {
      running?.abort()
      try {
        if (unfinished !== null) rmSync(unfinished, { force: true })
      } catch (error) {
        log.error('removing an unfinished file', error)
      }
    },
  }
}

/** What can be asked of it. */
export type SaveService = ReturnType<typeof createSaveService>

function* callPieces(needs: Pick<Needs, 'storage' | 'catalog'>, query: SpendQuery, format: FileFormat) {
  for (let after: CallId | null = null; ;) {
    const piece = exportCalls(needs, query, format, after)
    // The call it would go on after cannot go: rows of calls are never removed.
    if (piece === null) throw new Error('a call is gone while calls are written')
    yield piece
    after = piece.next
    if (after === null) return
  }
}
