import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { describeStandin, probe, sharedProbe } from './support/launch.mjs'

const typings = join(dirname(createRequire(import.meta.url).resolve('electron/package.json')), 'electron.d.ts')

// The names that `import { ... } from 'electron'` may hold: values, not types.
function typedNames() {
  const [, rest] = readFileSync(typings, 'utf8').split('namespace CrossProcessExports {')
  const [body] = rest.split('\n  }\n')
  return new Set([...body.matchAll(/^ {4}(?:const|let|class|function) (\w+)/gm)].map(([, name]) => name))
}

describeStandin('the electron module', () => {
  let app
  sharedProbe((probe) => {
    app = probe.app
  })

  it("exports every name of Electron's typings, and no other", async () => {
    // Node adds __esModule to what require() gives; the inspector's `electron` comes that way.
    const names = await app.evaluate((electron) => Object.keys(electron).filter((name) => name !== '__esModule'))
    expect(typedNames().size).toBeGreaterThan(40)
    expect(new Set(names)).toEqual(new Set([...typedNames(), 'default']))
  })

  it('exports the same names in a utility process', async () => {
    const names = await app.evaluate(
      ({ utilityProcess }, module) =>
        new Promise((resolve) => {
          const child = utilityProcess.fork(module, [], { stdio: 'ignore' })
          child.once('message', (answer) => {
            child.kill()
            resolve(answer)
          })
          child.postMessage({ ask: 'names' })
        }),
      join(probe, 'utility.mjs'),
    )
    expect(new Set(names)).toEqual(new Set([...typedNames(), 'default']))
  })

  it('throws by name when what is missing is used: constructed, called, read or written', async () => {
    const messages = await app.evaluate((electron) => {
      const attempts = [
        () => new electron.Tray('icon.png'),
        () => electron.nativeImage.createFromPath('x'),
        () => electron.TouchBar(),
        () => (electron.autoUpdater.autoDownload = true),
        () => electron.app.moveToApplicationsFolder(),
        () => electron.BrowserWindow.getAllWindows()[0].setVibrancy('sidebar'),
        () => electron.session.defaultSession.cookies,
        () => electron.session.defaultSession.webRequest.onBeforeSendHeaders(() => {}),
        () => electron.dialog.showCertificateTrustDialog({}),
      ]
      return attempts.map((attempt) => {
        try {
          attempt()
          return 'did not throw'
        } catch (error) {
          return error.message
        }
      })
    })
    const missing = [
      'Tray',
      'nativeImage.createFromPath',
      'TouchBar',
      'autoUpdater.autoDownload',
      'app.moveToApplicationsFolder',
      'BrowserWindow.setVibrancy',
      'session.cookies',
      'session.webRequest.onBeforeSendHeaders',
      'dialog.showCertificateTrustDialog',
    ]
    expect(messages).toEqual(missing.map((name) => `electron stand-in: ${name} is not implemented`))
  })

  it('answers the clipboard asynchronously, as 45 does', async () => {
    const texts = await app.evaluate(async ({ clipboard }) => {
      const written = clipboard.writeText('to paste')
      const isPromise = written instanceof Promise
      await written
      const read = await clipboard.readText()
      clipboard.clear()
      return [isPromise, read, await clipboard.readText(), await clipboard.selection.readText()]
    })
    expect(texts).toEqual([true, 'to paste', '', ''])
  })

  it('backs out of every question', async () => {
    const answers = await app.evaluate(async ({ dialog }) => [
      await dialog.showOpenDialog({}),
      await dialog.showMessageBox({ message: 'Delete?', buttons: ['Delete', 'Cancel'] }),
      await dialog.showMessageBox({ message: 'Delete?', buttons: ['Keep', 'Delete'], cancelId: 0 }),
    ])
    expect(answers).toEqual([
      { canceled: true, filePaths: [] },
      { response: 1, checkboxChecked: false },
      { response: 0, checkboxChecked: false },
    ])
  })
})
