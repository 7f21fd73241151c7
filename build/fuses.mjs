// @ts-check
// The switches burnt into Electron's binary. They hold whatever the app's own code does, and before it runs.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { flipFuses, FuseV1Options, FuseVersion, pathToFuseFile } from '@electron/fuses'

/**
 * Every fuse there is, what it must be, and why. One that a later Electron adds is missing here, which ends the packaging
 * until somebody has decided about it.
 *
 * @type {Readonly<Record<keyof typeof FuseV1Options, { readonly on: boolean, readonly why: string }>>}
 */
export const FUSES = {
  RunAsNode: { on: false, why: 'with ELECTRON_RUN_AS_NODE set, the signed app would run any script as plain Node' },
  EnableCookieEncryption: { on: true, why: 'there are no cookies; should one come, it is not plain on disk' },
  EnableNodeOptionsEnvironmentVariable: {
    on: false,
    why: 'NODE_OPTIONS loads code, NODE_EXTRA_CA_CERTS a strange root',
  },
  EnableNodeCliInspectArguments: { on: false, why: 'a debugger, by --inspect or SIGUSR1, reads every key' },
  EnableEmbeddedAsarIntegrityValidation: { on: true, why: 'a changed archive ends the start (macOS and Windows)' },
  OnlyLoadAppFromAsar: { on: true, why: 'a folder beside the archive would run without that check' },
  LoadBrowserProcessSpecificV8Snapshot: { on: false, why: 'a snapshot is code that no check of the archive sees' },
  GrantFileProtocolExtraPrivileges: { on: false, why: 'pages come by app:// alone; file:// needs to reach nothing' },
  WasmTrapHandlers: { on: true, why: "Chromium's own bounds checks of WebAssembly, as shipped" },
}

const NAMES = /** @type {(keyof typeof FuseV1Options)[]} */ (
  Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)))
)

/** How a binary says so: the sentinel, a version, a length, one byte a fuse. Twice in a universal app of macOS. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const STATES = new Map([
  [0x30, 'off'],
  [0x31, 'on'],
  [0x72, 'removed'],
  [0x90, 'inherited'],
])

/**
 * Sets all fuses of an Electron binary (of an .app: of its framework) and reads them back.
 *
 * @param {string} electron the executable, or the .app on macOS
 * @param {{ readonly resignAdHoc?: boolean }} [options] Apple's processors run nothing without a signature, and the
 *   linker's own is broken by the change; whoever signs afterwards replaces it.
 */
export async function setFuses(electron, { resignAdHoc = false } = {}) {
  const removed = wrongFuses(await readFile(pathToFuseFile(electron))).filter((sentence) =>
    sentence.endsWith('removed'),
  )
  // Setting it would write over the mark and change nothing in the app.
  if (removed.length > 0) throw new Error(`this Electron no longer has every fuse: ${removed.join(', ')}`)
  const wanted = Object.fromEntries(NAMES.map((name) => [FuseV1Options[name], FUSES[name].on]))
  await flipFuses(electron, {
    .../** @type {Record<FuseV1Options, boolean>} */ (wanted),
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: resignAdHoc,
  })
  const wrong = wrongFuses(await readFile(pathToFuseFile(electron)))
  if (wrong.length > 0) throw new Error(`fuses of ${electron} are not as they must be: ${wrong.join(', ')}`)
}

/**
 * What differs from the table, one sentence each. Reads by itself: what set the fuses does not judge them too.
 *
 * @param {Buffer} binary
 * @returns {string[]}
 */
export function wrongFuses(binary) {
  /** @type {string[]} */
  const wrong = []
  let at = binary.indexOf(SENTINEL)
  if (at < 0) return ['there is no fuse wire']
  for (; at >= 0; at = binary.indexOf(SENTINEL, at + 1)) {
    const [version, length = 0] = binary.subarray(at + SENTINEL.length)
    const wire = binary.subarray(at + SENTINEL.length + 2, at + SENTINEL.length + 2 + length)
    if (version !== 1) wrong.push(`version ${version}`)
    if (wire.length !== NAMES.length) wrong.push(`${wire.length} fuses instead of ${NAMES.length}`)
    for (const name of NAMES) {
      const state = STATES.get(wire[FuseV1Options[name]] ?? -1) ?? 'missing'
      if (state !== (FUSES[name].on ? 'on' : 'off')) wrong.push(`${name} is ${state}`)
    }
  }
  return wrong
}

/**
 * Whether `holder` (Info.plist on macOS, the executable on Windows) has the hash of this archive's header, which Electron
 * compares at start. With the fuse on and no hash there, the app would end at once on every machine but ours.
 *
 * @param {string} archive
 * @param {string} holder
 */
export async function holdsArchiveHash(archive, holder) {
  const bytes = await readFile(archive)
  // Two nested pickles: the size of the header's JSON stands at 12, its text at 16.
  const header = bytes.subarray(16, 16 + bytes.readUInt32LE(12))
  return (await readFile(holder)).includes(createHash('sha256').update(header).digest('hex'))
}
