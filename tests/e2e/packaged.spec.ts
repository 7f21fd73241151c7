import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listPackage } from '@electron/asar'
import { pathToFuseFile } from '@electron/fuses'
import { wrongFuses } from '../../build/fuses.mjs'
import { makeTempDir, type TempDir } from '../support/temp-dir'
import { expect, runtime, test } from './fixtures'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where electron-builder's `dir` target puts things on this system. */
function placesIn(out: TempDir): { readonly executable: string; readonly resources: string } {
  if (process.platform === 'darwin') {
    const contents = out.file(process.arch === 'arm64' ? 'mac-arm64' : 'mac', 'Latchkey.app/Contents')
    return { executable: join(contents, 'MacOS/Latchkey'), resources: join(contents, 'Resources') }
  }
  const windows = process.platform === 'win32'
  const folder = out.file(windows ? 'win-unpacked' : 'linux-unpacked')
  return { executable: join(folder, windows ? 'Latchkey.exe' : 'latchkey'), resources: join(folder, 'resources') }
}

test('the packaged app holds what it needs and nothing else, has its fuses set, starts, and refuses a debugger', async ({
  profile,
}) => {
  test.setTimeout(180_000)
  const out = await makeTempDir()
  const standIn = join(root, 'tests/electron-standin')
  const options = runtime === 'standin' ? [`-c.electronDist=${join(standIn, 'dist')}`] : []
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const args = [builder, '--dir', `-c.directories.output=${out.path}`, ...options]
  const packed = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  expect(packed.stderr + packed.stdout).toContain('packaging')
  expect(packed.status).toBe(0)

  const { executable, resources } = placesIn(out)
  const files = listPackage(join(resources, 'app.asar'), { isPack: false }).map((file) => file.replaceAll('\\', '/'))
  expect(files).toContain('/out/main/token-process.js')
  const foreign = files.filter(
    (file) => !/^\/(?:out|package\.json|node_modules$|node_modules\/better-sqlite3)/.test(file),
  )
  expect(foreign).toEqual([])
  expect(files.filter((file) => /\.(?:ts|tsx|map|c|cc|cpp|h|gyp|md)$|\/\.|\/logs/.test(file))).toEqual([])
  expect(files.filter((file) => file.endsWith('.node'))).toEqual([
    `/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
  ])

  // On the stand-in these are the bytes Electron would obey, without their effect.
  expect(wrongFuses(readFileSync(pathToFuseFile(executable)))).toEqual([])

  const env = { ...process.env, ELECTRON_STANDIN_HOME: standIn }
  const run = (...more: string[]) =>
    spawn(executable, [`--user-data-dir=${profile.path}`, ...more], { env, stdio: 'ignore' })
  const exit = (app: ChildProcess) => new Promise((resolve) => app.on('exit', resolve))

  // A packaged app hands itself to no debugger, which is also why Playwright cannot drive it.
  expect(await exit(run('--remote-debugging-port=0'))).toBe(1)
  expect(existsSync(profile.file('latchkey.db'))).toBe(false)

  const app = run()
  const ended = exit(app)
  await expect.poll(() => existsSync(profile.file('latchkey.db')), { timeout: 30_000 }).toBe(true)
  // On Windows the rights of the folder decide.
  if (process.platform !== 'win32') expect(statSync(profile.file('latchkey.db')).mode & 0o077).toBe(0)
  // A second start finds the first and ends well.
  expect(await exit(run())).toBe(0)
  app.kill('SIGTERM')
  expect(await ended).toBe(0)
  await out.remove()
})
