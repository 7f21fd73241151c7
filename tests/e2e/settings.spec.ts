import type { Page } from 'playwright'
import { addKey, expect, test } from './fixtures'
import { look } from './looking'
import { tabTo } from './tabbing'

const SWITCHES = ['AI titles', 'Automatic retries', 'Check a new key', 'Look up final cost (OpenRouter)']

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
}

const switchOf = (page: Page, name: string) => page.getByRole('switch', { name, exact: true })

test('what is set outlives a restart', async ({ start, server }) => {
  const first = await start()
  await addKey(first.page, server.origin)
  await openSettings(first.page)
  const before = await Promise.all(SWITCHES.map((name) => switchOf(first.page, name).isChecked()))
  // Nothing that is paid begins by itself.
  expect(before[0]).toBe(false)
  for (const name of SWITCHES) await switchOf(first.page, name).click()
  await expect(first.page.getByRole('radio', { name: 'End the request' })).toBeChecked()
  await first.page.getByRole('radio', { name: 'Let it run unseen' }).check({ force: true })
  await first.page.getByRole('radio', { name: 'Ctrl+Enter' }).check({ force: true })
  await expect(first.page.getByText('Enter begins a new line.', { exact: true })).toBeVisible()
  await first.page.getByRole('radio', { name: 'UTC days' }).check({ force: true })
  await expect(first.page.getByText('A day begins at midnight UTC')).toBeVisible()
  await first.page.getByRole('radio', { name: 'Dark' }).check({ force: true })
  await first.quit()

  const { page } = await start()
  await openSettings(page)
  const after = await Promise.all(SWITCHES.map((name) => switchOf(page, name).isChecked()))
  expect(after).toEqual(before.map((on) => !on))
  await expect(page.getByRole('radio', { name: 'Let it run unseen' })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'Ctrl+Enter' })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'UTC days' })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
})

test('everything in the background is switched off by keyboard alone', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await tabTo(page, /^Settings$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  for (const name of SWITCHES) {
    await tabTo(page, new RegExp(`^${name.replace(/[()]/g, '\\$&')}$`))
    if (await switchOf(page, name).isChecked()) await page.keyboard.press('Space')
    await expect(switchOf(page, name)).not.toBeChecked()
  }
  const said = page.getByRole('status').filter({ hasText: 'Nothing leaves' })
  await expect(said).toHaveText('Nothing leaves that you did not send.')
  await page.keyboard.press('Space')
  await expect(said).toHaveCount(0)
})

test('axe finds nothing on the settings', async ({ start, server }) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  await openSettings(page)
  await look(app, 'settings')
  await page.getByRole('heading', { name: 'In the background' }).scrollIntoViewIfNeeded()
  for (const name of SWITCHES) if (await switchOf(page, name).isChecked()) await switchOf(page, name).click()
  await expect(page.getByText('Nothing leaves that you did not send.')).toBeVisible()
  await look(app, 'settings-all-off')
})
