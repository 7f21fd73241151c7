import type { BookedCost, SpendKey, SpendPart } from '../../../src/main/storage/spend'
import type { Benchmark } from '../harness'
import { largeLedger, largeLedgerFile } from '../large-ledger'
import { monthInArrays, type Cell } from '../month-in-arrays'
import { sameAs, sameSums } from '../right'

/** A whole month in the last of the five years. */
const MONTH = '2026-06'

/** What the spend page asks for when it opens. */
export const spendMonth: Benchmark = {
  name: 'spend-month',
  unit: 'ms',
  measures:
    'a month of a large ledger, its sum and its parts by day, model and provider, against one pass over the lines in typed arrays, which lie in the order they were booked',
  target: 3,
  rounds: 200,
  warmUp: 50,
  async prepare(run) {
    const { spend } = await largeLedger(run)
    const lines = monthInArrays(largeLedgerFile(run), MONTH)
    const ask = () => spend.month(MONTH)
    return {
      baseline: lines.scan,
      subject: ask,
      check() {
        const cells = lines.cells()
        const { cost, parts } = ask()
        sameAs('the sum of the month', cost.atLeast, [...sumsBy(cells, () => '').values()][0])
        for (const by of ['day', 'model', 'provider'] as const) {
          sameSums(
            `the sum by ${by}`,
            sumsOf(parts[by]),
            sumsBy(cells, (cell) => keyOf(cell, by)),
          )
        }
      },
      close: () => undefined,
    }
  },
}

const keyOf = (cell: Cell, by: SpendKey) => `${cell.provider} ${cell[by]}`

function sumsOf(parts: readonly SpendPart[]): Map<string, bigint> {
  const picoOf = ({ atLeast }: BookedCost) => atLeast
  return new Map(parts.map(({ key, provider, cost }) => [`${provider} ${key}`, picoOf(cost)]))
}

function sumsBy(cells: readonly Cell[], key: (cell: Cell) => string): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const cell of cells) sums.set(key(cell), (sums.get(key(cell)) ?? 0n) + cell.pico)
  return sums
}
