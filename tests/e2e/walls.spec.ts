import { hostileInputs, wellFormed } from '../support/hostile-input'
import type { Bridge } from '../../src/shared/ipc/transport'
import { addKey, expect, test } from './fixtures'

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

test('malformed requests from the page are refused with a code, and the app goes on', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  const before = await page.evaluate(() => latchkey.request('app.open', {}))
  for (const name of Object.keys(wellFormed) as (keyof typeof wellFormed)[]) {
    // What Playwright cannot carry into the page, or carries as something else, is tried against the router directly.
    const inputs = hostileInputs(name)
      .filter(({ what }) => !/function|symbol|prototype|megabytes|deep|__proto__|huge|Map|Date/.test(what))
      .map(({ input }) => input)
    const codes = await page.evaluate(
      async ([request, hostile]) => {
        const answers = []
        for (const input of hostile) {
          const result = await latchkey.request(request, input as never)
          answers.push(result.ok ? 'ok' : result.error.code)
        }
        return answers
      },
      [name, inputs] as const,
    )
    expect({ name, codes: [...new Set(codes)] }).toEqual({ name, codes: ['bad_request'] })
    expect(codes.length).toBe(inputs.length)
  }
  const odd = await page.evaluate(async () => {
    const deep: Record<string, unknown> = {}
    let at = deep
    for (let level = 0; level < 200; level += 1) at = at['a'] = {} as Record<string, unknown>
    const ask = async (name: unknown, input: unknown) => {
      const result = await latchkey.request(name as never, input as never)
      return result.ok ? 'ok' : result.error.code
    }
    return [
      await ask('key.get', {}),
      await ask('__proto__', {}),
      await ask(undefined, undefined),
      await ask({ toString: 'x' }, {}),
      await ask('turn.start', deep),
      await ask('link.open', { url: 'x'.repeat(10_000_000) }),
    ]
  })
  expect(odd).toEqual([...Array.from({ length: 4 }, () => 'unknown_request'), 'bad_request', 'bad_request'])
  expect(await page.evaluate(() => latchkey.request('app.open', {}))).toEqual(before)
  expect(server.connections).toBe(0)
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

test('a link or a new window leaves the page where it is and goes to the browser only when it is safe', async ({
  start,
}) => {
  const { electron, page } = await start()
  await electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = (url) => Promise.resolve(void opened.push(url))
  })
  const here = page.url()
  const urls = [
    'https://example.org/a',
    'mailto:someone@example.org',
    'file:///etc/passwd',
    'https://user:pass@example.org',
    'ms-msdt:/id',
  ]
  for (const url of urls) {
    await page.evaluate((target) => {
      const link = document.createElement('a')
      link.href = target
      document.body.append(link)
      link.click()
      link.remove()
      window.open(target)
    }, url)
    // A refused window is gone before the next one is asked for; they run on the thread of the page.
    await expect.poll(() => electron.windows().length).toBe(1)
  }
  const opened = () => electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  await expect
    .poll(async () => [...new Set(await opened())].toSorted())
    .toEqual(['https://example.org/a', 'mailto:someone@example.org'])
  expect(page.url()).toBe(here)
  expect(electron.windows()).toHaveLength(1)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('every permission is denied', async ({ start }) => {
  const { page } = await start()
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
