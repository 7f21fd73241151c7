import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ROOT } from './paths.mjs'
import { Problem, writeLog } from './problem.mjs'

const HEARTBEAT_MS = 10_000

/**
 * Announces a long step, says every ten seconds that it is still going on, and how long it took.
 *
 * @template Result
 * @param {string} label
 * @param {() => Promise<Result>} work
 * @param {(result: Result) => boolean} [succeeded] for work that answers with its failure instead of throwing it
 * @returns {Promise<Result>}
 */
export async function step(label, work, succeeded = () => true) {
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  let outcome = 'failed'
  console.log(`${label} …`)
  const heartbeat = setInterval(() => {
    console.log(`  still working, ${seconds()} s`)
  }, HEARTBEAT_MS)
  try {
    const result = await work()
    if (succeeded(result)) outcome = 'done'
    return result
  } finally {
    clearInterval(heartbeat)
    console.log(`  ${outcome} after ${seconds()} s`)
  }
}

/**
 * @typedef {object} Command
 * @property {string} file
 * @property {readonly string[]} args
 * @property {Readonly<Record<string, string | undefined>>} [env] added to ours; undefined removes
 * @property {boolean} [shell]
 */

/**
 * Runs a command and keeps its output.
 *
 * @param {Command} command
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(command) {
  return new Promise((resolve) => {
    /** @type {string[]} */
    const output = []
    const child = spawn(command.file, command.args, optionsOf(command, ['ignore', 'pipe', 'pipe']))
    child.stdout?.setEncoding('utf8').on('data', (text) => output.push(text))
    child.stderr?.setEncoding('utf8').on('data', (text) => output.push(text))
    child.on('error', (error) => {
      resolve({ code: 127, output: `${output.join('')}${error.message}\n` })
    })
    child.on('close', (code, signal) => {
      resolve({ code: exitCodeOf(code, signal), output: output.join('') })
    })
  })
}

/**
 * Runs a command out of sight; when it fails, its output goes to a log and the sentence names it.
 *
 * @param {Command} command
 * @param {{ log: string, sentence: (output: string) => string }} failure
 */
export async function runQuietly(command, { log, sentence }) {
  const { code, output } = await capture(command)
  if (code !== 0) throw new Problem(`${sentence(output)} (details in ${writeLog(log, output)}).`, output)
}

/**
 * Runs a command on our own terminal and answers with its exit code.
 *
 * @param {Command} command
 * @returns {Promise<number>}
 */
export function runVisibly(command) {
  return new Promise((resolve, reject) => {
    const child = spawn(command.file, command.args, optionsOf(command, 'inherit'))
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => child.kill(signal)
    process.on('SIGINT', stay)
    process.on('SIGTERM', forward)
    process.on('SIGHUP', forward)
    const done = () => {
      process.off('SIGINT', stay)
      process.off('SIGTERM', forward)
      process.off('SIGHUP', forward)
    }
    child.on('error', (error) => {
      done()
      reject(error)
    })
    child.on('close', (code, signal) => {
      done()
      resolve(exitCodeOf(code, signal))
    })
  })
}

/** Ctrl-C reaches a child by itself, through the terminal; we stay until it has ended. */
function stay() {}

/**
 * @param {Command} command
 * @param {import('node:child_process').StdioOptions} stdio
 */
function optionsOf({ env = {}, shell = false }, stdio) {
  return { cwd: ROOT, env: { ...process.env, ...env }, shell, stdio, windowsHide: false }
}

/**
 * As a shell reports it: 128 and the number for a signal.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  if (code !== null) return code
  return signal === null ? 1 : 128 + constants.signals[signal]
}
