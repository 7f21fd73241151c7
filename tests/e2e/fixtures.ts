import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { expect, test as base } from 'playwright/test'
import { startProviderServer, type ProviderServer } from '../support/provider-server'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// The built app over Playwright's unmodified Electron launcher: on Electron where its binary is there, on the stand-in
// elsewhere. E2E_RUNTIME=electron|standin forces one; the choice is kept in the environment because workers read it too.

const root = fileURLToPath(new URL('../..', import.meta.url))
const standIn = join(root, 'tests/electron-standin/dist')
export const runtime = (process.env['E2E_RUNTIME'] ??= hasElectron() ? 'electron' : 'standin')
if (runtime === 'standin') process.env['ELECTRON_OVERRIDE_DIST_PATH'] = standIn

function hasElectron(): boolean {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override !== undefined) return override !== standIn
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  if (!existsSync(join(folder, 'path.txt'))) return false
  return existsSync(join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8')))
}

/** Latchkey, started on a profile of its own. */
export interface Running {
  readonly electron: ElectronApplication
  readonly page: Page
  /** Closes it as its user would. */
  quit(): Promise<void>
  /** SIGKILL: no goodbye, nothing flushed. */
  kill(): Promise<void>
}

export interface StartOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

interface Fixtures {
  readonly profile: TempDir
  readonly server: ProviderServer
  readonly start: (options?: StartOptions) => Promise<Running>
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads which fixtures are needed from the pattern.
  profile: async ({}, provide) => {
    const profile = await makeTempDir()
    await provide(profile)
    await profile.remove()
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  server: async ({}, provide) => {
    const server = await startProviderServer()
    await provide(server)
    await server.close()
  },
  start: async ({ profile }, provide) => {
    const running: Running[] = []
    await provide(async (options = {}) => {
      const app = await launch(profile, options)
      running.push(app)
      return app
    })
    for (const app of running) await app.quit()
  },
})

/** Sets the clock of the main process. */
const CLOCK = '--test-clock='

async function launch(profile: TempDir, { args = [], env = {} }: StartOptions): Promise<Running> {
  const electron = await _electron.launch({
    args: [root, `--user-data-dir=${profile.path}`, ...args],
    cwd: root,
    env: { ...(process.env as Record<string, string>), ...env },
  })
  if (process.env['E2E_LOG'] !== undefined) electron.process().stderr?.on('data', (text) => process.stderr.write(text))
  let gone = false
  electron.on('close', () => void (gone = true))
  const page = await electron.firstWindow()
  await page.setViewportSize({ width: 1280, height: 800 })
  // The first window is reported before its page has loaded.
  await page.getByRole('heading', { level: 1 }).waitFor()
  // One day for both: a test that holds today alone holds on no other.
  const clock = args.find((arg) => arg.startsWith(CLOCK))
  if (clock !== undefined) await page.clock.setSystemTime(clock.slice(CLOCK.length))
  return {
    electron,
    page,
    quit: async () => void (gone || (await electron.close())),
    async kill() {
      const closed = electron.waitForEvent('close')
      electron.process().kill('SIGKILL')
      await closed
    },
  }
}

export const KEY = 'sk-ant-api03-end-to-end-test-key-0123456789-9aQe'

/** First run: enters a key for an Anthropic connection whose base URL is the test's own server. */
export async function addKey(page: Page, origin: string, key = KEY): Promise<void> {
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByRole('textbox', { name: 'Base URL' }).fill(origin)
  await page.getByLabel('API key').fill(key)
  await page.getByRole('button', { name: 'Save key' }).click()
  await keepForEver(page)
  await expect(message(page)).toBeFocused()
}

/** Answers how long conversations are kept with what is chosen already, where it is asked: once, on the first run. */
export async function keepForEver(page: Page): Promise<void> {
  const question = page.getByRole('heading', { name: 'How long should conversations be kept?' })
  await expect(question.or(message(page))).toBeVisible()
  if (await question.isVisible()) await page.getByRole('button', { name: 'Continue' }).click()
}

export const message = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
export const transcript = (page: Page) => page.getByRole('log', { name: 'Conversation' })
export const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true })
export const stop = (page: Page) => page.getByRole('button', { name: 'Stop', exact: true })

/** Waits for an answer's words: its Markdown marks are drawn, not shown, and blocks are told apart by space alone. */
export async function expectWords(page: Page, markdown: string): Promise<void> {
  const words = (text: string) =>
    text
      .replace(/[*_`~]+/g, '')
      .replace(/[#|>-]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  await expect.poll(async () => words(await transcript(page).innerText())).toContain(words(markdown))
}

/** Types a message and sends it with Enter. */
export async function ask(page: Page, text: string): Promise<void> {
  await message(page).fill(text)
  await message(page).press('Enter')
}

/** Asks the main process what another page would, such as to set what a test begins with. What it answers. */
export async function askMain(page: Page, name: string, input: object): Promise<unknown> {
  const answer = await page.evaluate(
    async ([what, how]) => {
      const { latchkey } = window as unknown as {
        latchkey: { request(name: string, input: object): Promise<{ ok: boolean; value?: unknown }> }
      }
      return latchkey.request(what, how)
    },
    [name, input] as const,
  )
  expect(answer.ok).toBe(true)
  return answer.value
}

export { expect }
