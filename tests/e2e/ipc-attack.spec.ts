import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { Bridge } from '../../src/shared/ipc/transport'
import { GOOD_LINKS, HOSTILE_LINKS } from '../support/links'
import { MARK } from '../support/malformed/values'
import type { attack } from '../support/malformed/in-page'
import { fixture, gateAfter } from '../support/provider-server'
import { stateOf } from '../support/state-of'
import { addKey, ask, expect, test } from './fixtures'

// The page as somebody else's: its scripts call the bridge that the app itself uses, with everything that is not asked
// for, from everywhere that is not the page.

declare const latchkey: Bridge

/** What is made in the page itself, as one script. */
async function inPage(): Promise<string> {
  const entry = fileURLToPath(new URL('../support/malformed/in-page.ts', import.meta.url))
  const lib = { entry, formats: ['iife' as const], name: 'malformed' }
  const built = await build({ configFile: false, logLevel: 'error', build: { write: false, minify: false, lib } })
  const [bundle] = Array.isArray(built) ? built : []
  const chunk = bundle?.output[0]
  if (chunk === undefined) throw new Error('the script of the page was not built')
  return `${chunk.code}\nglobalThis.malformed = malformed`
}

test('malformed calls of every request are refused without a trace', async ({ start, server, profile }) => {
  const { electron, page } = await start()
  let said = ''
  for (const stream of [electron.process().stdout, electron.process().stderr]) {
    stream?.on('data', (text) => void (said += String(text)))
  }
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'Hello')
  await expect.poll(() => stateOf({ profile })).toContain('"state":"complete"')
  const ids = await page.evaluate(async () => {
    const app = await latchkey.request('app.open', {})
    if (!app.ok) throw new Error('the app does not answer')
    const { connections, conversations } = app.value
    return { con: connections[0]?.id ?? '', cnv: conversations[0]?.id ?? '' }
  })
  expect(ids.cnv).toMatch(/^cnv_/)

  // The log of what left gets its last figures when the connection is done with.
  await expect.poll(() => stateOf({ profile })).not.toContain('"ended_ms":null')
  // What was typed may have been on its way to the disk when it became a message.
  await expect.poll(() => stateOf({ profile })).toContain('["draft",[]]')
  const before = { state: stateOf({ profile }), requests: server.requests.length, connections: server.connections }
  await page.evaluate(await inPage())
  const { attacked, events } = await page.evaluate(async (known) => {
    const heard: string[] = []
    const leave = latchkey.subscribe(({ name }) => void heard.push(name))
    const { malformed } = globalThis as unknown as { malformed: { attack: typeof attack } }
    const outcome = await malformed.attack(latchkey, known)
    leave()
    return { attacked: outcome, events: heard }
  }, ids)

  expect(attacked.flatMap(({ wrong }) => wrong).slice(0, 20)).toEqual([])
  for (const { name, refused } of attacked) expect({ name, enough: refused >= 50 }).toEqual({ name, enough: true })
  expect(attacked.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(8_000)
  expect(events).toEqual([])
  expect({
    state: stateOf({ profile }),
    requests: server.requests.length,
    connections: server.connections,
  }).toEqual(before)
  expect(said).not.toContain(MARK)
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
})

test('the bridge knows no other name, gives nothing away and bears being called from within', async ({ start }) => {
  const { page } = await start()
  const seen = await page.evaluate(async () => {
    const code = async (name: unknown, ...inputs: unknown[]) => {
      try {
        const result = await (latchkey.request as (...all: unknown[]) => Promise<{ ok: boolean; error?: object }>)(
          name,
          ...inputs,
        )
        return result.ok ? 'ok' : JSON.stringify(result.error)
      } catch {
        return 'kept'
      }
    }
    const words = [
      ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf', 'then', 'prototype', 'length', ''],
      ['key.get', 'key.reveal', 'vault.read', 'app.open ', ' app.open', 'APP.OPEN', 'app.open\u0000', 'app', '*'],
      ['latchkey:request', 'latchkey:event', 'ELECTRON_BROWSER_REQUIRE', '../app.open', 'x'.repeat(1_000_000)],
    ].flat()
    const others: unknown[] = [
      undefined,
      null,
      7,
      Number.NaN,
      true,
      {},
      ['app.open'],
      { toString: 'app.open' },
      new Map(),
      7n,
    ]
    const answers: string[] = []
    for (const name of [...words, ...others]) answers.push(await code(name, {}))
    const within: string[] = []
    const input = {
      get conversationId() {
        void code('settings.setTheme', { theme: 'neon' }).then((answer) => within.push(answer))
        return 'cnv_0'
      },
    }
    answers.push(await code('conversation.open', input))
    const isSame = () => Object.keys(latchkey).join() === 'request,subscribe'
    Reflect.set(latchkey, 'request', () => 'mine')
    Reflect.deleteProperty(latchkey, 'subscribe')
    Reflect.set(globalThis, 'latchkey', {})
    return {
      answers: [...new Set(answers)].toSorted(),
      within,
      more: [
        await code('app.open'),
        await code('app.open', {}, { admin: true }),
        await code('app.open', undefined, {}),
      ],
      frozen: Object.isFrozen(latchkey),
      same: isSame(),
    }
  })
  expect(seen.answers).toEqual(['{"code":"bad_request","field":"conversationId"}', '{"code":"unknown_request"}'])
  expect(seen.within).toEqual(['{"code":"bad_request","field":"theme"}'])
  expect(seen.more).toEqual(['{"code":"bad_request"}', 'ok', '{"code":"bad_request"}'])
  expect([seen.frozen, seen.same]).toEqual([true, true])
})

