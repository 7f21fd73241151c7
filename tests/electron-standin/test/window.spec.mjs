import { afterEach, beforeAll, expect, it } from 'vitest'
import { describeStandin, sharedProbe } from './support/launch.mjs'
import { until } from './support/processes.mjs'

const inner = (page) => page.evaluate(() => [innerWidth, innerHeight])
const isDark = (page) => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
const pictureSize = (png) => [png.readUInt32BE(16), png.readUInt32BE(20)]

describeStandin('a window', () => {
  let app
  let page
  let window
  sharedProbe((probe) => {
    ;({ app, page } = probe)
  })
  beforeAll(async () => {
    window = await app.browserWindow(page)
  })
  afterEach(() =>
    app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'system'
    }),
  )

  const openWindow = async (options) => {
    const opened = app.waitForEvent('window')
    await app.evaluate((electron, options) => globalThis.openWindow(options).then(() => undefined), options)
    const opening = await opened
    await opening.getByRole('heading').waitFor()
    return opening
  }

  it('is hidden until its first page has loaded, when it was asked not to show', async () => {
    const shown = await app.evaluate(({ BrowserWindow }) => [
      globalThis.events.find(({ name }) => name === 'ready-to-show').detail,
      BrowserWindow.getAllWindows()[0].isVisible(),
    ])
    expect(shown).toEqual([false, true])
  })

  it('gives its page the size it was made with, to the pixel', async () => {
    expect(await inner(page)).toEqual([900, 600])
  })

  it.for([
    ['setSize', [1280, 800]],
    ['setContentSize', [720, 520]],
    ['setBounds', [{ x: 3, y: 4, width: 1000, height: 640 }]],
  ])('resizes the page with %s', async ([method, args]) => {
    const sized = await openWindow({})
    const handle = await app.browserWindow(sized)
    await handle.evaluate((w, [method, args]) => w[method](...args), [method, args])
    const wanted = await handle.evaluate((w) => w.getContentSize())
    await until(() => inner(sized)).toEqual(wanted)
    expect(pictureSize(await sized.screenshot())).toEqual(wanted)
    await sized.close()
  })

  it("keeps Playwright's viewport exact, and takes the next size of the app after it", async () => {
    const sized = await openWindow({})
    await sized.setViewportSize({ width: 720, height: 520 })
    expect(pictureSize(await sized.screenshot())).toEqual([720, 520])
    const handle = await app.browserWindow(sized)
    await handle.evaluate((w) => w.setSize(1280, 800))
    await until(() => inner(sized)).toEqual([1280, 800])
    await sized.close()
  })

  it('follows the theme, in pages that are there and in pages that come later', async () => {
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'dark'
    })
    await until(() => isDark(page)).toBe(true)
    const later = await openWindow({})
    await until(() => isDark(later)).toBe(true)
    await later.reload()
    await until(() => isDark(later)).toBe(true)
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light'
    })
    await until(() => isDark(later)).toBe(false)
    await later.close()
  })

  it('stays when its app vetoes the closing', async () => {
    await window.evaluate((w) => w.once('close', (event) => event.preventDefault()))
    await window.evaluate((w) => w.close())
    expect(await window.evaluate((w) => w.isDestroyed())).toBe(false)
    expect(await page.title()).toBe('Probe')
  })

  it('stays when its page vetoes the unloading, and says so to the app', async () => {
    const stubborn = await openWindow({})
    const handle = await app.browserWindow(stubborn)
    await stubborn.evaluate(() => addEventListener('beforeunload', (event) => event.preventDefault()))
    await stubborn.getByRole('heading').click() // a page may object only once it has been used
    const asked = handle.evaluate(
      (w) => new Promise((resolve) => w.webContents.once('will-prevent-unload', () => resolve('asked'))),
    )
    stubborn.once('dialog', () => {}) // main answers it
    await handle.evaluate((w) => w.close())
    expect(await asked).toBe('asked')
    expect(await handle.evaluate((w) => w.isDestroyed())).toBe(false)
    await handle.evaluate((w) => w.destroy())
  })

  it('whose first address fails rejects the loading, and loads the next one', async () => {
    const outcome = await app.evaluate(async ({ BrowserWindow }) => {
      const unlucky = new BrowserWindow({ show: false })
      const failure = await unlucky.loadURL('http://127.0.0.1:9/').catch(({ code }) => code)
      await unlucky.loadURL('app://bundle/other.html')
      const url = unlucky.webContents.getURL()
      unlucky.destroy()
      return [failure, url]
    })
    expect(outcome).toEqual([expect.stringMatching(/^ERR_/), 'app://bundle/other.html'])
    await until(() => app.windows().length).toBe(1)
  })

  it.for(['close', 'destroy'])('that never loaded anything goes with %s', async (method) => {
    const windows = await app.evaluate(async ({ BrowserWindow }, method) => {
      const empty = new BrowserWindow({ show: false })
      const closed = new Promise((resolve) => empty.once('closed', resolve))
      empty[method]()
      await closed
      return BrowserWindow.getAllWindows().length
    }, method)
    expect(windows).toBe(1)
  })

  it('takes its title from the page', async () => {
    await page.evaluate(() => void (document.title = 'Renamed'))
    await until(() => window.evaluate((w) => w.getTitle())).toBe('Renamed')
    await page.evaluate(() => void (document.title = 'Probe'))
  })

  it.for([{ nodeIntegration: true }, { contextIsolation: false }, { sandbox: false }, { webSecurity: false }])(
    'is refused with %o',
    async (webPreferences) => {
      const refusal = await app.evaluate(({ BrowserWindow }, webPreferences) => {
        try {
          return new BrowserWindow({ webPreferences }).id
        } catch (error) {
          return error.message
        }
      }, webPreferences)
      expect(refusal).toMatch(/^electron stand-in: only sandboxed, context-isolated windows/)
    },
  )

  it('reports a crashed page', async () => {
    const crashing = await openWindow({})
    const handle = await app.browserWindow(crashing)
    const reason = handle.evaluate(
      (w) =>
        new Promise((resolve) => w.webContents.once('render-process-gone', (event, { reason }) => resolve(reason))),
    )
    await handle.evaluate((w) => w.webContents.forcefullyCrashRenderer())
    expect(await reason).toBe('crashed')
    await handle.evaluate((w) => w.destroy())
  })
})
