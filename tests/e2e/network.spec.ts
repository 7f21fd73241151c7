import type { Page } from 'playwright'
import { anthropicModels, fixture } from '../support/provider-server'
import { addKey, ask, expect, keepForEver, test, transcript } from './fixtures'
import { findings, look } from './looking'
import { tabTo } from './tabbing'

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
}

async function openLog(page: Page): Promise<void> {
  await openSettings(page)
  await page.getByRole('button', { name: 'Network log …' }).click()
  await expect(page.getByRole('heading', { name: 'Network log' })).toBeVisible()
}

/** One more request, by hand. */
async function checkKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Keys', exact: true }).first().click()
  await page.getByRole('button', { name: 'Check “Personal”' }).click()
  await expect(page.getByText('Works. 1 model available.')).toBeVisible()
}

test('a first run has contacted nobody, and its log says so', async ({ start }) => {
  const app = await start()
  const { page } = app
  await page.getByRole('button', { name: 'Skip for now' }).click()
  await keepForEver(page)
  await openLog(page)
  await expect(page.getByText('No request has left since this log began.')).toBeVisible()
  await look(app, 'network-empty')
})

test('every request is in the log, is found, copied and cleared', async ({ start, server }) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  server.always(anthropicModels('claude-sonnet-5-5'), 'GET /v1/models')
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/text'), 'POST /v1/messages')
  await ask(page, 'What is a latchkey?')
  await expect(transcript(page)).toContainText('tokens ·')
  await checkKey(page)
  await openLog(page)
  const rows = page.getByRole('region', { name: 'Requests' }).getByRole('row')
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(1)).toContainText('List of models')
  await expect(rows.nth(2)).toContainText('Answer')
  await expect(rows.nth(2)).toContainText('200')
  await expect(page.getByText('2 requests in the log')).toBeVisible()
  await look(app, 'network')

  await page.getByRole('combobox', { name: 'For' }).click()
  await expect(page.getByRole('option', { name: 'Title' })).toBeVisible()
  expect(await findings(page)).toEqual([])
  await page.getByRole('option', { name: 'List of models' }).click()
  await expect(rows).toHaveCount(2)
  await page.getByRole('combobox', { name: 'For' }).click()
  await page.getByRole('option', { name: 'Title' }).click()
  await expect(page.getByText('No such request is in the log.')).toBeVisible()

  await page.getByRole('button', { name: 'Copy as CSV' }).click()
  await expect(page.getByText('Copied 2 rows as CSV.')).toBeVisible()

  await page.getByRole('button', { name: 'Clear …' }).click()
  await expect(page.getByRole('dialog', { name: 'Clear the network log?' })).toBeVisible()
  await look(app, 'network-clear')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Clear …' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Clear log' }).click()
  await expect(page.getByText('No request has left since this log began.')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button', { name: 'Settings' })).toBeFocused()
})

test('the log is read and left by keyboard alone', async ({ start, server }) => {
  const { page } = await start()
  server.always(anthropicModels('claude-sonnet-5-5'), 'GET /v1/models')
  await addKey(page, server.origin)
  await checkKey(page)
  await openSettings(page)
  await tabTo(page, /^Network log/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Network log' })).toBeVisible()
  // What is wider than the window scrolls by the arrow keys.
  await tabTo(page, /^Clear/)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('region', { name: 'Requests' })).toBeFocused()
  await tabTo(page, /^Settings$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
})

test('how requests leave is set, refused in words, and outlives a restart', async ({ start, server }) => {
  test.setTimeout(120_000)
  const first = await start()
  const { page } = first
  await addKey(page, server.origin)
  await openSettings(page)
  const certificates = page.getByRole('switch', { name: 'Use the system’s certificates' })
  const proxy = page.getByRole('textbox', { name: 'Proxy' })
  await expect(certificates).not.toBeChecked()
  await certificates.click()
  await proxy.fill('http://name:word@proxy.example:3128')
  await page.getByRole('button', { name: 'Save proxy' }).click()
  await expect(page.getByRole('alert')).toContainText('without a name or password')
  await proxy.scrollIntoViewIfNeeded()
  await look(first, 'settings-network')
  await proxy.fill('HTTP://Proxy.Example:3128/')
  await proxy.press('Enter')
  await expect(page.getByText('The proxy is used from the next connection on.')).toBeVisible()
  await expect(proxy).toHaveValue('http://proxy.example:3128')
  await first.quit()

  const again = await start()
  await openSettings(again.page)
  await expect(again.page.getByRole('switch', { name: 'Use the system’s certificates' })).toBeChecked()
  await expect(again.page.getByRole('textbox', { name: 'Proxy' })).toHaveValue('http://proxy.example:3128')
  await again.page.getByRole('textbox', { name: 'Proxy' }).fill('')
  await again.page.getByRole('button', { name: 'Save proxy' }).click()
  await expect(again.page.getByText('No proxy is used.')).toBeVisible()
})
