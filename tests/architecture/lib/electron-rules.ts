import { badWindow, guardProblem, isUnpackaged, unpackagedOnly } from './electron-checks'
import {
  FORBIDDEN_PREFERENCES,
  GUARDS,
  GUARDS_IN,
  NETWORK_MODULES,
  NETWORK_PLACES,
  ONCE,
  POWERS,
  PREFERENCES,
} from './electron-table'
import { literalText, placeOf, words } from './parse'
import { lastPart, type Use } from './reach'
import { literals, literalValue, settings, type Found, type Read } from './reading'
import { isWithin } from './source-tree'
import { walkValues } from './walk'

export interface Finding {
  readonly rule: string
  readonly place: string
  readonly what: string
}

export interface ElectronRule {
  /** Also the folder of its bad examples: tests/fixtures/electron-rules/<name>. */
  readonly name: string
  readonly says: string
  readonly find: (read: Read) => readonly Found[]
}

export function findBreaches(reads: readonly Read[], rules = ELECTRON_RULES): Finding[] {
  return reads.flatMap((read) =>
    rules.flatMap(({ name, find }) =>
      find(read).map(({ node, what }) => ({ rule: name, place: placeOf(read.source, node.start), what })),
    ),
  )
}

function where(uses: readonly Use[], matches: (use: Use) => boolean): Found[] {
  return uses.filter((use) => matches(use)).map(({ node, path }) => ({ node, what: path }))
}

function isOrBelow(path: string, owner: string): boolean {
  return path === owner || path.startsWith(`${owner}.`)
}

/** One use of Electron against the table. */
function isTaken({ path, how }: Use, file: string): boolean {
  const [, name, ...rest] = path.split('.')
  const power = name === undefined ? undefined : POWERS[name]
  if (power === undefined || !isWithin(file, power.in)) return false
  if (rest.length > 0) {
    const handedOn = how === 'value' || how === 'new'
    if (!handedOn && power.members.some((member) => isOrBelow(rest.join('.'), member))) return true
    return power.values?.includes(rest[0] ?? '') === true
  }
  if (how === 'new') return power.made !== undefined && isWithin(file, [power.made])
  // Followed under its other name; handed on, it would be used where nobody looks.
  return how === 'import' || how === 'alias'
}

const NETWORK_GLOBALS =
  /^globalThis\.(?:fetch|XMLHttpRequest|WebSocket|WebSocketStream|EventSource|WebTransport|RTCPeerConnection|navigator\.sendBeacon)(?:\.|$)/
const SESSION_NETWORK = /^electron\.session\..*\b(?:fetch|preconnect|resolveHost|downloadURL)$/
const WHOLE_GLOBAL = /^globalThis(?:\.\*|$)/

function reachesNetwork({ path, how }: Use, file: string): boolean {
  const [root = ''] = path.split('.')
  const module = NETWORK_MODULES.find((name) => root === name || `node:${root}` === name)
  if (module !== undefined) {
    const allowed = Object.entries(NETWORK_PLACES).some(
      ([place, names]) => isWithin(file, [place]) && names.includes(module),
    )
    return !allowed
  }
  if (SESSION_NETWORK.test(path)) return true
  if (isWithin(file, ['src/main/egress'])) return false
  // Handed on or read by a name nobody knows, it is every network client at once.
  if (WHOLE_GLOBAL.test(path)) return how === 'value' || path.endsWith('*')
  if (path === 'globalThis.fetch' && isWithin(file, [ONCE[path] ?? ''])) return false
  return NETWORK_GLOBALS.test(path) && how !== 'alias'
}

const HIDDEN_LOADERS =
  /^globalThis\.process\.(?:getBuiltinModule|binding|_linkedBinding|dlopen|mainModule)\b|^(?:node:)?module(?:\.|$)|^globalThis\.module\b/
const CODE_FROM_TEXT = /^globalThis\.(?:eval|Function)(?:\.|$)|^(?:node:)?vm(?:\.|$)/
const CODE_MEMBERS = new Set(['executeJavaScript', 'executeJavaScriptInIsolatedWorld'])

function makesCode({ path, how, args }: Use): boolean {
  if (CODE_MEMBERS.has(lastPart(path))) return true
  if (CODE_FROM_TEXT.test(path)) return how !== 'alias'
  if (lastPart(path) === 'constructor') return how === 'call' || how === 'new'
  return /\b(?:setTimeout|setInterval)$/.test(path) && how === 'call' && literalText(args[0]) !== undefined
}

const WEAKENING_MEMBERS = new Set([
  ...words(
    'appendSwitch appendArgument removeSwitch removeAllListeners setAsDefaultProtocolClient configureHostResolver',
  ),
  ...words('setCertificateVerifyProc setDisplayMediaRequestHandler setBluetoothPairingHandler openDevTools'),
  ...words('loadFile loadExtension registerFileProtocol interceptFileProtocol setUserAgent addWordToDictionary'),
])
/** Events whose default is to refuse. Whoever listens can grant. */
const GRANTING_EVENTS = new Set([
  ...words('certificate-error select-client-certificate login select-bluetooth-device select-usb-device'),
  ...words('select-hid-device select-serial-port ipc-message ipc-message-sync ipc-message-host'),
])
const WEAKENING_SETTINGS: Readonly<Record<string, boolean>> = { rejectUnauthorized: true, bypassCSP: false }

