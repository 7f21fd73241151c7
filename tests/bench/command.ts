import { Problem } from '../../scripts/lib/problem.mjs'
import type { Benchmark } from './harness'

/** What was asked for on the command line. */
export interface Command<Entry> {
  readonly json: boolean
  readonly chosen: readonly Entry[]
}

/** Reads `NAME... [--json]`. All benchmarks when none is named; they keep their order. */
export function readCommand<Entry extends Pick<Benchmark, 'name'>>(
  args: readonly string[],
  entries: readonly Entry[],
): Command<Entry> {
  const names = args.filter((argument) => argument !== '--json')
  const unknown = names.find((name) => !entries.some((entry) => entry.name === name))
  if (unknown !== undefined) {
    const known = entries.map(({ name }) => name).join(', ')
    throw new Problem(`There is no benchmark called ${unknown}; there are ${known}.`)
  }
  const chosen = names.length === 0 ? entries : entries.filter(({ name }) => names.includes(name))
  return { json: args.includes('--json'), chosen }
}

const ALL_ROWS = 1_000_000
const ALL_CALLS = 1_000_000

/** How many lines a large ledger has: a million, unless LATCHKEY_BENCH_ROWS says otherwise. */
export function rowsFrom(text: string | undefined): number {
  return countFrom(text, 'LATCHKEY_BENCH_ROWS', ALL_ROWS)
}

/** How many calls the ledger has that reports are made of: a million, unless LATCHKEY_BENCH_CALLS says otherwise. */
export function callsFrom(text: string | undefined): number {
  return countFrom(text, 'LATCHKEY_BENCH_CALLS', ALL_CALLS)
}

function countFrom(text: string | undefined, name: string, all: number): number {
  if (text === undefined || text === '') return all
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (count < 1_000) throw new Problem(`${name} must be a whole number, 1000 or more.`)
  return count
}
