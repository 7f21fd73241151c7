/**
 * `npm start`: installs, builds and downloads what is missing, then starts the app. Arguments after `--` go to the app,
 * except `--retry-electron`, which tries a failed download again at once.
 */
import './lib/refuse-ancient-node.mjs'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { CHROMIUM_ADVICE, findChromium } from './lib/chromium.mjs'
import { decidePreview, electronArguments, obtainElectron } from './lib/electron.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { pinnedNode, usableNode } from './lib/node-choice.mjs'
import { ROOT } from './lib/paths.mjs'
import { Problem, runScript } from './lib/problem.mjs'
import { runVisibly } from './lib/steps.mjs'

const RETRY = '--retry-electron'
const STANDIN = join(ROOT, 'tests', 'electron-standin', 'dist', 'electron')

/**
 * Variables Node and Electron read before the app could refuse them: they would open a debugger, print request headers,
 * write TLS secrets to a file or trust another certificate authority with the keys.
 */
const UNWANTED = Object.fromEntries(
  [
    'ELECTRON_ENABLE_LOGGING',
    'ELECTRON_LOG_FILE',
    'NODE_DEBUG',
    'NODE_EXTRA_CA_CERTS',
    'NODE_OPTIONS',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'NODE_USE_ENV_PROXY',
    'SSLKEYLOGFILE',
  ].map((name) => [name, undefined]),
)

await runScript('start', async () => {
  const args = process.argv.slice(2).filter((argument) => argument !== RETRY)
  await ensureInstalled()
  const node = usableNode()
  await ensureBuilt(node)
  const electron = await obtainElectron({ node, retry: process.argv.includes(RETRY) })
  if ('binary' in electron) return startElectron(electron.binary, args)
  console.log(electron.missing)
  return startPreview(node, args)
})

/**
 * @param {string} binary
 * @param {readonly string[]} args
 */
function startElectron(binary, args) {
  const overridden = Boolean(process.env['ELECTRON_OVERRIDE_DIST_PATH'])
  const ownDisplay = args.some((argument) => argument.startsWith('--ozone-platform='))
  if (process.platform === 'linux' && !hasDisplay() && !overridden && !ownDisplay) {
    throw new Problem(
      'There is no display to open a window on; set DISPLAY or WAYLAND_DISPLAY, or use xvfb-run npm start.',
    )
  }
  const start = electronArguments({ platform: process.platform, uid: process.getuid?.(), args })
  if (start.sandboxOff) console.log("Running as root: Chromium's sandbox is off, as it refuses to start otherwise.")
  // Editors set this in their terminals; Electron would run as a plain Node.
  return runVisibly({ file: binary, args: start.args, env: { ...UNWANTED, ELECTRON_RUN_AS_NODE: undefined } })
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 */
function startPreview(node, args) {
  const system = {
    platform: process.platform,
    display: hasDisplay(),
    standin: existsSync(STANDIN),
    chromium: findChromium(),
  }
  const decision = decidePreview(system, CHROMIUM_ADVICE)
  if ('problem' in decision) throw new Problem(decision.problem)
  console.log(
    'PREVIEW, not Electron: the same built app in a Chromium window, without system keyring, menus and tray, and with data of its own.',
  )
  const pinned = pinnedNode()
  return runVisibly({
    file: STANDIN,
    args: [ROOT, ...withOwnData(args)],
    env: {
      ...UNWANTED,
      ELECTRON_STANDIN_PREVIEW: '1',
      ELECTRON_STANDIN_NODE: typeof pinned === 'object' ? pinned.path : node,
      ELECTRON_STANDIN_CHROMIUM: decision.preview,
    },
  })
}

/**
 * A preview has no keyring, so it must not be let near the keys Electron sealed.
 *
 * @param {readonly string[]} args
 */
function withOwnData(args) {
  if (args.some((argument) => argument.startsWith('--user-data-dir='))) return args
  const settings = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config')
  return [`--user-data-dir=${join(settings, 'Latchkey Preview')}`, ...args]
}

function hasDisplay() {
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])
}
