import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'
import { _electron } from 'playwright'
import { expect, it } from 'vitest'
import { describeStandin, executable, home, probe, temporaryFolder } from './support/launch.mjs'

describeStandin('a packaged app', () => {
  it('runs from the archive beside a copy of the executable', async () => {
    const folder = temporaryFolder()
    const copy = join(folder, 'probe')
    mkdirSync(join(folder, 'resources'))
    copyFileSync(executable, copy)
    await createPackage(probe, join(folder, 'resources/app.asar'))
    const app = await _electron.launch({
      executablePath: copy,
      args: [`--user-data-dir=${temporaryFolder()}`],
      env: { ...process.env, ELECTRON_STANDIN_HOME: home },
    })
    const page = await app.firstWindow()
    await page.getByRole('heading', { name: 'Probe' }).waitFor()
    expect(await app.evaluate(({ app }) => [app.isPackaged, app.getName(), process.resourcesPath])).toEqual([
      true,
      'Stand-in Probe',
      join(folder, 'resources'),
    ])
    await app.close()
  })
})