test('ten thousand calls at once are all answered, and nothing of them stays', async ({ start, server, profile }) => {
  const { electron, page } = await start()
  await addKey(page, server.origin)
  const before = stateOf({ profile })
  const used = () => electron.evaluate(() => process.memoryUsage().heapUsed)
  const atFirst = await used()
  const answers = await page.evaluate(async () => {
    const inputs = [{ conversationId: 'cnv_00000000000000000000000000000000' }, { conversationId: 7 }]
    const calls = Array.from({ length: 10_000 }, (_, index) =>
      latchkey.request('conversation.open', inputs[index % 2] as never),
    )
    const counts: Record<string, number> = {}
    for (const result of await Promise.all(calls)) {
      const code = result.ok ? 'ok' : result.error.code
      counts[code] = (counts[code] ?? 0) + 1
    }
    return counts
  })
  const { not_found: asked = 0, bad_request: malformed = 0, too_many: many = 0, ...others } = answers
  expect(others).toEqual({})
  expect(asked + malformed + many).toBe(10_000)
  expect(asked).toBeGreaterThan(0)
  expect(stateOf({ profile })).toBe(before)
  expect((await used()) - atFirst).toBeLessThan(200_000_000)
  expect(await page.evaluate(async () => (await latchkey.request('app.open', {})).ok)).toBe(true)
})

test('whoever is not the page is refused', async ({ start }) => {
  const { electron, page } = await start()
  let said = ''
  electron.process().stderr?.on('data', (text) => void (said += String(text)))
  // No frame inside the page has a bridge of its own.
  const frames = await page.evaluate(async () => {
    const sources = [
      'about:blank',
      '/index.html',
      'data:text/html,x',
      "javascript:'x'",
      'blob:x',
      'https://example.org',
    ]
    const found: string[] = []
    for (const src of [...sources, null]) {
      const frame = document.createElement('iframe')
      try {
        // Trusted Types keep the first of them from being made at all.
        if (src === null) frame.srcdoc = '<p>x</p>'
        else frame.src = src
        document.body.append(frame)
        await new Promise((resolve) => setTimeout(resolve, 100))
        found.push(typeof (frame.contentWindow as unknown as { latchkey?: unknown }).latchkey)
      } catch {
        found.push('undefined')
      }
      frame.remove()
    }
    return found
  })
  expect(frames).toEqual(Array<string>(7).fill('undefined'))

  const answers = await electron.evaluate(async ({ app, BrowserWindow, ipcMain }) => {
    interface Frame {
      readonly url: string
    }
    type Handler = (event: object, name: string, input: object) => Promise<{ ok: boolean; error?: { code: string } }>
    const [own] = BrowserWindow.getAllWindows()
    if (own === undefined) throw new Error('there is no window')
    const frame = own.webContents.mainFrame as Frame
    // The one handler, called with events as they come, of senders that no test can open.
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })['_invokeHandlers']
    const handler = handlers.get('latchkey:request')
    const knock = async (senderFrame: object | null) => {
      const answer = await handler?.({ type: 'frame', sender: own.webContents, senderFrame }, 'app.open', {})
      return answer?.ok === true ? 'ok' : (answer?.error?.code ?? 'nobody')
    }
    const like = (difference: object) => Object.create(frame, Object.getOwnPropertyDescriptors(difference)) as object
    const made = {
      page: await knock(frame),
      nobody: await knock(null),
      copy: await knock(like({})),
      inside: await knock(like({ parent: frame })),
      detached: await knock(like({ detached: true })),
      elsewhere: await knock(like({ url: 'https://example.org/' })),
      plain: await knock({ url: 'app://latchkey/index.html', parent: null, detached: false }),
    }
    // And those that can be opened.
    const preload = `${app.getAppPath()}/out/preload/index.cjs`
    const asks = `typeof latchkey === 'undefined' ? 'no bridge'
      : latchkey.request('app.open', {}).then((answer) => answer.ok ? 'ok' : answer.error.code)`
    const opened: Record<string, unknown> = {}
    const urls = ['app://latchkey/index.html', 'data:text/html,<p>ECHOMARK</p>', 'app://other/index.html']
    for (const url of [...urls, 'file:///etc/hostname', 'http://127.0.0.1:9/', 'https://example.org/', 'about:blank']) {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true },
      })
      // Where it may not go, it stays as empty as it was.
      await other.loadURL(url).catch(() => undefined)
      opened[url] = await other.webContents.executeJavaScript(asks)
      other.destroy()
    }
    return { made, opened, names: ipcMain.eventNames().length, channels: [...handlers.keys()] }
  })
  expect(answers.made).toEqual({
    page: 'ok',
    nobody: 'forbidden',
    copy: 'forbidden',
    inside: 'forbidden',
    detached: 'forbidden',
    elsewhere: 'forbidden',
    plain: 'forbidden',
  })
  const [same, data, ...others] = Object.values(answers.opened)
  expect([same, data]).toEqual(['forbidden', 'forbidden'])
  for (const answer of others) expect(['forbidden', 'no bridge']).toContain(answer)
  expect(others).toHaveLength(5)
  expect(answers).toMatchObject({ names: 0, channels: ['latchkey:request'] })
  // Each kind of them once, and nothing of what they are.
  await expect
    .poll(() => said.match(/refused a request of [^\n]*/g)?.toSorted())
    .toEqual([
      'refused a request of a frame inside the page',
      'refused a request of a frame that is gone',
      'refused a request of another window',
    ])
  expect(said).not.toContain('ECHOMARK')
})

