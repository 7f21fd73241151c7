import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { Problem } from './problem.mjs'

/** What Electron's tools and better-sqlite3 need. An older one does not fail politely: the database crashes it. */
export const NEEDED = '22.12.0'

/**
 * @param {string} version `v20.1.2` or `20.1.2`
 * @param {string} needed
 */
export function isAtLeast(version, needed) {
  const [is, must] = [version, needed].map((text) => text.replace(/^v/, '').split('.').map(Number))
  for (let index = 0; index < 3; index += 1) {
    const difference = (is?.[index] ?? 0) - (must?.[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/**
 * The package that carries Node for a system; such packages say `win` for Windows.
 *
 * @param {string} platform
 * @param {string} arch
 */
export function nodePackageFor(platform, arch) {
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`
}

/**
 * Which Node the project runs on. `pinned` is the one npm installs for this system, where there is one.
 *
 * @param {{ version: string, execPath: string, pinned: 'none' | 'not installed' | { path: string } }} found
 * @returns {{ use: string } | { install: true } | { problem: string }}
 */
export function chooseNode({ version, execPath, pinned }) {
  if (isAtLeast(version, NEEDED)) return { use: execPath }
  if (pinned === 'not installed') return { install: true }
  if (pinned !== 'none') return { use: pinned.path }
  return {
    problem: `Latchkey needs Node ${NEEDED} or newer and this is ${version}; install a newer Node and try again.`,
  }
}

/**
 * Where the pinned Node of this system stands.
 *
 * @returns {'none' | 'not installed' | { path: string }}
 */
export function pinnedNode() {
  const name = nodePackageFor(process.platform, process.arch)
  const { optionalDependencies = {} } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  if (!(name in optionalDependencies)) return 'none'
  const path = join(ROOT, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(path) ? { path } : 'not installed'
}

/** Whether an installation is what stands between us and a usable Node. Throws where not even that would help. */
export function nodeNeedsInstall() {
  const choice = chooseNode({ version: process.version, execPath: process.execPath, pinned: pinnedNode() })
  if ('problem' in choice) throw new Problem(choice.problem)
  return 'install' in choice
}

/**
 * The Node to run everything with, once packages are installed.
 *
 * @returns {string}
 */
export function usableNode() {
  const pinned = pinnedNode()
  const choice = chooseNode({ version: process.version, execPath: process.execPath, pinned })
  if ('problem' in choice) throw new Problem(choice.problem)
  // On a system with another C library, such as Alpine, the file is there but does not run.
  if ('use' in choice && (choice.use === process.execPath || runs(choice.use))) return choice.use
  throw new Problem(
    `Latchkey needs Node ${NEEDED} or newer, this is ${process.version}, and the one npm should have installed does not run here; install a newer Node and try again.`,
  )
}

/** @param {string} node */
function runs(node) {
  return spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0
}
