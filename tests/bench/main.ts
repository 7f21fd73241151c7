import { rmSync } from 'node:fs'
import { runScript } from '../../scripts/lib/problem.mjs'
import { withTempDir } from '../support/temp-dir'
import { callsFrom, rowsFrom } from './command'
import { runBenchmarks } from './run'

// Standard output is for figures alone; what builds the app tells how far it is.
console.log = console.error

await runScript('bench', () =>
  withTempDir(async ({ path: folder }) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leave(folder))
    const rows = rowsFrom(process.env['LATCHKEY_BENCH_ROWS'])
    const calls = callsFrom(process.env['LATCHKEY_BENCH_CALLS'])
    const run = { folder, rows, calls, tell: (text: string) => void process.stderr.write(`${text}\n`) }
    process.stdout.write(`${await runBenchmarks(process.argv.slice(2), run)}\n`)
    // A missed target is shown and no failure: times depend on what else the machine does.
    return 0
  }),
)

function leave(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  process.exit(130)
}
