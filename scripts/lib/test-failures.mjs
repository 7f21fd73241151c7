import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT } from './paths.mjs'

/** Lines of a message that are shown; the whole is in the output above. */
const SHOWN_LINES = 6
const MOST_CHARACTERS = 1_000

/**
 * What failed in a runner's report, a paragraph each: file, test, and how its message begins. Empty where nothing failed
 * or the report cannot be read.
 *
 * @param {string} folder
 * @param {string} runner
 * @returns {string[]}
 */
export function readFailures(folder, runner) {
  try {
    const report = JSON.parse(readFileSync(join(folder, `${runner}.json`), 'utf8'))
    return report.testResults === undefined ? playwrightFailures(report) : vitestFailures(report)
  } catch {
    return []
  }
}

/** @typedef {{ status: string, fullName: string, failureMessages?: string[] }} VitestTest */

/** @param {{ testResults: { name: string, status: string, message?: string, assertionResults: VitestTest[] }[] }} report */
function vitestFailures({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [paragraph(name, 'does not load', message ?? '')] : []
    return failed.map(({ fullName, failureMessages }) => paragraph(name, fullName, failureMessages?.[0] ?? ''))
  })
}

/**
 * @typedef {object} Suite
 * @property {Suite[]} [suites]
 * @property {{ title: string, file: string, ok: boolean, tests: { results: { error?: { message?: string } }[] }[] }[]} [specs]
 */

/** @param {{ suites?: Suite[], errors?: { message?: string }[] }} report */
function playwrightFailures({ suites = [], errors = [] }) {
  /** @type {(suite: Suite) => string[]} */
  const inSuite = ({ suites: inner = [], specs = [] }) => [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ title, file, tests }) => {
        const error = tests.flatMap(({ results }) => results).find((result) => result.error !== undefined)?.error
        return paragraph(file, title, error?.message ?? '')
      }),
    ...inner.flatMap(inSuite),
  ]
  return [
    ...suites.flatMap(inSuite),
    ...errors.map(({ message }) => paragraph('', 'outside of any test', message ?? '')),
  ]
}

/**
 * @param {string} file
 * @param {string} test
 * @param {string} message
 */
function paragraph(file, test, message) {
  // oxlint-disable-next-line no-control-regex -- colours of a terminal
  const plain = message.replaceAll(/\u001B\[[\d;]*m/g, '').slice(0, MOST_CHARACTERS)
  const lines = plain.split('\n').filter((line) => line.trim() !== '')
  const where = file.startsWith(ROOT) ? relative(ROOT, file) : file
  return [`${where} › ${test}`, ...lines.slice(0, SHOWN_LINES).map((line) => `    ${line}`)].join('\n')
}
