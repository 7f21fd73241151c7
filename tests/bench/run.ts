import { closeLab } from './browser/lab'
import { readCommand } from './command'
import { ENTRIES } from './entries'
import { measure, type Outcome, type Run } from './harness'
import { closeLargeLedger } from './large-ledger'
import { closeManyCalls } from './million-calls'
import { asJson, asTable } from './report'

/** Runs what the arguments ask for and answers with what is to be printed. */
export async function runBenchmarks(args: readonly string[], run: Run): Promise<string> {
  const { json, chosen } = readCommand(args, ENTRIES)
  const outcomes: Outcome[] = []
  try {
    for (const benchmark of chosen) {
      run.tell(`${benchmark.name} …`)
      outcomes.push(await measure(benchmark, run, () => performance.now()))
    }
  } finally {
    await closeLab(run)
    await closeLargeLedger(run)
    await closeManyCalls(run)
  }
  return json ? asJson(outcomes) : asTable(outcomes, chosen)
}
