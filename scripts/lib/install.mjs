import { existsSync, readFileSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs'
import { nodeNeedsInstall } from './node-choice.mjs'
import { ROOT } from './paths.mjs'
import { runQuietly, step } from './steps.mjs'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lock */

/**
 * Whether node_modules holds what the lock file asks for, judged by the list npm itself leaves there. Packages for
 * other systems may be missing. Only version and integrity count: npm versions differ in the rest.
 *
 * @param {Lock} wanted package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json
 */
export function matchesLock(wanted, installed) {
  if (wanted.packages === undefined || installed?.packages === undefined) return false
  const has = installed.packages
  const asked = Object.entries(wanted.packages).filter(([path]) => path !== '')
  const known = new Set(asked.map(([path]) => path))
  return (
    Object.keys(has).every((path) => known.has(path)) &&
    asked.every(([path, want]) => {
      const got = has[path]
      if (got === undefined) return want.optional === true
      return got.version === want.version && got.integrity === want.integrity
    })
  )
}

/**
 * Whether an installation is needed.
 *
 * @param {{ lockHash: string, stampHash: unknown, nodeMissing: boolean, topLevelPresent: boolean, matches: () => boolean }} state
 *   `stampHash`: of the lock file our last installation was made from; `nodeMissing`: this Node is too old and the
 *   pinned one is not there; `topLevelPresent`: no folder of a direct dependency is missing (people delete them,
 *   sometimes on a tool's advice)
 */
export function needsInstall({ lockHash, stampHash, nodeMissing, topLevelPresent, matches }) {
  if (nodeMissing || !topLevelPresent) return true
  return stampHash !== lockHash && !matches()
}

/**
 * How npm is run. Started by npm, we use that very npm and the Node it runs on.
 *
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, execPath: string, platform: string }} [system]
 * @returns {import('./steps.mjs').Command}
 */
export function npmCommand(args, { env, execPath, platform } = process) {
  const cli = env['npm_execpath']
  if (cli !== undefined && basename(cli) === 'npm-cli.js') {
    return { file: env['npm_node_execpath'] ?? execPath, args: [cli, ...args] }
  }
  return platform === 'win32' ? { file: 'npm.cmd', args, shell: true } : { file: 'npm', args }
}

/**
 * `npm ci`, unless it would have to delete the program we are: Windows does not let go of a running one.
 *
 * @param {{ execPath: string, platform: string }} system
 */
export function installArguments({ execPath, platform }) {
  const runsFromModules = execPath.includes(`${sep}node_modules${sep}`)
  const verb = platform === 'win32' && runsFromModules ? 'install' : 'ci'
  return [verb, '--no-audit', '--no-fund', '--loglevel=error']
}

/**
 * What went wrong, in npm's own output, and what to do about it.
 *
 * @param {string} output
 */
export function explainInstallFailure(output) {
  const reasons = [
    {
      seen: /code EUSAGE/,
      reason: 'package-lock.json does not fit package.json; run npm install to bring it up to date',
    },
    {
      seen: /code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)/,
      reason: 'the package server cannot be reached; check the connection and try again',
    },
    { seen: /code (ETARGET|E404)/, reason: 'a package or its version does not exist where npm looks for it' },
    { seen: /code EINTEGRITY/, reason: 'a package is not the one the lock file names' },
    { seen: /code ENOSPC/, reason: 'the disk is full' },
    { seen: /code (EACCES|EPERM|EROFS)/, reason: 'the project folder cannot be written to' },
    { seen: /ENOENT/, reason: 'npm was not found' },
  ]
  const known = reasons.find(({ seen }) => seen.test(output))
  return `Packages could not be installed${known === undefined ? '' : `: ${known.reason}`}`
}

const MODULES = join(ROOT, 'node_modules')
const STAMP = join(MODULES, '.latchkey-install.json')

/** Installs packages where they are missing or the lock file has changed; otherwise does nothing and says nothing. */
export async function ensureInstalled() {
  const lockHash = fingerprint(ROOT, ['package-lock.json'])
  const needed = needsInstall({
    lockHash,
    nodeMissing: nodeNeedsInstall(),
    stampHash: readStamp(STAMP)?.['lockHash'],
    topLevelPresent: directDependencies().every((name) => existsSync(join(MODULES, name, 'package.json'))),
    matches: () =>
      matchesLock(readJson(join(ROOT, 'package-lock.json')) ?? {}, readJson(join(MODULES, '.package-lock.json'))),
  })
  if (!needed) return
  const first = !existsSync(MODULES)
  await step(first ? 'Installing packages (the first time takes a minute or two)' : 'Updating packages', () =>
    runQuietly(npmCommand(installArguments(process)), {
      log: 'install',
      sentence: explainInstallFailure,
    }),
  )
  writeStamp(STAMP, { lockHash })
}

function directDependencies() {
  const { dependencies = {}, devDependencies = {} } = readJson(join(ROOT, 'package.json')) ?? {}
  return [...Object.keys(dependencies), ...Object.keys(devDependencies)]
}

/** @param {string} file */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
