import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright'
import { eventsOf, fixture, stream, type ProviderServer } from '../support/provider-server'
import { ask, expect, keepForEver, message, test, transcript } from './fixtures'
import { findings, look } from './looking'
import { tabTo } from './tabbing'

/** First run: an endpoint nobody knows, which lists one model. */
async function connect(page: Page, server: ProviderServer): Promise<void> {
  server.enqueue({
    kind: 'body',
    head: { status: 200, headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ object: 'list', data: [{ id: 'grok-4-fast', object: 'model' }] }),
  })
  await page.getByRole('radio', { name: 'More' }).check({ force: true })
  await page.getByRole('radio', { name: 'Compatible endpoint' }).check({ force: true })
  await page.getByRole('textbox', { name: 'Base URL' }).fill(`${server.origin}/v1`)
  await page.getByRole('button', { name: 'Connect' }).click()
  await expect(page.getByText(/Found 1 model/)).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await keepForEver(page)
  await expect(message(page)).toBeFocused()
}

const calls = (page: Page) => page.getByRole('region', { name: 'Calls' })
/** What a price would change, once it is of what is entered. */
const changes = (page: Page) =>
  page.getByRole('dialog').locator('[aria-busy=false]').getByRole('region', { name: 'What changes' })
const mark = (page: Page) => page.getByRole('button', { name: 'About this cost' })

/** An answer whose provider says nothing of money. */
function unbilled() {
  const events = eventsOf('openai-compatible/xai-hidden-reasoning')
  return stream(events.map((event) => ({ ...event, data: event.data.replace(/,"cost_in_usd_ticks":\d+/, '') })))
}

// 15 in, 5 cached, 103 out of which 100 are hidden thinking: 15 × 0.2 + 5 × 0.05 + 103 × 0.5 millionths of a dollar.
const COST = '$0.00005475'

test('a price of one’s own settles what had none, by keyboard alone', async ({ start, server }) => {
  const { page } = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await connect(page, server)
  server.enqueue(unbilled())
  await ask(page, 'Is it open?')
  await expect(transcript(page)).toContainText('tokens · unpriced')
  await tabTo(page, /^About this cost$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'About this cost' })).toContainText('No price is known for this model.')
  await expect(page.getByRole('dialog')).toContainText('Thinking was found as the gap')
  await page.keyboard.press('Escape')
  await expect(mark(page)).toBeFocused()

  await tabTo(page, /^Spend$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  // The page comes with its first look, and what it shows a moment later.
  await expect(page.getByRole('button', { name: /^Set price…/ })).toBeVisible()
  await tabTo(page, /^Set price…/)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Price of grok-4-fast' })
  await expect(dialog).toContainText('Compatible endpoint')
  const input = dialog.getByRole('textbox', { name: 'Input', exact: true })
  await expect(input).toBeFocused()
  await page.keyboard.type('-1')
  await page.keyboard.press('Enter')
  await expect(input).toBeFocused()
  await expect(input).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByRole('alert').first()).toContainText('This is not a price')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('0.2')
  await tabTo(page, /^Output$/)
  await page.keyboard.type('0.5')
  await tabTo(page, /^Cached input/)
  await page.keyboard.type('0.05')
  // Nothing is set that was not seen before.
  await expect(changes(page)).toContainText(`Settles 1 call that has no price: ${COST}, November 2026.`)
  await expect(changes(page)).toContainText('No price is known here')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toHaveText(`1 call settled: ${COST}, November 2026`)
  await expect(dialog).toContainText('$0.20 in, $0.50 out, $0.05 cached')
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)

  await expect(calls(page)).toContainText(COST)
  await expect(calls(page)).not.toContainText('unpriced')
  await expect(mark(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('Settled later by a price of yours.')
  await page.keyboard.press('Escape')

  await tabTo(page, /^Verify ledger$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'as booked' })).toHaveText(/^All \d entries are as booked\.$/)

  await page.getByRole('button', { name: 'Is it open?', exact: true }).first().click()
  await expect(transcript(page)).toContainText(`123 tokens · ${COST}, at your price`)
  await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toContainText('$0.20 / $0.50 per M')
  server.enqueue(unbilled())
  await ask(page, 'And now?')
  await expect(transcript(page).getByText(`tokens · ${COST}`, { exact: false })).toHaveCount(2)
})

