import type { Verdict, WorstCase } from '../../core/budget'
import type { CallId } from '../../core/ids'
import { paceMet, steadyStart, type LoopRule, type Pace, type RecentCall } from '../../core/loop'
import { PICO_PLACES, type Pico } from '../../core/money'
import type { LoopSettings } from '../../shared/ipc/budget-views'
import type { RequestError } from '../../shared/ipc/transport'
import type { Clock } from '../ports'
import type { Storage } from '../storage/storage'

/** At least as many as any rule counts. */
const REMEMBERED = 300

const DOLLARS: Readonly<Record<LoopSettings['spent'], bigint>> = { usd1: 1n, usd5: 5n, usd20: 20n, usd100: 100n }
/** Tokens of an answer that is not short. */
const USUAL_OUTPUT = 4_096

type Going = Pick<Extract<Verdict, { go: true }>, 'outputTokens' | 'reserve'>

interface Needs {
  readonly storage: Storage
  readonly clock: Clock
  /** Null while it is off. */
  readonly rule: () => LoopRule | null
}

/** A call that has left, as it is remembered. */
interface Begun {
  readonly id: CallId
  /** By the clock that never leaps. */
  readonly atMs: number
  /** What counts while it runs. */
  readonly usual: Pico
  /** Its user said that it may leave after many: the count begins with it. */
  readonly afresh: boolean
}

/** What the next call may cost: at most, and with an answer of usual length. Null without a price. */
export interface Departure {
  readonly most: Pico | null
  readonly usual: Pico | null
}

/** Too much has left too fast: which rule was met, and how. */
export interface LoopMet {
  readonly pace: Pace
  readonly rule: LoopRule
  readonly most: Pico | null
}

/**
 * Keeps requests from leaving one after the other with nobody looking on. Every call counts that may cost something, of
 * every conversation and whatever it is for; a yes begins the count anew. What it goes by are the rows of calls, so what
 * was never written down does not count; when they began is remembered here, by a clock that nobody sets.
 */
export function createLoopGuard({ storage, clock, rule }: Needs) {
  let begun = earlierRun(storage, clock)

  /** The newest `most` that are written down, since the last yes. What is not was taken back, yes and all. */
  const latest = (most: number): RecentCall[] => {
    const recent: RecentCall[] = []
    for (const { id, atMs, usual, afresh } of begun.toReversed()) {
      const booked = storage.calls.booked(id)
      if (booked === null) continue
      recent.push({ atMs, pico: booked === 'running' ? usual : booked })
      if (afresh || recent.length === most) break
    }
    return recent
  }

  return {
    /** Whether the next call may leave without a question; null for yes. In the transaction that creates it. */
    check({ most }: Departure): LoopMet | null {
      const now = rule()
      if (now === null || isFree(most)) return null
      const pace = paceMet(now, latest(now.calls), clock.steadyMs())
      return pace && { pace, rule: now, most }
    },

    /** A call is written down. `past`: it may leave although it is one too many, because its user said so. */
    noteBegun(id: CallId, { most, usual }: Departure, past: LoopMet | null): void {
      if (isFree(most)) return
      if (past !== null) {
        const { pace, rule: of } = past
        const about = { callId: id, pace: { ...pace, minutes: of.minutes }, most }
        storage.budgetEvents.add({ kind: 'continued', decidedBy: 'user', atMs: clock.now(), ...about })
      }
      begun = [
        ...begun.slice(1 - REMEMBERED),
        { id, atMs: clock.steadyMs(), usual: usual ?? 0n, afresh: past !== null },
      ]
    },
  }
}

/**
 * What a planned call counts with. While it runs that is an answer of usual length: what budgets hold for the longest one
 * would make four answers at once look like a loop.
 */
export function departureOf(worstCase: WorstCase, { outputTokens, reserve }: Going): Departure {
  return { most: reserve, usual: worstCase(Math.min(outputTokens, USUAL_OUTPUT)) }
}

/** The rule that was set; null for none. */
export function ruleOf({ on, calls, spent, minutes }: LoopSettings): LoopRule | null {
  return on ? { calls, pico: DOLLARS[spent] * 10n ** BigInt(PICO_PLACES), minutes } : null
}

export type LoopGuard = ReturnType<typeof createLoopGuard>

/** Why a request stays here, as the window is told it. */
export function loopError({ pace, rule, most }: LoopMet): RequestError {
  const spent = pace.pico.toString()
  const limits = { calls: rule.calls, limit: rule.pico.toString(), minutes: rule.minutes }
  return {
    code: 'loop_limit',
    loop: { left: pace.calls, spent, ...limits, most: most === null ? null : most.toString() },
  }
}

/** What costs nothing is no loop that costs. */
function isFree(most: Pico | null): boolean {
  return most === 0n
}

/** What left before this start, oldest first. */
function earlierRun(storage: Storage, clock: Clock): readonly Begun[] {
  const latest = storage.calls.latest(REMEMBERED)
  const continued = storage.budgetEvents.lastContinued()
  return latest
    .filter(({ reserved }) => !isFree(reserved))
    .map(({ id, startedMs }) => ({
      id,
      atMs: steadyStart(startedMs, clock.now(), clock.steadyMs()),
      // Nothing of it runs any more.
      usual: 0n,
      afresh: id === continued,
    }))
    .toReversed()
}
