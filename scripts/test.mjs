/**
 * `npm test`: installs what is missing, then runs format check, lint, types, unit tests, build, integration tests and
 * end-to-end tests. A step that fails does not keep the others from running. `npm test -- unit` runs a part.
 */
import './lib/refuse-ancient-node.mjs'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { CHROMIUM_ADVICE, findChromium } from './lib/chromium.mjs'
import { electronBinary } from './lib/electron.mjs'
import { ensureInstalled, npmCommand } from './lib/install.mjs'
import { usableNode } from './lib/node-choice.mjs'
import { REPORTS } from './lib/paths.mjs'
import { isBuildMachine, Problem, runScript, tellProblem, writeLog } from './lib/problem.mjs'
import { capture, runVisibly, step } from './lib/steps.mjs'
import { readFailures } from './lib/test-failures.mjs'
import { judge, planSteps, summarize } from './lib/test-plan.mjs'
import { readReport } from './lib/test-reports.mjs'

await runScript('test', async () => {
  const plan = planSteps(process.argv.slice(2))
  // A report of another run must not count for this one.
  rmSync(REPORTS, { recursive: true, force: true })
  await ensureInstalled()
  const node = usableNode()

  /** @type {import('./lib/test-plan.mjs').StepResult[]} */
  const results = []
  /** @type {string | undefined} */
  let chromium
  for (const planned of plan) {
    console.log(`\n── ${planned.name} ──`)
    if (planned.needsChromium) chromium ??= await obtainChromium()
    const obstacle = obstacleTo(planned, results, chromium)
    if (obstacle !== undefined) {
      console.log(`Not run: ${obstacle}`)
      results.push({ name: planned.name, result: 'not run', seconds: 0, counts: undefined, problem: obstacle })
      continue
    }
    const started = performance.now()
    const exitCode = planned.name === 'build' ? await build(node) : await runPart(planned, chromium)
    results.push(
      judge({
        name: planned.name,
        exitCode,
        seconds: (performance.now() - started) / 1000,
        report: planned.runner === undefined ? undefined : readReport(REPORTS, planned.name),
      }),
    )
  }

  // At the end, where it is seen however much came before.
  for (const { name, counts } of results) {
    const failures = counts === undefined ? [] : readFailures(REPORTS, name)
    if (failures.length > 0) console.log(`\n── failed in ${name} ──\n${failures.join('\n')}`)
  }

  console.log(`\n${summarize(results).join('\n')}`)
  return results.every(({ result }) => result === 'passed') ? 0 : 1
})

/**
 * @param {import('./lib/test-plan.mjs').PlannedStep} planned
 * @param {readonly import('./lib/test-plan.mjs').StepResult[]} results so far
 * @param {string | undefined} chromium
 */
function obstacleTo(planned, results, chromium) {
  if (planned.needsBuild && results.some(({ name, result }) => name === 'build' && result !== 'passed')) {
    return 'there is no build'
  }
  const windowless = planned.name === 'e2e' && chromium === undefined && electronBinary() === undefined
  return windowless ? 'there is neither Electron nor Chromium' : undefined
}

/** @param {string} node */
async function build(node) {
  try {
    await ensureBuilt(node)
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tellProblem(error)
    return 1
  }
}

/**
 * @param {import('./lib/test-plan.mjs').PlannedStep} planned
 * @param {string | undefined} chromium
 */
function runPart({ name, script, runner }, chromium) {
  const report = join(REPORTS, `${name}.json`)
  const reporters =
    runner === 'vitest' ? ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
  const env = chromium === undefined ? {} : { ELECTRON_STANDIN_CHROMIUM: chromium }
  return runVisibly({ ...npmCommand(['run', '--silent', script, ...reporters]), env })
}

/**
 * A Chromium for the tests. On a Debian build machine it is installed; on anybody's own machine that is theirs to do.
 *
 * @returns {Promise<string | undefined>}
 */
async function obtainChromium() {
  const mayInstall = isBuildMachine() && process.getuid?.() === 0
  if (findChromium() === undefined && mayInstall && existsSync('/usr/bin/apt-get')) await installChromium()
  const chromium = findChromium()
  if (chromium === undefined) console.log(`Some tests need a browser: ${CHROMIUM_ADVICE}.`)
  return chromium
}

async function installChromium() {
  const { code, output } = await step('Installing Chromium', aptInstallChromium, (result) => result.code === 0)
  if (code !== 0) tellProblem(new Problem(`  details in ${writeLog('chromium', output)}`, output))
}

async function aptInstallChromium() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  // A list that cannot be refreshed is often good enough; the installation itself decides.
  const update = await capture({ file: 'apt-get', args: ['update', '-q'], env })
  const args = ['install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core', 'strace']
  const { code, output } = await capture({ file: 'apt-get', args, env })
  return { code, output: update.output + output }
}