test('a price is taken back where it was set, and nothing that it settled comes undone', async ({ start, server }) => {
  const { page } = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await connect(page, server)
  const picker = page.getByRole('combobox', { name: 'Model', exact: true })
  await expect(picker).toContainText('unpriced')
  await picker.click()
  await page.getByRole('button', { name: 'Set price… of grok-4-fast' }).click()
  const dialog = page.getByRole('dialog', { name: 'Price of grok-4-fast' })
  await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('1')
  await dialog.getByRole('textbox', { name: 'Output', exact: true }).fill('2')
  await dialog.getByLabel('From (optional)').fill('2026-11-01')
  await expect(changes(page)).toContainText('No call waits for this price.')
  await dialog.getByRole('button', { name: 'Set price' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Saved. No call was waiting for this price.')
  await expect(dialog).toContainText('From 1 Nov 2026 · set today')
  await page.keyboard.press('Escape')
  await expect(picker).toBeFocused()
  await expect(picker).toContainText('$1 / $2 per M')

  await picker.click()
  await page.getByRole('button', { name: 'Set price… of grok-4-fast' }).click()
  await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('3')
  await dialog.getByRole('textbox', { name: 'Output', exact: true }).fill('4')
  await expect(changes(page)).toContainText('Takes days from your price of $1.00 in, $2.00 out')
  await dialog.getByRole('button', { name: /^Remove/ }).click()
  await expect(changes(page)).toContainText('No price is known here')
  await expect(dialog.getByRole('status')).toHaveText('Removed. What it settled stays settled.')
  await expect(dialog.getByRole('textbox', { name: 'Input', exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(picker).toContainText('unpriced')
})

test('axe finds nothing on what is said about money', async ({ start, server }) => {
  test.setTimeout(180_000)
  const app = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  const { page } = app
  await connect(page, server)
  server.enqueue(unbilled())
  await ask(page, 'Is it open?')
  await expect(transcript(page)).toContainText('tokens · unpriced')
  await mark(page).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(app, 'about-cost')
  await page.keyboard.press('Escape')
  server.enqueue(fixture('openai-compatible/cumulative'))
  await ask(page, 'Count to three.')
  await expect(transcript(page).getByText(/tokens · /)).toHaveCount(2)

  await page.getByRole('button', { name: 'Spend', exact: true }).click()
  await page.getByRole('button', { name: 'Verify ledger' }).click()
  await expect(page.getByText(/as booked\.$/)).toBeVisible()
  await look(app, 'spend-unpriced')
  await page
    .getByRole('button', { name: /^Set price…/ })
    .last()
    .click()
  const dialog = page.getByRole('dialog', { name: /^Price of/ })
  await expect(dialog).toBeVisible()
  await look(app, 'price')
  await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('free')
  await dialog.getByRole('button', { name: 'Set price' }).click()
  await expect(dialog.getByRole('alert').first()).toBeVisible()
  await look(app, 'price-refused')
  await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('0.2')
  await dialog.getByRole('textbox', { name: 'Output', exact: true }).fill('0.5')
  await expect(changes(page)).toContainText('Settles in part 1 call')
  await look(app, 'price-changes')
  await dialog.getByRole('button', { name: 'Set price' }).click()
  await expect(dialog.getByRole('status')).toContainText('settled')
  await look(app, 'price-settled')
  await page.keyboard.press('Escape')
  await mark(page).last().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(app, 'spend-about-cost')
  expect(await findings(page)).toEqual([])
})

test('a ledger that was changed from outside is found out', async ({ start, server, profile }) => {
  const first = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await connect(first.page, server)
  server.enqueue(unbilled())
  await ask(first.page, 'Is it open?')
  await expect(transcript(first.page)).toContainText('tokens · unpriced')
  await first.quit()
  const database = new DatabaseSync(join(profile.path, 'latchkey.db'))
  database.exec('DROP TRIGGER ledger_line_stays_as_it_is; UPDATE ledger_line SET units = units + 1 WHERE seq = 2')
  database.close()

  const { page } = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await page.getByRole('button', { name: 'Spend', exact: true }).click()
  await page.getByRole('button', { name: 'Verify ledger' }).click()
  const said = page.getByRole('status').filter({ hasText: 'booked' })
  await expect(said).toHaveText(/^Entry 2 \(grok-4-fast, 12:00\) is not as it was booked\./)
})
