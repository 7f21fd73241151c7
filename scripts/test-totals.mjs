/**
 * Prints `N passed, N failed` over the reports of the last full `npm test`, as its last line. Exits with 1 when
 * anything failed or a runner left no report or ran no test.
 */
import { REPORTS } from './lib/paths.mjs'
import { readTotals } from './lib/test-reports.mjs'

const { passed, failed, problems } = readTotals(REPORTS)
for (const problem of problems) console.error(problem)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && problems.length === 0 ? 0 : 1
