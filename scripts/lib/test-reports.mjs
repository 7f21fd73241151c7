import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The runners that leave a report in `test-results/<name>.json`. */
export const RUNNERS = /** @type {const} */ (['unit', 'integration', 'e2e'])

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ counts: Counts, problem: string | undefined }} Reading */

const NOTHING = { passed: 0, failed: 0, skipped: 0 }

/**
 * What a runner's report says. A missing, unreadable or empty one is a problem: no test is not a passed test.
 *
 * @param {string} folder
 * @param {string} runner
 * @returns {Reading}
 */
export function readReport(folder, runner) {
  const file = join(folder, `${runner}.json`)
  if (!existsSync(file)) return { counts: NOTHING, problem: 'no report' }
  /** @type {Partial<VitestReport & PlaywrightReport> | null} */
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { counts: NOTHING, problem: 'unreadable report' }
  }
  const counts = countsOf(report)
  if (counts === undefined) return { counts: NOTHING, problem: 'report of an unknown form' }
  if (counts.passed + counts.failed === 0) return { counts, problem: 'no tests ran' }
  return { counts, problem: undefined }
}

/**
 * @param {Partial<VitestReport & PlaywrightReport> | null} report of vitest or Playwright
 * @returns {Counts | undefined}
 */
export function countsOf(report) {
  if (report?.testResults !== undefined) return vitestCounts(/** @type {VitestReport} */ (report))
  if (report?.stats !== undefined) return playwrightCounts(/** @type {PlaywrightReport} */ (report))
  return undefined
}

/**
 * @typedef {object} VitestReport
 * @property {boolean} success
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults one per file
 */

/** @param {VitestReport} report */
function vitestCounts(report) {
  // A file that does not even load has no failed tests; it counts as one.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = report.numFailedTests + brokenFiles
  return {
    passed: report.numPassedTests,
    // An error outside of any test, such as an unhandled rejection, fails the run without failing a test.
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {unknown[]} errors outside of any test
 */

/** @param {PlaywrightReport} report */
function playwrightCounts({ stats, errors }) {
  // A test that passed only when repeated is one we cannot trust.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}

/**
 * The sum over several reports, and everything that is wrong with them.
 *
 * @param {string} folder
 * @param {readonly string[]} runners
 */
export function readTotals(folder, runners = RUNNERS) {
  const readings = runners.map((runner) => ({ runner, ...readReport(folder, runner) }))
  /** @param {keyof Counts} key */
  const sum = (key) => readings.reduce((total, { counts }) => total + counts[key], 0)
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    problems: readings.flatMap(({ runner, problem }) => (problem === undefined ? [] : [`${runner}: ${problem}`])),
  }
}
