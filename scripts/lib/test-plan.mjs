import { Problem } from './problem.mjs'

/**
 * @typedef {object} PlannedStep
 * @property {string} name as in `--only` and in the summary
 * @property {string} script of package.json; empty for the build
 * @property {'vitest' | 'playwright' | undefined} runner
 * @property {boolean} needsBuild
 * @property {boolean} needsChromium
 */

/** In this order: what is quick to fail first. @type {readonly PlannedStep[]} */
export const STEPS = [
  { name: 'format', script: 'format:check', runner: undefined, needsBuild: false, needsChromium: false },
  { name: 'lint', script: 'lint', runner: undefined, needsBuild: false, needsChromium: false },
  { name: 'types', script: 'types', runner: undefined, needsBuild: false, needsChromium: false },
  { name: 'unit', script: 'test:unit', runner: 'vitest', needsBuild: false, needsChromium: false },
  { name: 'build', script: '', runner: undefined, needsBuild: false, needsChromium: false },
  { name: 'integration', script: 'test:integration', runner: 'vitest', needsBuild: true, needsChromium: true },
  { name: 'e2e', script: 'test:e2e', runner: 'playwright', needsBuild: true, needsChromium: true },
]

/**
 * The steps that were asked for (`unit e2e`, or `--only=unit,e2e`), with the build where one of them needs it; all when
 * none was named.
 *
 * @param {readonly string[]} args
 * @returns {readonly PlannedStep[]}
 */
export function planSteps(args) {
  const names = args.flatMap((argument) => argument.replace(/^--only=/, '').split(',')).filter((name) => name !== '')
  const unknown = names.find((name) => !STEPS.some((step) => step.name === name))
  if (unknown !== undefined) {
    throw new Problem(
      `There is no test step called ${unknown}; there are ${STEPS.map((step) => step.name).join(', ')}.`,
    )
  }
  if (names.length === 0) return STEPS
  const needsBuild = STEPS.some((step) => step.needsBuild && names.includes(step.name))
  return STEPS.filter((step) => names.includes(step.name) || (needsBuild && step.name === 'build'))
}

/**
 * @typedef {object} StepResult
 * @property {string} name
 * @property {'passed' | 'FAILED' | 'not run'} result
 * @property {number} seconds
 * @property {import('./test-reports.mjs').Counts | undefined} counts of a runner
 * @property {string | undefined} problem
 */

/**
 * Whether a step passed: by its exit code, and for a runner by its report as well.
 *
 * @param {{ name: string, exitCode: number, seconds: number, report: import('./test-reports.mjs').Reading | undefined }} run
 * @returns {StepResult}
 */
export function judge({ name, exitCode, seconds, report }) {
  const clean = exitCode === 0 && (report === undefined || (report.problem === undefined && report.counts.failed === 0))
  return {
    name,
    result: clean ? 'passed' : 'FAILED',
    seconds,
    counts: report?.counts,
    problem: report?.problem ?? (exitCode === 0 ? undefined : `exit code ${exitCode}`),
  }
}

/**
 * The table at the end.
 *
 * @param {readonly StepResult[]} results
 * @returns {string[]}
 */
export function summarize(results) {
  const counted = results.flatMap(({ counts }) => (counts === undefined ? [] : [counts]))
  const rows = results.map(({ name, result, seconds, counts, problem }) => [
    name,
    result,
    result === 'not run' ? '' : seconds.toFixed(1),
    ...cells(counts),
    result === 'passed' ? '' : (problem ?? ''),
  ])
  const total = {
    passed: counted.reduce((sum, counts) => sum + counts.passed, 0),
    failed: counted.reduce((sum, counts) => sum + counts.failed, 0),
    skipped: counted.reduce((sum, counts) => sum + counts.skipped, 0),
  }
  const table = [
    ['step', 'result', 'seconds', 'tests passed', 'failed', 'skipped', ''],
    ...rows,
    [
      'total',
      results.every(({ result }) => result === 'passed') ? 'passed' : 'FAILED',
      results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1),
      ...cells(counted.length === 0 ? undefined : total),
      '',
    ],
  ]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  return table.map((row) =>
    row
      .map((cell, column) =>
        column >= 2 && column <= 5 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

/** @param {import('./test-reports.mjs').Counts | undefined} counts */
function cells(counts) {
  return counts === undefined ? ['', '', ''] : [counts.passed, counts.failed, counts.skipped].map(String)
}
