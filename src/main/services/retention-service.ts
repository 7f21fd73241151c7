import { firstLook, isFutureWrong, look, steadySince, type BelievedClock } from '../../core/believed-clock'
import type { ConversationId } from '../../core/ids'
import { daysLeft, goesFromMs, isDue, isHeld, type Retention } from '../../core/retention'
import type {
  ConversationRetentionView,
  DeletedListView,
  DeletionView,
  GoneView,
  RetentionPreviewView,
} from '../../shared/ipc/data-views'
import type { Log } from '../log'
import type { Clock } from '../ports'
import type { Kept } from '../storage/conversations'
import type { Storage } from '../storage/storage'
import type { Schedule } from './late-settlement'

const HOUR_MS = 3_600_000
/** More than anybody deletes by hand in a month; whoever has is shown those deleted last. */
const LISTED = 1000

interface Needs {
  readonly storage: Storage
  readonly clock: Clock
  readonly log: Log
  readonly schedule: Schedule
  /** For conversations without a time of their own. */
  readonly general: () => Retention
  /** Conversations have gone. */
  readonly changed: () => void
}

/** What a sweep has taken away. */
export interface Swept {
  readonly conversations: number
  readonly copies: number
}

/**
 * Deletes conversations that are past their time, and those the user has deleted once they have waited for theirs. Money
 * stays. It goes by the believed clock, so that no leap of the system's deletes anything.
 */
