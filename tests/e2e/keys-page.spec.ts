import type { Page } from 'playwright'
import { anthropicModels, fixture, gateAfter, json } from '../support/provider-server'
import { addKey, ask, askMain, expect, message, test, transcript } from './fixtures'
import { look } from './looking'
import { tabTo } from './tabbing'

const dialog = (page: Page) => page.getByRole('dialog')
const row = (page: Page, label: string) =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: label, exact: true }) })

async function openKeys(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Keys', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Keys', exact: true })).toBeVisible()
}

async function openDetails(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: `More for “${label}”` }).click()
  await page.getByRole('menuitem', { name: 'Key details' }).click()
  await expect(page.getByRole('textbox', { name: 'Label (optional)' })).toBeFocused()
}

/** A local day so many days from today, as a field for dates takes it. */
function dayFromNow(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

const lastDay = (page: Page) => dialog(page).getByLabel('Last day it is valid (optional)')

test('a key says what it has cost and when it was used, and what was said of it outlives a restart', async ({
  start,
  server,
}) => {
  const first = await start()
  await addKey(first.page, server.origin)
  await openKeys(first.page)
  await expect(row(first.page, 'Personal')).toContainText('added today')
  await expect(row(first.page, 'Personal')).toContainText('Not used yet · $0.00 this month')
  await first.page.getByRole('button', { name: 'New conversation' }).click()
  const gate = gateAfter(3)
  server.enqueue(fixture('anthropic/text', { gates: [gate] }))
  await ask(first.page, 'What is a latch?')
  await gate.reached
  await openKeys(first.page)
  await expect(row(first.page, 'Personal')).toContainText('Last used today · $0.00 this month')
  // The answer ends while its key is looked at.
  gate.release()
  await expect(row(first.page, 'Personal')).toContainText('Last used today · <$0.01 this month')

  await openDetails(first.page, 'Personal')
  await dialog(first.page).getByRole('textbox', { name: 'Label (optional)' }).fill('Laptop')
  await lastDay(first.page).fill(dayFromNow(40))
  await dialog(first.page).getByRole('combobox', { name: 'Remind me to replace it' }).click()
  await first.page.getByRole('option', { name: '6 months after it was added' }).click()
  await dialog(first.page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(first.page)).toHaveCount(0)
  await expect(row(first.page, 'Personal')).toContainText('“Laptop” · last used today')
  await expect(row(first.page, 'Personal')).toContainText(/ · expires on \d/)
  await first.quit()

  const { page } = await start()
  await openKeys(page)
  await expect(row(page, 'Personal')).toContainText('“Laptop” · last used today')
  await openDetails(page, 'Personal')
  await expect(lastDay(page)).toHaveValue(dayFromNow(40))
  await expect(dialog(page).getByRole('combobox', { name: 'Remind me to replace it' })).toContainText('6 months')
})

test('a key that expires is told by keyboard alone, beside it and over the message, until it is replaced', async ({
  start,
  server,
}) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await openKeys(page)
  await tabTo(page, /^More for “Personal”$/)
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('textbox', { name: 'Label (optional)' })).toBeFocused()
  await lastDay(page).fill(dayFromNow(3))
  await lastDay(page).press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(row(page, 'Personal')).toContainText('Expires in 3 days. Replace it with a new one.')
  await expect(page.getByRole('button', { name: 'More for “Personal”' })).toBeFocused()

  await page.getByRole('button', { name: 'New conversation' }).click()
  await expect(message(page)).toBeFocused()
  const line = page.getByText('The key “Personal” expires in 3 days.')
  await expect(line).toBeVisible()
  // It keeps nothing from going out.
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'What is a latch?')
  await expect(transcript(page)).toContainText('tokens ·')
  await expect(line).toBeVisible()
  await tabTo(page, /^Replace key$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByLabel('API key')).toBeFocused()
  await page.keyboard.type('sk-ant-api03-another-end-to-end-key-0123456789-2bRf')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(line).toHaveCount(0)
  await openKeys(page)
  await expect(row(page, 'Personal')).toContainText('ends in 2bRf')
  await expect(row(page, 'Personal')).toContainText('Not used yet · $0.00 this month')
  await expect(row(page, 'Personal')).not.toContainText('Expires')
})

test('a day that is over and a label that is a key are told in the words they need', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await openKeys(page)
  await openDetails(page, 'Personal')
  const label = dialog(page).getByRole('textbox', { name: 'Label (optional)' })
  await label.fill('sk-ant-api03-pasted-into-the-wrong-field')
  await label.press('Enter')
  await expect(dialog(page).getByRole('alert')).toContainText('belongs in the key field')
  await label.fill('')
  await lastDay(page).fill(dayFromNow(-1))
  await lastDay(page).press('Enter')
  await expect(row(page, 'Personal')).toContainText('Expired yesterday. Replace it with a new one.')
})

test('what OpenRouter lets a key spend is shown after a check by hand', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await askMain(page, 'connection.add', { provider: 'openrouter', label: 'Router', baseUrl: `${server.origin}/api/v1` })
  await openKeys(page)
  await page.getByRole('button', { name: 'Enter key “Router”' }).click()
  await dialog(page).getByLabel('API key').fill('sk-or-v1-end-to-end-0123456789-77b0')
  await dialog(page).getByRole('button', { name: 'Save key' }).click()
  await expect(row(page, 'Router')).toContainText('ends in 77b0')
  await expect(row(page, 'Router')).not.toContainText('left on the key')
  server.always(json({ data: [{ id: 'lockworks/pin' }] }), 'GET /api/v1/models')
  server.always(json({ data: { limit: 5, limit_remaining: 4.12, usage: 0.88 } }), 'GET /api/v1/key')
  await page.getByRole('button', { name: 'Check “Router”' }).click()
  await expect(row(page, 'Router')).toContainText('Works. 1 model available.')
  await expect(row(page, 'Router')).toContainText(/\$4\.12 of \$5\.00 left on the key · \d\d:\d\d/)
})

test('axe finds nothing on keys and their details', async ({ start, server }) => {
  test.setTimeout(180_000)
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  server.always(anthropicModels('claude-sonnet-5-5'), 'GET /v1/models')
  await openKeys(page)
  await openDetails(page, 'Personal')
  await look(app, 'key-details')
  await dialog(page).getByRole('textbox', { name: 'Label (optional)' }).fill('Laptop in the kitchen, the old one')
  await lastDay(page).fill(dayFromNow(3))
  await lastDay(page).press('Enter')
  await expect(row(page, 'Personal')).toContainText('Expires in 3 days')
  await page.getByRole('button', { name: 'Check “Personal”' }).click()
  await expect(row(page, 'Personal')).toContainText('Works.')
  await look(app, 'keys-expiring')
  await page.getByRole('button', { name: 'New conversation' }).click()
  await expect(page.getByText('The key “Personal” expires in 3 days.')).toBeVisible()
  await look(app, 'composer-key-expiring')
})
