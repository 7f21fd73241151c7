import type { Bridge } from '../../src/shared/ipc/transport'
import { addKey, expect, test, runtime } from './fixtures'

// The renderer as an attacker would use it: scripts run in the page, through the same bridge the app uses.

declare const latchkey: Bridge

test('the page has the bridge and nothing else of Electron or Node', async ({ start }) => {
  const { page } = await start()
  const seen = await page.evaluate(() => ({
    bridge: Object.keys(latchkey).toSorted(),
    frozen: Object.isFrozen(latchkey),
    globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  }))
  expect(seen).toEqual({ bridge: ['request', 'subscribe'], frozen: true, globals: [] })
})

test('an event reaches the page as plain data alone, without the event of Electron that brought it', async ({
  start,
  server,
}) => {
  const { page } = await start()
  await page.evaluate(() => {
    const heard: unknown[][] = []
    Object.assign(globalThis, { heard })
    latchkey.subscribe((...args: unknown[]) => void heard.push(args))
  })
  await addKey(page, server.origin)
  const heard = () =>
    page.evaluate(() =>
      (globalThis as unknown as { heard: object[][] }).heard.map((args) => args.map((each) => Object.keys(each))),
    )
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(0)
  // Electron's own has a sender and ports, by which one could ask anything.
  for (const args of await heard()) expect(args.map((keys) => keys.toSorted())).toEqual([['name', 'payload']])
})

test('no script, eval or inline handler runs in the page', async ({ start }) => {
  const { page } = await start()
  const ran = await page.evaluate(async () => {
    const hits: string[] = []
    ;(globalThis as unknown as { hit: (name: string) => void }).hit = (name) => void hits.push(name)
    // Later, from the page's own event loop: what runs while the debugger evaluates is not under the policy.
    const attempt = (work: () => void) => setTimeout(work, 0)
    let control = 0
    attempt(() => (control += 1))
    attempt(() => {
      const script = document.createElement('script')
      script.textContent = "hit('inline script')"
      document.body.append(script)
    })
    attempt(() => {
      // oxlint-disable-next-line no-implied-eval -- that it does not work is what is tested
      setTimeout("hit('timeout')", 0)
    })
    attempt(() => {
      // oxlint-disable-next-line no-new-func, no-implied-eval -- as above
      new Function("hit('function')")()
    })
    attempt(() => {
      document.body.insertAdjacentHTML('beforeend', `<img src="x:" onerror="hit('handler')">`)
    })
    attempt(() => {
      const frame = document.createElement('iframe')
      frame.src = "javascript:parent.hit('frame')"
      document.body.append(frame)
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    return { hits, control }
  })
  expect(ran).toEqual({ hits: [], control: 1 })
})

test('nothing in the page reaches the network', async ({ start, server }) => {
  const { page } = await start()
  await page.evaluate(async (origin) => {
    await fetch(`${origin}/fetch`).catch(() => undefined)
    navigator.sendBeacon(`${origin}/beacon`)
    const image = new Image()
    image.src = `${origin}/image`
    const sheet = document.createElement('link')
    sheet.rel = 'stylesheet'
    sheet.href = `${origin}/sheet`
    document.head.append(sheet)
    const frame = document.createElement('iframe')
    frame.src = `${origin}/frame`
    document.body.append(frame)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }, server.origin)
  expect(server.requests.map((request) => request.url)).toEqual([])
})

test('every permission is denied', async ({ start }) => {
  const { electron, page } = await start()
  const answers = await page.evaluate(async () => {
    const media = await navigator.mediaDevices?.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    )
    const place = await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('denied'),
      ),
    )
    return [media, place, await Notification.requestPermission()]
  })
  expect(answers).toEqual(['denied', 'denied', 'denied'])
  // Where Chromium denies by itself the handlers are asked as Electron would ask them.
  const asked = await electron.evaluate(async ({ session, BrowserWindow }) => {
    const { standin } = session.defaultSession as unknown as {
      standin?: {
        requestPermission(contents: unknown, permission: string): Promise<boolean>
        checkPermission(contents: unknown, permission: string, origin: string): boolean
      }
    }
    if (standin === undefined) return []
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const names = ['media', 'geolocation', 'notifications', 'clipboard-read', 'fullscreen', 'hid', 'openExternal']
    const granted: unknown[] = []
    for (const name of names) {
      granted.push(
        await standin.requestPermission(contents, name),
        standin.checkPermission(contents, name, 'app://latchkey'),
      )
    }
    return granted
  })
  expect(asked.filter((granted) => granted !== false)).toEqual([])
  expect(runtime === 'standin' ? asked.length : 14).toBe(14)
})

test('another window is refused, even one that shows the same page with the same preload', async ({ start }) => {
  const { electron } = await start()
  const answers = await electron.evaluate(async ({ app, BrowserWindow }) => {
    const preload = `${app.getAppPath()}/out/preload/index.cjs`
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } })
    await other.loadURL('app://latchkey/index.html')
    const asks = "latchkey.request('app.open', {})"
    const own = BrowserWindow.getAllWindows().find((window) => window.id !== other.id)
    const result = [
      (await other.webContents.executeJavaScript(asks)) as unknown,
      ((await own?.webContents.executeJavaScript(asks)) as { ok: boolean } | undefined)?.ok,
    ]
    other.destroy()
    return result
  })
  expect(answers).toEqual([{ ok: false, error: { code: 'forbidden' } }, true])
})

test('only files of the build are served, and nothing beside them', async ({ start }) => {
  const { electron } = await start()
  const statuses = await electron.evaluate(async ({ net }) => {
    const paths = [
      '/index.html',
      '/../main/index.js',
      '/%2e%2e/main/index.js',
      '/..%2fmain/index.js',
      '/assets/',
      '/package.json',
      '/index.html%00.js',
      '/renderer-manifest.json',
      '//etc/passwd',
    ]
    const answers = []
    for (const path of paths) {
      answers.push(
        await net.fetch(`app://latchkey${path}`).then(
          (response) => response.status,
          () => 'refused',
        ),
      )
    }
    answers.push(
      await net.fetch('app://other/index.html').then(
        (response) => response.status,
        () => 'refused',
      ),
    )
    answers.push(
      await net.fetch('app://latchkey/index.html', { method: 'POST' }).then(
        (response) => response.status,
        () => 'refused',
      ),
    )
    return answers
  })
  expect(statuses[0]).toBe(200)
  for (const status of statuses.slice(1)) expect([404, 'refused']).toContain(status)
})
