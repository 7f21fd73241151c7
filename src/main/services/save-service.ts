import { rmSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { BudgetId } from '../../core/ids'
import { isRange, type SpendQuery } from '../../core/spend-query'
import type { SavedView } from '../../shared/ipc/spend-views'
import type { Result } from '../../shared/ipc/transport'
import type { Catalog } from '../catalog/catalog'
import type { Log } from '../log'
import type { AskWhere, Paths } from '../ports'
import { saveWhole, type SaveFailure } from '../storage/saved-file'
import type { Storage } from '../storage/storage'
import { exportDecisions } from './budget-export'
import type { EventHub } from './event-hub'
import type { FileFormat, FilePiece } from './file-pieces'
import { done, refused } from './result'
import { CALLS_AT_ONCE, callsPiece, exportGroups, exportSteps } from './spend-export'
import type { SpendReportService } from './spend-report-service'

/** How often a file is begun anew because something was booked while it was written. */
const MOST_ANEW = 2

/** Something was booked since the file was begun: what comes now would be of another moment. */
class BookedMeanwhile extends Error {}

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly hub: EventHub
  readonly log: Log
  readonly paths: Paths
  readonly askWhere: AskWhere
  readonly reports: Pick<SpendReportService, 'prepare'>
}

/** How many rows there will be, null where that is not known before, and what is written. */
interface Rows {
  readonly rows: number | null
  readonly pieces: Iterable<FilePiece>
}

/** What is to be written. */
interface Content {
  readonly name: string
  readonly format: FileFormat
  /** Done before it begins, while everything else goes on. */
  readonly prepare?: () => Promise<void>
  /** Begins with what there is now. `isFinal`: it will not be begun anew, whatever is booked. */
  readonly begin: (isFinal: boolean) => Rows
}

/** What its user wants as a file, where they say. One at a time; the page learns no path. */
export function createSaveService({ storage, catalog, hub, log, paths, askWhere, reports }: Needs) {
  let running: AbortController | null = null
  let unfinished: string | null = null
  const begun = (file: string) => void (unfinished = file)

  async function save({ name, format, prepare, begin }: Content): Promise<Result<SavedView>> {
    if (running !== null) return refused('too_many')
    const mine = new AbortController()
    running = mine
    let rowCount = 0
    async function* texts(isFinal: boolean): AsyncGenerator<string> {
      if (mine.signal.aborted) return
      rowCount = 0
      const { rows, pieces } = begin(isFinal)
      for (const piece of pieces) {
        rowCount += piece.rowCount
        yield piece.text
        hub.emit('saving.progress', { rowCount, rows })
        // Everything else goes on between two pieces, a wish to stop among it.
        await setImmediate()
        if (mine.signal.aborted) return
      }
    }
    const write = async (path: string, anew: number): Promise<SaveFailure | null> => {
      const isFinal = anew === MOST_ANEW
      try {
        return await saveWhole({ path, own: paths.profile, texts: texts(isFinal), signal: mine.signal, begun })
      } catch (error) {
        if (error instanceof BookedMeanwhile) return write(path, anew + 1)
        throw error
      }
    }
    try {
      const path = await askWhere({ name: `${name}.${format}`, format })
      if (path === null || mine.signal.aborted) return refused('cancelled')
      await prepare?.()
      if (mine.signal.aborted) return refused('cancelled')
      if (!storage.isOpen()) return refused('shutting_down')
      const failure = await write(path, 0)
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
      const { range, by } = query
      if (!isRange(range)) return Promise.resolve(refused('bad_request', 'query'))
      const days = range.from === range.to ? range.from : `${range.from} to ${range.to}`
      const name = `Latchkey spend ${days}, ${what === 'calls' ? 'calls' : what === 'steps' ? 'over time' : `by ${by}`}`
      const prepare = () => reports.prepare(range)
      if (what === 'calls') {
        return save({
          name,
          format,
          prepare,
          begin: (isFinal) => callRows({ storage, catalog }, query, format, isFinal),
        })
      }
      const all = what === 'groups' ? exportGroups : exportSteps
      return save({
        name,
        format,
        prepare,
        begin: () => ({ rows: null, pieces: [all({ storage, catalog }, query, format)] }),
      })
    },

    decisions({ budgetId, format }: { budgetId: BudgetId | null; format: FileFormat }) {
      const begin = () => ({ rows: null, pieces: exportDecisions(storage, budgetId, format) })
      return save({ name: 'Latchkey budget history', format, begin })
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

/** The calls there are now, and no others: one that is settled meanwhile would drop out of its filter, or come into it. */
function callRows(
  needs: Pick<Needs, 'storage' | 'catalog'>,
  { range, filter }: SpendQuery,
  format: FileFormat,
  isFinal: boolean,
): Rows {
  const { spendCalls, priceUse } = needs.storage
  const numbers = spendCalls.numbers(range, filter)
  const entries = priceUse.entries()
  function* pieces(): Generator<FilePiece> {
    for (let at = 0; at === 0 || at < numbers.length; at += CALLS_AT_ONCE) {
      if (!isFinal && priceUse.entries() !== entries) throw new BookedMeanwhile()
      const ids = numbers.slice(at, at + CALLS_AT_ONCE).flatMap((seq) => spendCalls.idOf(seq) ?? [])
      const place = { isFirst: at === 0, isLast: at + CALLS_AT_ONCE >= numbers.length }
      yield callsPiece(needs, ids, format, place)
    }
  }
  return { rows: numbers.length, pieces: pieces() }
}