export function createRetentionService({ storage, clock, log, schedule, general, changed }: Needs) {
  const { conversations, believedClock, traces } = storage
  let cancel: (() => void) | null = null
  /** Rows that are gone may still stand in the log of the file; at first because the last run was killed. */
  let logHolds = true

  const lookAtClock = (): BelievedClock =>
    storage.transaction(() => {
      const wallMs = clock.now()
      const before = believedClock.get()
      const now = before === null ? firstLook(wallMs, believedClock.newestUpTo(wallMs)) : look(before, wallMs)
      const steadyMs = believedClock.steadyMs()
      believedClock.put(now, steadySince(steadyMs, now, wallMs))
      if (isFutureWrong(believedClock.latest(), steadyMs, now)) believedClock.noneAfter(now.nowMs)
      return now
    })

  const ruleOf = ({ own, isPrivate }: Pick<Kept, 'own' | 'isPrivate'>): Retention =>
    isPrivate ? 'until_quit' : (own ?? general())
  const isIdle = (id: ConversationId): boolean => storage.turns.runningIn(id) === undefined

  /**
   * Takes conversations away for good: copies that hold them, rows, budgets, and what the log of the file remembers. The
   * copies first: while one of them stays, the rows in it do, and make the next sweep try again.
   */
  const remove = (going: readonly Kept[]): Swept => {
    const onDisk = going.filter(({ isPrivate }) => !isPrivate).map(({ id }) => id)
    const copies = onDisk.length === 0 ? null : traces.removeCopiesWith(onDisk)
    const left = copies?.left.length ?? 0
    if (left > 0) log.error('removing copies from before an update', new Error(`${left} stayed`))
    const gone = going.filter(({ id }) => copies?.held.has(id) !== true)
    if (gone.length > 0) {
      logHolds = true
      storage.transaction(() => {
        for (const { id } of gone) {
          conversations.remove(id)
          storage.budgets.removeOf(id, clock.now())
        }
      })
    }
    if (logHolds) logHolds = !traces.emptyLog()
    if (logHolds) log.error('emptying the log of the file', new Error('it is being read'))
    return { conversations: gone.length, copies: copies?.removed ?? 0 }
  }

  const isOver = (kept: Kept, now: BelievedClock): boolean => isDue(ruleOf(kept), kept, now.nowMs) && isIdle(kept.id)

  const sweepAway = (also: (kept: Kept) => boolean): Swept => {
    const now = lookAtClock()
    const swept = remove(conversations.allKept().filter((kept) => isOver(kept, now) || also(kept)))
    if (swept.conversations > 0) changed()
    return swept
  }

  const sweep = (): Swept => sweepAway(() => false)

  /** At either end of a run: nothing that is over outlives it. */
  const sweepAll = (): void => {
    const now = lookAtClock()
    const ends = (kept: Kept) => ruleOf(kept) === 'until_quit' || isOver(kept, now)
    remove(conversations.allKept().filter(ends))
  }

  /** Deleting later is better than not starting, or not closing. */
  const orLater = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      log.error('deleting what is past its time', error)
    }
  }

  const everyHour = (): void => {
    cancel = schedule(HOUR_MS, () => {
      orLater(() => void (storage.isOpen() && sweep()))
      everyHour()
      return Promise.resolve()
    })
  }

  const current = (): BelievedClock => believedClock.get() ?? firstLook(clock.now(), null)

  const deletionOf = (kept: Kept): DeletionView => {
    const rule = ruleOf(kept)
    if (rule === 'until_quit') return { when: 'at_quit' }
    const now = current()
    const fromMs = goesFromMs(rule, kept)
    // Said in the system's time, which may stand elsewhere than the believed one.
    return fromMs === null
      ? { when: 'never' }
      : { when: 'at', atMs: clock.now() + Math.max(0, fromMs - now.nowMs), held: isHeld(rule, kept, now) }
  }

  const goneOf = (kept: Kept, now: BelievedClock): GoneView => {
    const rule = ruleOf(kept)
    const fromMs = goesFromMs(rule, kept)
    if (rule === 'until_quit' || fromMs === null) return { when: 'at_quit' }
    return isHeld(rule, kept, now) ? { when: 'held' } : { when: 'in_days', days: daysLeft(fromMs, now.nowMs) }
  }

  return {
    /** The time to delete by. */
    believedMs: (): number => current().nowMs,

    /** Before anything is shown; then every hour. */
    start(): void {
      orLater(() => {
        sweepAll()
        // A kill takes a private conversation, and leaves what was set for it.
        storage.budgets.removeLost(clock.now())
      })
      everyHour()
    },

    /** What is past its time. */
    sweep,

    /** Also what the user has deleted and could have back. */
    sweepTrash: (): Swept => sweepAway(({ isDeleted }) => isDeleted),

    /** Takes one away that was deleted. Throws where some of it stays, which goes with a later sweep. */
    takeDeleted(kept: Kept): void {
      const { conversations: gone } = remove([kept])
      changed()
      if (gone === 0) throw new Error('a copy from before an update could not be removed')
      if (logHolds) throw new Error('the log of the file could not be emptied')
    },

    /** What was deleted and can be had back, the latest first. */
    deleted(): DeletedListView {
      const now = lookAtClock()
      const listed = conversations.trashed(LISTED).map((kept) => ({
        id: kept.id,
        title: kept.title,
        isPrivate: kept.isPrivate,
        // Said in the system's time; by a clock that was wrong then, it may lie ahead.
        deletedMs: clock.now() - Math.max(0, now.nowMs - kept.deletedMs),
        goes: goneOf(kept, now),
      }))
      const all = listed.length < LISTED ? listed : conversations.allKept().filter(({ isDeleted }) => isDeleted)
      return { conversations: listed, total: all.length }
    },

    /** How long a conversation is kept; the answer for one that does not exist is never shown. */
    viewOf(id: ConversationId): ConversationRetentionView {
      const kept = conversations.kept(id)
      if (kept === undefined) return { own: null, deletion: { when: 'never' } }
      return { own: kept.own, deletion: deletionOf(kept) }
    },

    /** What a general retention would mean. Changes nothing. */
    preview(retention: Retention): RetentionPreviewView {
      const now = lookAtClock()
      const atQuit = retention === 'until_quit'
      const following = conversations.allKept().filter(({ own, isPrivate }) => own === null && !isPrivate)
      const [shown, trashed] = [following.filter((each) => !each.isDeleted), following.filter((each) => each.isDeleted)]
      const due = (some: readonly Kept[]) => some.filter((kept) => isDue(retention, kept, now.nowMs)).length
      return {
        conversations: shown.length,
        deletedNow: due(shown),
        deletedAtQuit: atQuit ? shown.length : 0,
        fromTrash: atQuit ? trashed.length : due(trashed),
        held: shown.filter((kept) => isHeld(retention, kept, now)).length,
      }
    },

    /** Past their time, and kept while the clock is doubted. */
    heldCount(): number {
      const now = current()
      const all = conversations.allKept().filter(({ isDeleted }) => !isDeleted)
      return all.filter((kept) => isHeld(ruleOf(kept), kept, now)).length
    },

    /** At quit, once everything that ran is booked. */
    close(): void {
      cancel?.()
      orLater(sweepAll)
    },
    /** Without deleting anything. */
    stop: (): void => cancel?.(),
  }
}

/** What can be asked of it. */
export type RetentionService = ReturnType<typeof createRetentionService>
