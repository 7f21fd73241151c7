import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { LOGS, ROOT } from './paths.mjs'

/** Something the reader can do something about: one sentence, no stack trace. */
export class Problem extends Error {
  /**
   * @param {string} sentence
   * @param {string} [output] of the program that failed, for those who cannot open its log
   */
  constructor(sentence, output = '') {
    super(sentence)
    this.output = output
  }
}

/**
 * Keeps what nobody wants on the screen and names where it lies, relative to the project.
 *
 * @param {string} name
 * @param {string} text
 * @returns {string}
 */
export function writeLog(name, text) {
  mkdirSync(LOGS, { recursive: true })
  const file = join(LOGS, `${name}.log`)
  writeFileSync(file, text)
  return relative(ROOT, file)
}

/**
 * Tells a problem on the terminal: its sentence, and the output behind it on a build machine, where the log is lost.
 *
 * @param {Problem} problem
 */
export function tellProblem(problem) {
  if (isBuildMachine() && problem.output !== '') console.error(problem.output.trimEnd())
  console.error(problem.message)
}

/** Whether this is a continuous-integration run, by the variable they all set. */
export function isBuildMachine() {
  return /^(1|true)$/.test(process.env['CI'] ?? '')
}

/**
 * Runs a script to its exit code. A `Problem` becomes its sentence; anything else one line and a log.
 *
 * @param {string} name of the log
 * @param {() => Promise<number>} work
 */
export async function runScript(name, work) {
  try {
    process.exitCode = await work()
  } catch (error) {
    if (error instanceof Problem) {
      tellProblem(error)
      process.exitCode = 1
      return
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    console.error(`Something unexpected went wrong: ${firstLine(text)} ${whereLogged(name, text)}`)
    process.exitCode = 1
  }
}

/** @param {string} text */
function firstLine(text) {
  return text.split('\n', 1)[0] ?? ''
}

/**
 * The folder may be the very thing that is read-only.
 *
 * @param {string} name
 * @param {string} text
 */
function whereLogged(name, text) {
  try {
    return `(details in ${writeLog(name, text)})`
  } catch {
    return '(the details could not be written to a file)'
  }
}
