import type { Database } from 'better-sqlite3'
import type { CallId } from '../../core/ids'
import { daysIn } from '../../core/spend-query'
import { entryHash, GENESIS, type LedgerEntry } from './entry-hash'
import { ledgerSums, type Calls, type DifferingCall } from './ledger-sums'

/** What is wrong with a ledger, at the first place where it is. */
export type LedgerFault =
  /** This entry, or the one that should be in its place, is not what was booked. */
  | { readonly kind: 'entry'; readonly seq: number; readonly callId: CallId | null }
  /** Entries are missing at the end, or some were added past it. */
  | { readonly kind: 'end'; readonly seq: number }
  /** The sum kept of this day is not the sum of its lines. */
  | { readonly kind: 'day'; readonly localDay: string }
  /** The sum kept of this month is not the sum of its calls. */
  | { readonly kind: 'month'; readonly month: string }

/** How far a proof has come: a few milliseconds of work lie between two of these. */
export interface ProofStep {
  readonly of: 'entries' | 'calls' | 'days' | 'months'
  readonly done: number
  readonly total: number
}

/** A ledger that is what was booked, and ends so. */
export interface SoundLedger {
  readonly entries: number
  readonly hash: Buffer
}

/** What was not as its lines are, and is now. */
export interface Mended {
  readonly calls: number
  readonly days: number
  /** Whether sums of whole months were let go of as well. */
  readonly months: boolean
}

/** How much is looked at between two steps. */
export interface Portion {
  readonly entries: number
  readonly calls: number
}

const PORTION: Portion = { entries: 1000, calls: 300 }

type ChainedEntry = LedgerEntry & { readonly callId: CallId; readonly hash: Buffer }
type Steps<Value> = Generator<ProofStep, Value, undefined>

/** Something kept beside the ledger that is not what its entries come to. */
type Wrong = { readonly calls: readonly DifferingCall[] } | { readonly day: string } | { readonly month: string }

/**
 * Proves the ledger: entry by entry that nothing was changed, and then that the sums kept are the sums of the lines.
 * Whoever walks it does something else between two steps; what is booked meanwhile is proven as well.
 */
export function ledgerProof(database: Database) {
  const next = database
    .prepare<[number, number], ChainedEntry>(
      `SELECT seq, call_id AS callId, role, model, bucket, units, unit_price AS unitPrice, multiplier,
         price_id AS priceId, pico, pico_upper AS picoUpper, cost_class AS costClass, corrects, reason,
         utc_day AS utcDay, local_day AS localDay, booked_ms AS bookedMs, hash
       FROM ledger_line WHERE seq > ? ORDER BY seq LIMIT ?`,
    )
    .safeIntegers()
  const head = database.prepare<[], { entries: number; hash: Buffer }>(`SELECT entries, hash FROM ledger_head`)
  const sums = ledgerSums(database)

  /** From the first entry to the end. */
  function* chain(limit: number): Steps<SoundLedger | LedgerFault> {
    let entries = 0
    let hash: Buffer = GENESIS
    for (;;) {
      const rows = next.all(entries, limit)
      for (const row of rows) {
        entries += 1
        hash = entryHash(hash, row)
        if (row.seq !== BigInt(entries) || !hash.equals(row.hash)) {
          return { kind: 'entry', seq: entries, callId: row.seq === BigInt(entries) ? row.callId : null }
        }
      }
      const end = head.get()
      if (rows.length === limit) {
        yield { of: 'entries', done: entries, total: Math.max(entries, end?.entries ?? 0) }
        continue
      }
      if (end !== undefined && end.entries === entries && end.hash.equals(hash)) return { entries, hash }
      return { kind: 'end', seq: Math.min(entries, end?.entries ?? 0) + 1 }
    }
  }

  /** Everything that is kept beside it; `found` is told what is wrong, and says whether that is enough. */
  function* compare(limit: number, found: (wrong: Wrong) => boolean): Steps<void> {
    for (let after = 0; after < sums.lastCall(); after += limit) {
      const calls = sums.differingCalls({ after, last: after + limit })
      if (calls.length > 0 && found({ calls })) return
      yield { of: 'calls', done: Math.min(after + limit, sums.lastCall()), total: sums.lastCall() }
    }
    const first = sums.dayAfter('')
    for (let day = first; day !== null; day = sums.dayAfter(day)) {
      if (sums.dayDiffers(day) && found({ day })) return
      yield { of: 'days', ...daysDone(first ?? day, day, sums.lastDay() ?? day) }
    }
    const months = sums.months()
    for (const [index, month] of months.entries()) {
      for (const differs of sums.monthDiffers(month)) {
        if (differs && found({ month })) return
        yield { of: 'months', done: index + 1, total: months.length }
      }
    }
  }

  return {
    /** The first fault, or what was proven. */
    *prove({ entries, calls }: Portion = PORTION): Steps<SoundLedger | LedgerFault> {
      const proven = yield* chain(entries)
      if ('kind' in proven) return proven
      let fault: LedgerFault | null = null
      yield* compare(calls, (wrong) => {
        fault = faultOf(wrong)
        return true
      })
      return fault ?? proven
    },

    /**
     * Writes what is wrong beside a sound ledger anew; of one that is not it only tells the fault. Nothing is changed
     * before the last step is done, and then all at once: whoever stops walking has done nothing. What is written is
     * what calls and lines come to then, and is proven before it counts.
     */
    *rebuild({ entries, calls }: Portion = PORTION): Steps<(SoundLedger & { readonly mended: Mended }) | LedgerFault> {
      const proven = yield* chain(entries)
      if ('kind' in proven) return proven
      const wrongCalls = new Set<number>()
      const wrongDays = new Set<string>()
      let months = false
      yield* compare(calls, (wrong) => {
        if ('calls' in wrong) for (const { seq } of wrong.calls) wrongCalls.add(seq)
        else if ('day' in wrong) wrongDays.add(wrong.day)
        else months = true
        return false
      })
      const stretches = stretchesOf(wrongCalls, calls)
      database
        .transaction(() => {
          for (const stretch of stretches) sums.putCalls(stretch)
          for (const day of wrongDays) sums.putDay(day)
          if (months) sums.forgetMonths()
          if (stretches.some((stretch) => sums.differingCalls(stretch).length > 0))
            throw new Error('a call is not mended')
          for (const day of wrongDays) if (sums.dayDiffers(day)) throw new Error(`${day} is not mended`)
        })
        .immediate()
      return { ...proven, mended: { calls: wrongCalls.size, days: wrongDays.size, months } }
    },
  }
}

function faultOf(wrong: Wrong): LedgerFault {
  if ('month' in wrong) return { kind: 'month', month: wrong.month }
  if ('day' in wrong) return { kind: 'day', localDay: wrong.day }
  return { kind: 'day', localDay: wrong.calls.map(({ day }) => day).toSorted()[0] ?? '' }
}

/** Numbers that follow each other are written together. */
function stretchesOf(numbers: ReadonlySet<number>, most: number): Calls[] {
  const stretches: Calls[] = []
  for (const number of [...numbers].toSorted((a, b) => a - b)) {
    const last = stretches.at(-1)
    if (last?.last === number - 1 && last.last - last.after < most)
      stretches[stretches.length - 1] = { ...last, last: number }
    else stretches.push({ after: number - 1, last: number })
  }
  return stretches
}

function daysDone(from: string, day: string, last: string): Pick<ProofStep, 'done' | 'total'> {
  const done = daysIn({ from, to: day }) ?? 0
  return { done, total: Math.max(done, daysIn({ from, to: last }) ?? 0) }
}