/** The guards that somebody else could replace; to an event several may listen. */
const GUARD_SETTERS = new Set(GUARDS.filter(({ name }) => !name.includes('-')).map(({ name }) => name))

export const ELECTRON_RULES: readonly ElectronRule[] = [
  {
    name: 'powers',
    says: 'each part of Electron is taken where the table says, and no more of it',
    find: ({ source, uses }) => where(uses, (use) => /^electron(?:\.|$)/.test(use.path) && !isTaken(use, source.file)),
  },
  {
    name: 'once',
    says: 'what opens, asks or shows has one call site',
    find: ({ source, uses }) =>
      Object.entries(ONCE).flatMap(([call, place]) => {
        const sites = uses.filter((use) => isCallOf(use, call))
        return where(
          isWithin(source.file, [place]) ? sites.slice(1) : sites.filter(() => call.startsWith('?')),
          () => true,
        )
      }),
  },
  {
    name: 'window-options',
    says: 'every window is sandboxed, isolated, without Node and under the rules of the web, and says so',
    find: (read) => [
      ...settings(read)
        .filter(
          ({ name, value }) =>
            FORBIDDEN_PREFERENCES.includes(name) ||
            (PREFERENCES[name] !== undefined && literalValue(value) !== PREFERENCES[name]),
        )
        .map(({ node, name }) => ({ node, what: name })),
      ...read.uses
        .filter(
          ({ path, how }) =>
            how === 'new' && /^electron\.(?:BrowserWindow|BaseWindow|BrowserView|WebContentsView)$/.test(path),
        )
        .flatMap(badWindow),
    ],
  },
  {
    name: 'egress',
    says: 'nothing but egress reaches the network, and nothing starts a process that could',
    find: ({ source, uses }) => where(uses, (use) => reachesNetwork(use, source.file)),
  },
  {
    name: 'ipc',
    says: 'a page asks by the one handle, and by nothing that belongs to a window or a frame',
    find: ({ uses }) => where(uses, ({ path }) => /^\?.*\.ipc(?:\.|$)/.test(path)),
  },
  {
    name: 'code-from-text',
    says: 'no code is made from text, here or in a page',
    find: (read) => [...where(read.uses, makesCode), ...literals(read, (text) => CODE_MEMBERS.has(text))],
  },
  {
    name: 'hidden-loading',
    says: 'what is loaded is loaded by import, where the tables see it',
    find: ({ uses }) => where(uses, ({ path, how }) => HIDDEN_LOADERS.test(path) && how !== 'alias'),
  },
  {
    name: 'webview',
    says: 'there is no webview',
    find: (read) => {
      const found = literals(read, (text) => text === 'webview')
      walkValues(read.program, (node) => {
        if (node.type === 'JSXOpeningElement' && node.name.type === 'JSXIdentifier' && node.name.name === 'webview') {
          found.push({ node, what: 'webview' })
        }
      })
      return found
    },
  },
  {
    name: 'weakened',
    says: 'no default that refuses is replaced, and no switch is set',
    find: (read) => [
      ...where(read.uses, ({ path }) => WEAKENING_MEMBERS.has(lastPart(path))),
      ...literals(read, (text) => GRANTING_EVENTS.has(text)),
      ...settings(read)
        .filter(({ name, value }) => name in WEAKENING_SETTINGS && literalValue(value) !== WEAKENING_SETTINGS[name])
        .map(({ node, name }) => ({ node, what: name })),
    ],
  },
  {
    name: 'developer-tools',
    says: 'a packaged app has no developer tools and no way to reload',
    find: (read) => [
      ...settings(read)
        .filter(({ name, value }) => name === 'devTools' && !isUnpackaged(value, read))
        .map(({ node, name }) => ({ node, what: name })),
      ...unpackagedOnly(read),
    ],
  },
  {
    name: 'guards',
    says: 'every guard of the session and of a page is set up, denies, and is set in one place: the last one set holds',
    find: (read) =>
      isWithin(read.source.file, [GUARDS_IN])
        ? GUARDS.flatMap((guard) => guardProblem(guard, read) ?? []).map((what) => ({ node: read.program, what }))
        : where(read.uses, ({ path }) => GUARD_SETTERS.has(lastPart(path))),
  },
]

function isCallOf({ path, how }: Use, call: string): boolean {
  if (call.startsWith('new ')) return how === 'new' && path === call.slice('new '.length)
  if (call.startsWith('?')) return how !== 'import' && lastPart(path) === lastPart(call)
  return path === call && how !== 'alias' && how !== 'import'
}

/** Whether `call` stands in its place at all. */
export function countOf(call: string, reads: readonly Read[]): number {
  return reads
    .filter(({ source }) => isWithin(source.file, [ONCE[call] ?? '']))
    .flatMap(({ uses }) => uses.filter((use) => isCallOf(use, call))).length
}