test('a window that shows something else is neither answered nor told', async ({ start, server, profile }) => {
  const { electron, page } = await start()
  await addKey(page, server.origin)
  const gate = gateAfter(4)
  server.enqueue(fixture('anthropic/text', { gates: [gate] }))
  await ask(page, 'Hello')
  await gate.reached
  const heard = await electron.evaluate(async ({ BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows()
    await own?.loadURL('data:text/html,<p>elsewhere</p>')
    return (await own?.webContents.executeJavaScript(`
      globalThis.heard = []
      latchkey.subscribe((event) => heard.push(event.name))
      latchkey.request('app.open', {}).then((answer) => answer.ok ? 'ok' : answer.error.code)`)) as string
  })
  expect(heard).toBe('forbidden')
  gate.release()
  expect(await server.requests.at(-1)?.closed).toBe('answered')
  // Booked and told of, to nobody: by the time the file has it the event is behind us.
  await expect.poll(() => stateOf({ profile })).toContain('"state":"complete"')
  const told = await electron.evaluate(async ({ BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows()
    const heardOf = (await own?.webContents.executeJavaScript('heard')) as string[]
    await own?.loadURL('app://latchkey/index.html')
    return heardOf
  })
  expect(told).toEqual([])
  await expect.poll(() => page.evaluate(async () => (await latchkey.request('app.open', {})).ok)).toBe(true)
})

test('links leave by one way only, and never on their own', async ({ start }) => {
  const { electron, page } = await start()
  await electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = (url) => Promise.resolve(void opened.push(url))
  })
  const opened = () => electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  const here = page.url()
  const hostile = await page.evaluate(async (urls) => {
    const codes: string[] = []
    for (const url of urls) {
      const result = await latchkey.request('link.open', { url })
      codes.push(result.ok ? url : result.error.code)
    }
    return [...new Set(codes)].toSorted()
  }, HOSTILE_LINKS)
  expect(hostile).toEqual(['bad_request', 'link_refused'])
  // What a click, a new window or a script does by itself opens nothing, be the link as good as it may: nobody was asked.
  const bold = ['https://example.org/', 'mailto:a@example.org', 'file:///etc/passwd', 'ms-msdt:/id', 'javascript:1']
  for (const url of bold) {
    await page.evaluate((target) => {
      const link = document.createElement('a')
      link.href = target
      document.body.append(link)
      link.textContent = 'elsewhere'
      link.id = 'elsewhere'
      link.style.cssText = 'position: fixed; inset: 0; z-index: 9'
      link.click()
      window.open(target)
    }, url)
    await page.mouse.click(600, 400, { button: 'middle' })
    await page.mouse.click(600, 400)
    await page.evaluate(() => document.getElementById('elsewhere')?.remove())
    // A refused window is gone before the next one is asked for; they run on the thread of the page.
    await expect.poll(() => electron.windows().length).toBe(1)
  }
  expect(await opened()).toEqual([])
  expect(page.url()).toBe(here)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  const asked = GOOD_LINKS.slice(-12)
  const good = await page.evaluate(
    async (urls) => {
      const codes: string[] = []
      for (const url of urls) {
        const result = await latchkey.request('link.open', { url })
        codes.push(result.ok ? 'ok' : result.error.code)
      }
      return codes
    },
    asked.map(([written]) => written),
  )
  expect(good).toEqual([...Array<string>(10).fill('ok'), 'too_many', 'too_many'])
  expect(await opened()).toEqual(asked.slice(0, 10).map(([, opens]) => opens))
})
