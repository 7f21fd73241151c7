import type { Benchmark } from '../harness'
import { ledgerInsert } from './ledger-insert'
import { priceAndBook } from './price-and-book'
import { spendMonth } from './spend-month'

/** Every benchmark, in the order they run. */
export const ENTRIES: readonly Benchmark[] = [priceAndBook, ledgerInsert, spendMonth]
