/**
 * `npm run electronegativity`: a foreign look at the built app, for what it calls HIGH and is sure of. Outside `npm test`:
 * it is downloaded, and asks the network about Electron's releases.
 */
import './lib/refuse-ancient-node.mjs'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { explainFailedRun, readReport } from './lib/electronegativity-report.mjs'
import { ensureInstalled, npmCommand } from './lib/install.mjs'
import { usableNode } from './lib/node-choice.mjs'
import { ROOT } from './lib/paths.mjs'
import { Problem, runScript, writeLog } from './lib/problem.mjs'
import { capture, step } from './lib/steps.mjs'

const PINNED = '@doyensec/electronegativity@1.10.3'

/** What it must find, or it has looked at nothing: its parser leaves out what it does not understand, without a word. */
const CONTROL = `const { BrowserWindow } = require('electron')
new BrowserWindow({ webPreferences: { contextIsolation: false, nodeIntegration: true, sandbox: false, webSecurity: false } })
`

/** Offline it fails in a timer, outside of anything it catches, and would end before it has written its report. */
const TOLERANT = `process.on('uncaughtException', (error) => console.error(error.message))\n`

/** It writes the head of its table beside the rows, and sometimes over the first of them. */
const ATTEMPTS = 3

await runScript('electronegativity', async () => {
  await ensureInstalled()
  await ensureBuilt(usableNode())
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-electronegativity-'))
  try {
    return await scan(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** @param {string} folder */
async function scan(folder) {
  const scanned = join(folder, 'scanned')
  const control = join(scanned, 'control')
  mkdirSync(control, { recursive: true })
  writeFileSync(join(control, 'bad.js'), CONTROL)
  writeFileSync(join(folder, 'tolerant.cjs'), TOLERANT)
  copyApp(join(scanned, 'app'))
  const { report, output, code } = await step('Asking electronegativity', () => ask(folder, scanned))
  const inControl = report.serious.filter(({ file }) => file.startsWith(control + sep))
  if (inControl.length === 0) {
    throw new Problem(`${explainFailedRun(output)} (details in ${writeLog('electronegativity', output)}).`, output)
  }
  const found = report.serious.filter((finding) => !inControl.includes(finding))
  for (const { issue, file, location, sample } of found) {
    console.log(`${issue} ${file.replace(scanned + sep, '')}:${location}  ${sample}`)
  }
  console.log(`${found.length} HIGH of which it is sure, of ${report.all} findings; the bad example was found.`)
  if (code !== 0 || /ENOTFOUND|No connectivity/.test(output)) {
    console.log('It could not reach the network: whether this Electron has known holes was not asked.')
  }
  return found.length === 0 ? 0 : 1
}

/**
 * @param {string} folder
 * @param {string} scanned
 */
async function ask(folder, scanned) {
  const file = join(folder, 'report.csv')
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8'))
  const args = ['exec', '--yes', `--package=${PINNED}`, '--', 'electronegativity']
  const command = npmCommand([...args, '-i', scanned, '-o', file, '-v', 'false', '-e', version])
  const env = { NODE_OPTIONS: `--require ${JSON.stringify(join(folder, 'tolerant.cjs'))}` }
  for (let attempt = 1; ; attempt += 1) {
    rmSync(file, { force: true })
    const { code, output } = await capture({ ...command, env })
    try {
      return { code, output, report: readReport(readIfThere(file)) }
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
    }
  }
}

/**
 * The bundles that speak to Electron, and the page. Not the providers' SDKs and the vocabulary, which take it minutes.
 *
 * @param {string} target
 */
function copyApp(target) {
  for (const part of ['main', 'preload', 'renderer']) {
    mkdirSync(join(target, part), { recursive: true })
    for (const name of readdirSync(join(ROOT, 'out', part))) {
      const file = join(ROOT, 'out', part, name)
      const wanted = name === 'index.html' || (/\.c?js$/.test(name) && readFileSync(file, 'utf8').includes('electron'))
      // It knows no .cjs.
      if (wanted) copyFileSync(file, join(target, part, name.replace(/\.cjs$/, '.js')))
    }
  }
  copyFileSync(join(ROOT, 'package.json'), join(target, 'package.json'))
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
