import type { Benchmark } from '../harness'
import { ledgerInsert } from './ledger-insert'
import { openTenThousand } from './open-10k'
import { priceAndBook } from './price-and-book'
import { renderExact } from './render-exact'
import { scrollAnchor } from './scroll-anchor'
import { spendMany } from './spend-many'
import { spendMonth } from './spend-month'
import { streamCpu, streamLongest } from './stream-cpu'
import { streamEvil } from './stream-evil'
import { streamHistory } from './stream-history'
import { tokenToPaint } from './token-to-paint'
import { typeWhileStream } from './type-while-stream'

/** Every benchmark, in the order they run. */
export const ENTRIES: readonly Benchmark[] = [
  streamCpu,
  streamLongest,
  streamHistory,
  typeWhileStream,
  streamEvil,
  renderExact,
  openTenThousand,
  scrollAnchor,
  tokenToPaint,
  priceAndBook,
  ledgerInsert,
  spendMonth,
  ...spendMany,
]
