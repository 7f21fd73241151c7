import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'
import { expect, it } from 'vitest'
import { describeStandin, executable, home, probe, sharedProbe, temporaryFolder } from './support/launch.mjs'
import { until } from './support/processes.mjs'

const electronManifest = createRequire(import.meta.url)('electron/package.json')

describeStandin('through Playwright', () => {
  /** @type {import('playwright').ElectronApplication} */
  let app
  let page
  sharedProbe((probe) => {
    ;({ app, page } = probe)
  })

  it('gives the first window and runs functions in main', async () => {
    expect(app.windows()).toHaveLength(1)
    expect(await app.evaluate(({ app }) => [app.getName(), app.getVersion(), app.isPackaged])).toEqual([
      'Stand-in Probe',
      '1.2.3',
      false,
    ])
  })

  it('calls itself the Electron that is installed', async () => {
    expect(readFileSync(join(home, 'dist/version'), 'utf8')).toBe(electronManifest.version)
    expect(await app.evaluate(() => process.versions.electron)).toBe(electronManifest.version)
    expect(await app.evaluate(() => process.versions.chrome)).toMatch(/^[1-9]\d*\./)
  })

  it('finds the BrowserWindow of a page', async () => {
    const window = await app.browserWindow(page)
    expect(await window.evaluate((w) => w.webContents.getURL())).toBe('app://bundle/index.html')
  })

  it('announces a second window, which can be closed alone', async () => {
    const opened = app.waitForEvent('window')
    await app.evaluate(() => globalThis.openWindow().then(() => undefined))
    const second = await opened
    await second.getByRole('heading', { name: 'Probe' }).waitFor()
    await second.close()
    await until(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  it('lets tests replace a dialog', async () => {
    await app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/chosen'] })
    })
    const answer = await app.evaluate(({ dialog }) => dialog.showOpenDialog({}))
    expect(answer.filePaths).toEqual(['/chosen'])
  })
})

describeStandin('the executable', () => {
  it('names the Node it needs when it is started with an older one', () => {
    const folder = temporaryFolder()
    // An older Node, played by this one: it has no registerHooks either.
    const older = join(folder, 'older.cjs')
    writeFileSync(older, "const m = require('node:module'); m.registerHooks = undefined; m.syncBuiltinESMExports()")
    const result = spawnSync(process.execPath, ['-r', older, join(home, 'boot.mjs'), executable, probe], {
      encoding: 'utf8',
    })
    expect(result.status).toBe(1)
    expect(result.stderr).toMatch(/^electron stand-in: needs Node 22\.15 or newer .* was started with v\d+/)
    expect(result.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('runs the Node it is told to', () => {
    const node = join(temporaryFolder(), 'node')
    writeFileSync(node, '#!/bin/sh\necho chosen "$@"\n')
    chmodSync(node, 0o755)
    const env = { ...process.env, ELECTRON_STANDIN_NODE: node }
    const output = execFileSync(executable, ['an-app', '--flag'], { env, encoding: 'utf8' })
    expect(output).toMatch(/^chosen .*boot\.mjs .*dist\/electron an-app --flag$/m)
  })

  it('finds a Node by itself, whatever is on PATH', () => {
    const folder = temporaryFolder()
    const wrong = join(folder, 'node')
    writeFileSync(wrong, '#!/bin/sh\necho wrong node\nexit 9\n')
    chmodSync(wrong, 0o755)
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` }
    const result = spawnSync(executable, [], { env, encoding: 'utf8' })
    const own = ['x64', 'arm64'].some((arch) =>
      existsSync(join(home, `../../node_modules/node-linux-${arch}/bin/node`)),
    )
    expect(result.stdout + result.stderr).toContain(own ? 'electron stand-in: no app given' : 'wrong node')
  })

  it('says in one sentence that an app is not there', () => {
    const result = spawnSync(executable, ['/nowhere/at/all'], { encoding: 'utf8' })
    expect(result.status).toBe(1)
    expect(result.stderr.trim()).toBe('electron stand-in: cannot find the app /nowhere/at/all')
  })

  it('takes flipped fuses and still runs', async () => {
    const copy = join(temporaryFolder(), 'electron')
    copyFileSync(executable, copy)
    const before = await getCurrentFuseWire(copy)
    await flipFuses(copy, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: false })
    const after = await getCurrentFuseWire(copy)
    expect(String.fromCharCode(before[FuseV1Options.RunAsNode], after[FuseV1Options.RunAsNode])).toBe('10')
    const env = { ...process.env, ELECTRON_STANDIN_HOME: home }
    expect(spawnSync(copy, [], { env, encoding: 'utf8' }).stderr).toContain('no app given')
  })
})
