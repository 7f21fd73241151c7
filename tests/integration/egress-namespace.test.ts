import { spawn, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Report } from '../support/namespace/scenario'
import { withTempDir } from '../support/temp-dir'

// Bug: a request past egress: by a dependency, by Node itself, by a child process, by a name that is looked up. Watched
// from outside the process, by the system calls it makes, in a network namespace where nothing but loopback exists.

const root = fileURLToPath(new URL('../..', import.meta.url))
const scenario = join(root, 'tests/support/namespace/scenario.ts')
const typescript = pathToFileURL(join(root, 'scripts/lib/typescript.mjs')).href

/** Loopback is down in a new namespace. */
const INSIDE = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']
const STRACE = ['strace', '-f', '-qq', '-s', '200', '-e', 'trace=connect,sendto,sendmsg,sendmmsg']

const missing = whatIsMissing()
if (missing !== null) console.log(`Not watched from outside which sockets are opened: ${missing}.`)

function whatIsMissing(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are of Linux'
  const tried = spawnSync('unshare', [...INSIDE, ...STRACE, '-o', '/dev/null', 'true'], { encoding: 'utf8' })
  return tried.status === 0 ? null : `no unshare, ip and strace that may be used here (${(tried.stderr ?? '').trim()})`
}

interface Watched extends Report {
  /** Every address the process and its children connected or sent to, each once. */
  readonly targets: readonly string[]
}

function watched(name: string): Promise<Watched> {
  return withTempDir(async (dir) => {
    const trace = dir.file('trace')
    const node = [process.execPath, '--no-warnings', '--import', typescript, scenario, name]
    const child = spawn('unshare', [...INSIDE, ...STRACE, '-o', trace, ...node], { cwd: root })
    let out = ''
    let said = ''
    child.stdout.on('data', (data: Buffer) => void (out += data.toString()))
    child.stderr.on('data', (data: Buffer) => void (said += data.toString()))
    await new Promise((resolve) => child.once('close', resolve))
    if (out === '') throw new Error(`the scenario ended without a report: ${said}`)
    return { ...(JSON.parse(out) as Report), targets: targetsOf(await readFile(trace, 'utf8')) }
  })
}

/** `connect(20, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16)`, and the like. */
function targetsOf(trace: string): string[] {
  const found = new Set<string>()
  for (const [, family, rest = ''] of trace.matchAll(/\{sa_family=(AF_\w+),? ?([^}]*)\}/g)) {
    const port = /htons\((\d+)\)/.exec(rest)?.[1]
    const address = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(rest)
    // Netlink is how a process asks its own kernel which addresses there are.
    if (family === 'AF_NETLINK') continue
    found.add(port === undefined ? `${family} ${rest}` : `http://${address?.[1] ?? `[${address?.[2]}]`}:${port}`)
  }
  return [...found].toSorted()
}

describe.runIf(missing === null)('seen from outside', () => {
  it('a first run, and a look at every page, contacts nobody', async () => {
    const { targets, logged } = await watched('firstRun')
    expect({ targets, logged }).toEqual({ targets: [], logged: [] })
  }, 60_000)

  it('key check, answers and a retry reach the providers asked and nobody else, and every request is in the log', async () => {
    const { targets, origins, received, logged } = await watched('everyday')
    expect(origins).toHaveLength(2)
    expect(targets).toEqual(origins.toSorted())
    expect(received).toHaveLength(5)
    expect(logged.toSorted()).toEqual(received.toSorted())
  }, 60_000)

  it('a request past egress, and a name that is looked up, would be seen', async () => {
    const { targets } = await watched('leak')
    expect(targets).toContain('http://192.0.2.1:8088')
    // Where names are asked for differs from machine to machine; that one is, is seen.
    expect(targets.length).toBeGreaterThan(1)
  }, 60_000)
})
