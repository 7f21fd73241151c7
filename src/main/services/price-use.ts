import { setImmediate as turn } from 'node:timers/promises'
import type { SettledMonthView } from '../../shared/ipc/views'
import type { Storage } from '../storage/storage'

/** Entries of the ledger read at a time: a few milliseconds. */
const ENTRIES_AT_ONCE = 10_000

/** What a price has been used for. */
export interface PriceUseCount {
  readonly callCount: number
  readonly firstDay: string
  readonly lastDay: string
}

interface Settled {
  readonly callCount: number
  readonly pico: bigint
}

/**
 * What each price has priced and settled. The ledger only grows, so what was counted stays counted: it is read once, in
 * pieces, and from then on only what is new.
 */
export function createPriceUse({ priceUse, isOpen }: Storage) {
  const used = new Map<string, PriceUseCount>()
  const settled = new Map<string, Map<string, Settled>>()
  let counted = 0
  let counting: Promise<void> | null = null

  const count = (upTo: number): void => {
    for (const { priceId, callCount, firstDay, lastDay } of priceUse.used(counted, upTo)) {
      const before = used.get(priceId) ?? { callCount: 0, firstDay, lastDay }
      used.set(priceId, {
        callCount: before.callCount + callCount,
        firstDay: firstDay < before.firstDay ? firstDay : before.firstDay,
        lastDay: lastDay > before.lastDay ? lastDay : before.lastDay,
      })
    }
    for (const { priceId, month, callCount, pico } of priceUse.settled(counted, upTo)) {
      const months = settled.get(priceId) ?? new Map<string, Settled>()
      const before = months.get(month) ?? { callCount: 0, pico: 0n }
      settled.set(priceId, months.set(month, { callCount: before.callCount + callCount, pico: before.pico + pico }))
    }
    counted = upTo
  }

  const countAll = async (): Promise<void> => {
    while (isOpen() && counted < priceUse.entries()) {
      count(priceUse.stretchAfter(counted, ENTRIES_AT_ONCE))
      await turn()
    }
  }

  return {
    /** Counts what is new. False when the file was closed meanwhile. */
    async read(): Promise<boolean> {
      counting ??= countAll().finally(() => void (counting = null))
      await counting
      return isOpen()
    },
    of: (priceId: string): PriceUseCount | undefined => used.get(priceId),
    /** By local calendar month, oldest first. */
    settledBy: (priceId: string): SettledMonthView[] =>
      [...(settled.get(priceId) ?? [])]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, { callCount, pico }]) => ({ month, callCount, pico: pico.toString() })),
  }
}

/** What can be asked of it. */
export type PriceUseCounts = ReturnType<typeof createPriceUse>
