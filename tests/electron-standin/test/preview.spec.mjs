import { request } from 'node:http'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeStandin, DrivenProbe, temporaryFolder } from './support/launch.mjs'
import { descendants, filesContaining, isAlive, listeningPorts, until } from './support/processes.mjs'

// Headless, so that it runs without a display; all else is as for a person.
function preview({ userData = temporaryFolder(), tmp = temporaryFolder(), args = [] } = {}) {
  const env = { ELECTRON_STANDIN_PREVIEW: '1', ELECTRON_STANDIN_HEADED: '0', TMPDIR: tmp }
  return new DrivenProbe({ userData, args, env }).started()
}

const inPage = (probe, code) =>
  probe.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(code),
    code,
  )

// Leaves the secret wherever a browser might write it down.
const typeSecret = (secret) => `(async () => {
  const field = document.querySelector('input')
  field.focus()
  document.execCommand('insertText', false, '${secret}')
  document.title = '${secret}'
  localStorage.setItem('${secret}', '${secret}')
  sessionStorage.setItem('${secret}', '${secret}')
  history.pushState(null, '', '/other.html?${secret}')
  await (await caches.open('${secret}')).put('/x', new Response('${secret}'))
  await new Promise((resolve) => {
    const opening = indexedDB.open('${secret}')
    opening.onsuccess = resolve
  })
  return field.value
})()`

// As if the power failed: the process cannot tidy up, Chromium closes by itself and flushes what it would keep.
async function killAndWait(probe) {
  const pids = descendants(probe.process.pid)
  probe.process.kill('SIGKILL')
  await until(() => pids.filter(isAlive)).toEqual([])
}

describeStandin('a preview', () => {
  it('listens on one port only, for the app, and refuses everybody else there', async () => {
    const probe = await preview({ args: ['--inspect=0', '--remote-debugging-port=0'] })
    const ports = listeningPorts(probe.process.pid)
    expect(ports).toHaveLength(1)
    const host = 'bundle.app.standin.localhost'
    expect(await statusOf(ports[0], { host })).toBe(403)
    expect(await statusOf(ports[0], { host, cookie: 'electron-standin=guess' })).toBe(403)
    expect(await statusOf(ports[0], { host: `127.0.0.1:${ports[0]}` })).toBe(403)
    expect(probe.output).not.toMatch(/listening on/)
  })

  it('puts nothing of the page on disk', async () => {
    const tmp = temporaryFolder()
    const userData = temporaryFolder()
    const secret = 'canary-in-a-preview'
    const probe = await preview({ tmp, userData })
    expect(await inPage(probe, typeSecret(secret))).toBe(secret)
    await killAndWait(probe)
    // The profile is still there to be searched.
    expect(readdirSync(tmp)).toContainEqual(expect.stringMatching(/^electron-standin-preview-/))
    expect([...filesContaining(tmp, secret), ...filesContaining(userData, secret)]).toEqual([])
  })

  it('differs in that from a test run, where the same search finds the page', async () => {
    const userData = temporaryFolder()
    const secret = 'canary-in-a-test-run'
    const probe = await new DrivenProbe({ userData }).started()
    await inPage(probe, typeSecret(secret))
    await killAndWait(probe)
    expect(filesContaining(join(userData, 'standin/chromium'), secret)).not.toEqual([])
  })

  it("keeps Chromium's files out of the app's user data, and removes them at the end", async () => {
    const tmp = temporaryFolder()
    const userData = temporaryFolder()
    const probe = await preview({ tmp, userData })
    expect(readdirSync(join(userData, 'standin'))).not.toContain('chromium')
    probe.process.kill('SIGTERM')
    expect(await probe.exit).toBe(0)
    expect(readdirSync(tmp)).toEqual([])
  })

  it('has no keyring', async () => {
    const probe = await preview()
    const answers = await probe.evaluate(async ({ safeStorage }) => [
      safeStorage.getSelectedStorageBackend(),
      (await safeStorage.encryptStringAsync('a key')).toString('latin1', 0, 3),
    ])
    expect(answers).toEqual(['basic_text', 'v10'])
  })

  it('says in title and page that it is one, whatever the app renders, without breaking its policy', async () => {
    const probe = await preview()
    const marks = `(() => {
      const badge = [...document.documentElement.children].find((child) => child.textContent === 'Preview without Electron')
      return { title: document.title, events: badge && getComputedStyle(badge).pointerEvents, left: badge?.style.left }
    })()`
    const marked = { title: 'Probe — preview without Electron', events: 'none', left: '6px' }
    await until(() => inPage(probe, marks)).toEqual(marked)
    await inPage(
      probe,
      "document.body.replaceChildren(); document.documentElement.lastElementChild.remove(); document.title = 'New'",
    )
    await until(() => inPage(probe, marks)).toEqual({ ...marked, title: 'New — preview without Electron' })
    const title = () => probe.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getTitle())
    await until(title).toBe('New')
  })

  it('resizes its real window so that the content gets the size', async () => {
    const probe = await preview()
    await probe.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(1000, 640))
    await until(() => inPage(probe, '[innerWidth, innerHeight]')).toEqual([1000, 640])
  })

  it('quits when its window is closed', async () => {
    const tmp = temporaryFolder()
    const probe = await preview({ tmp })
    await inPage(probe, 'setTimeout(() => window.close())')
    expect(await probe.exit).toBe(0)
    expect(readdirSync(tmp)).toEqual([])
  })

  it('runs Chromium with its sandbox unless it must be root', async () => {
    const probe = await preview()
    const commandLines = descendants(probe.process.pid).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    const unsandboxed = commandLines.some((line) => line.includes('--no-sandbox'))
    expect(unsandboxed).toBe(process.getuid() === 0)
  })
})

function statusOf(port, headers) {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path: '/index.html', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asking.on('error', reject)
    asking.end()
  })
}
