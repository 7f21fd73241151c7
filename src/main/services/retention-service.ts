import { firstLook, isFutureWrong, look, steadySince, type BelievedClock } from '../../core/believed-clock'
import type { ConversationId } from '../../core/ids'
import { deletedFromMs, isDue, isHeld, type Retention } from '../../core/retention'
import type { ConversationRetentionView, DeletionView, RetentionPreviewView } from '../../shared/ipc/data-views'
import type { Log } from '../log'
import type { Clock } from '../ports'
import type { Kept } from '../storage/conversations'
import type { Storage } from '../storage/storage'
import type { Schedule } from './late-settlement'

const HOUR_MS = 3_600_000

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
 * Deletes conversations that are past their time, and those the user has deleted once they cannot be brought back. Money
 * stays. It goes by the believed clock, so that no leap of the system's deletes anything.
 */
export function createRetentionService({ storage, clock, log, schedule, general, changed }: Needs) {
  const { conversations, believedClock, traces } = storage
  let cancel: (() => void) | null = null
  /** What the user had deleted when the last hour struck, and when: whoever stands there still has had an hour to undo it. */
  let deletedBefore: ReadonlyMap<ConversationId, number | null> = new Map()

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
          storage.budgets.removeOf(id)
        }
      })
    }
    if (logHolds) logHolds = !traces.emptyLog()
    if (logHolds) log.error('emptying the log of the file', new Error('it is being read'))
    return { conversations: gone.length, copies: copies?.removed ?? 0 }
  }

  const isOver = (kept: Kept, now: BelievedClock): boolean =>
    !kept.isDeleted && isDue(ruleOf(kept), kept.activeMs, now.nowMs) && isIdle(kept.id)

  const sweepAway = (also: (kept: Kept) => boolean): Swept => {
    const now = lookAtClock()
    const swept = remove(conversations.allKept().filter((kept) => isOver(kept, now) || also(kept)))
    if (swept.conversations > 0) changed()
    return swept
  }

  /** Nothing else may take what can still be brought back, or every change of a setting would shorten the time for it. */
  const sweepHour = (): void => {
    const before = deletedBefore
    const deleted = conversations.allKept().filter(({ isDeleted }) => isDeleted)
    deletedBefore = new Map(deleted.map(({ id, deletedMs }) => [id, deletedMs]))
    sweepAway(({ id, isDeleted, deletedMs }) => isDeleted && before.get(id) === deletedMs)
  }

  /** At either end of a run: nothing that is over outlives it. */
  const sweepAll = (): void => {
    const now = lookAtClock()
    const ends = (kept: Kept) => kept.isDeleted || ruleOf(kept) === 'until_quit' || isOver(kept, now)
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
      orLater(() => void (storage.isOpen() && sweepHour()))
      everyHour()
      return Promise.resolve()
    })
  }

  const current = (): BelievedClock => believedClock.get() ?? firstLook(clock.now(), null)

  const deletionOf = (kept: Kept): DeletionView => {
    const rule = ruleOf(kept)
    if (rule === 'until_quit') return { when: 'at_quit' }
    const now = current()
    const fromMs = deletedFromMs(rule, kept.activeMs)
    // Said in the system's time, which may stand elsewhere than the believed one.
    return fromMs === null
      ? { when: 'never' }
      : { when: 'at', atMs: clock.now() + Math.max(0, fromMs - now.nowMs), held: isHeld(rule, kept.activeMs, now) }
  }

  return {
    /** The time to delete by. */
    believedMs: (): number => current().nowMs,

    /** Before anything is shown; then every hour. */
    start(): void {
      orLater(() => {
        sweepAll()
        // A kill takes a private conversation, and leaves what was set for it.
        storage.budgets.removeLost()
      })
      everyHour()
    },

    /** What is past its time; not what can be brought back. */
    sweep: (): Swept => sweepAway(() => false),

    /** Also what the user has deleted just now. */
    sweepTrash: (): Swept => sweepAway(({ isDeleted }) => isDeleted),

    /** How long a conversation is kept; the answer for one that does not exist is never shown. */
    viewOf(id: ConversationId): ConversationRetentionView {
      const kept = conversations.kept(id)
      if (kept === undefined) return { own: null, deletion: { when: 'never' } }
      return { own: kept.own, deletion: deletionOf(kept) }
    },

    /** What a general retention would mean. Changes nothing. */
    preview(retention: Retention): RetentionPreviewView {
      const now = lookAtClock()
      const following = conversations
        .allKept()
        .filter(({ own, isPrivate, isDeleted }) => own === null && !isPrivate && !isDeleted)
      return {
        conversations: following.length,
        deletedNow: following.filter(({ activeMs }) => isDue(retention, activeMs, now.nowMs)).length,
        deletedAtQuit: retention === 'until_quit' ? following.length : 0,
        held: following.filter(({ activeMs }) => isHeld(retention, activeMs, now)).length,
      }
    },

    /** Past their time, and kept while the clock is doubted. */
    heldCount(): number {
      const now = current()
      const all = conversations.allKept().filter(({ isDeleted }) => !isDeleted)
      return all.filter((kept) => isHeld(ruleOf(kept), kept.activeMs, now)).length
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
