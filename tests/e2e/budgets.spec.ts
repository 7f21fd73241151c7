import type { Page } from 'playwright'
import { anthropicErrors, fixture } from '../support/provider-server'
import { addKey, ask, expect, message, test, transcript } from './fixtures'
import { findings, look } from './looking'
import { tabTo } from './tabbing'

const section = (page: Page) => page.getByRole('region', { name: 'Budgets' })
const rows = (page: Page) => section(page).getByRole('listitem')
const dialog = (page: Page) => page.getByRole('dialog')
const limit = (page: Page) => dialog(page).getByRole('textbox', { name: 'Limit', exact: true })
const foot = (page: Page) => page.getByRole('navigation', { name: 'Pages' })

async function openSpend(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Spend', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Spend' })).toBeVisible()
}

/** Chooses what a new budget limits. */
async function choose(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('combobox', { name: 'What it limits' }).click()
  await page.getByRole('option', { name, exact: true }).click()
}

test('a budget is set, raised and removed by keyboard alone', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await expect(foot(page)).toContainText('$0.00 this month')
  await tabTo(page, /^Spend$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(section(page)).toContainText('No budget is set')
  await tabTo(page, /^Set a budget$/)
  await page.keyboard.press('Enter')
  await expect(limit(page)).toBeFocused()

  for (const [text, said] of [
    ['abc', 'Write an amount in dollars'],
    ['0', 'A budget is more than $0.'],
    ['-5', 'A budget is more than $0.'],
    ['2000000', 'A budget is at most $1,000,000.'],
  ] as const) {
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
    await expect(dialog(page).getByRole('alert')).toContainText(said)
    await expect(limit(page)).toBeFocused()
    await expect(limit(page)).toHaveAttribute('aria-invalid', 'true')
  }

  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('20')
  // What it limits and for how long is right as it stands; a question is asked from 90 % on as well.
  await tabTo(page, /^What it limits$/)
  await tabTo(page, /^Per month$/)
  await tabTo(page, /^Warn at$/)
  await tabTo(page, /^Ask at$/)
  await page.keyboard.press('Space')
  await tabTo(page, /^Ask at, percent/)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('80')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('alert')).toHaveText('Each of these needs more percent than the one above it.')
  await tabTo(page, /^Ask at, percent/)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('90')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('November')
  await expect(rows(page)).toContainText('$0.00 of $20.00')
  await expect(rows(page)).toContainText('Warns at 80%, asks at 90%, blocks at 100%')
  await expect(foot(page)).toContainText('$0.00 of $20.00')
  await expect(page.getByRole('button', { name: 'Set a budget' })).toBeFocused()

  await tabTo(page, /^Edit the budget November$/)
  await page.keyboard.press('Enter')
  await expect(limit(page)).toBeFocused()
  await expect(limit(page)).toHaveValue('20.00')
  // What was there is selected, so that the new amount takes its place.
  await page.keyboard.type('35.50')
  await page.keyboard.press('Enter')
  await expect(rows(page)).toContainText('$0.00 of $35.50')
  await expect(foot(page)).toContainText('of $35.50')

  await tabTo(page, /^Remove the budget November$/)
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('Remove the budget for November?')
  await tabTo(page, /^Remove budget$/)
  await page.keyboard.press('Enter')
  await expect(section(page)).toContainText('No budget is set')
  await expect(page.getByRole('button', { name: 'Set a budget' })).toBeFocused()
  await expect(foot(page)).toContainText('$0.00 this month')
})

test('a budget of a provider there is already is replaced, and all of them outlive a restart', async ({
  start,
  server,
}) => {
  const first = await start()
  await addKey(first.page, server.origin)
  await openSpend(first.page)
  for (const amount of ['5', '7.25']) {
    await first.page.getByRole('button', { name: 'Set a budget' }).click()
    await limit(first.page).fill(amount)
    await choose(first.page, 'Anthropic')
    await expect(dialog(first.page).getByText('Takes the place of the $5.00')).toHaveCount(amount === '5' ? 0 : 1)
    await dialog(first.page).getByRole('button', { name: 'Set budget' }).click()
    await expect(rows(first.page)).toHaveCount(1)
  }
  await expect(rows(first.page)).toContainText('Anthropic this month')
  await expect(rows(first.page)).toContainText('$0.00 of $7.25')

  await first.page.getByRole('button', { name: 'Set a budget' }).click()
  await limit(first.page).fill('.05')
  await dialog(first.page).getByRole('radio', { name: 'Per request' }).check({ force: true })
  // Of one request nothing is used up on the way: there is nothing to warn of.
  await expect(dialog(first.page).getByRole('checkbox', { name: 'Warn at' })).toHaveCount(0)
  await dialog(first.page).getByRole('button', { name: 'Set budget' }).click()
  await expect(rows(first.page).nth(1)).toContainText('Each request')
  await expect(rows(first.page).nth(1)).toContainText('at most $0.05')
  await first.quit()

  const { page } = await start()
  await openSpend(page)
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page).nth(0)).toContainText('$0.00 of $7.25')
  await expect(rows(page).nth(1)).toContainText('Blocks at 100%')
})

test('what an answer costs moves the line in the sidebar', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await openSpend(page)
  await page.getByRole('button', { name: 'Set a budget' }).click()
  await limit(page).fill('20')
  await dialog(page).getByRole('button', { name: 'Set budget' }).click()
  await expect(foot(page)).toContainText('$0.00 of $20.00')
  await page.getByRole('button', { name: 'New conversation' }).click()
  await expect(message(page)).toBeFocused()
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'What is a latch?')
  await expect(transcript(page)).toContainText('tokens ·')
  await expect(foot(page)).toContainText('<$0.01 of $20.00')
  await page.getByRole('button', { name: /of \$20\.00/ }).click()
  await expect(page.getByRole('heading', { name: 'Spend' })).toBeVisible()
  await expect(rows(page)).toContainText('of $20.00')
  await expect(rows(page).getByRole('meter', { name: 'November' })).toBeVisible()
})

test('what left in the background is told, and leads to its switch', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await openSpend(page)
  const background = page.getByRole('region', { name: 'In the background' })
  await expect(background).toHaveText(/Nothing left in the background this month\.$/)
  await page.getByRole('button', { name: 'New conversation' }).click()
  server.enqueue(anthropicErrors.overloaded())
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'What is a latch?')
  await expect(transcript(page)).toContainText('tokens ·', { timeout: 30_000 })
  await openSpend(page)
  await expect(background.getByRole('listitem')).toHaveText(/^Automatic retries1 call\$0\.\d+Setting$/)
  await background.getByRole('button', { name: 'Setting for Automatic retries' }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Automatic retries' })).toBeFocused()
})

test('axe finds nothing on budgets', async ({ start, server }) => {
  test.setTimeout(180_000)
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  await openSpend(page)
  await look(app, 'budgets-none')
  await page.getByRole('button', { name: 'Set a budget' }).click()
  await expect(limit(page)).toBeFocused()
  await look(app, 'budget-new')
  await dialog(page).getByRole('combobox', { name: 'What it limits' }).click()
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await findings(page)).toEqual([])
  await look(app, 'budget-scopes')
  await page.keyboard.press('Escape')
  await limit(page).fill('abc')
  await dialog(page).getByRole('button', { name: 'Set budget' }).click()
  await expect(dialog(page).getByRole('alert')).toBeVisible()
  await look(app, 'budget-refused')
  await limit(page).fill('20')
  await dialog(page).getByRole('button', { name: 'Set budget' }).click()
  await expect(rows(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Set a budget' }).click()
  await limit(page).fill('0.0000001')
  await choose(page, 'Anthropic')
  await dialog(page).getByRole('radio', { name: 'Per day' }).check({ force: true })
  await dialog(page).getByRole('button', { name: 'Set budget' }).click()
  await expect(rows(page)).toHaveCount(2)
  await look(app, 'budgets')
  await rows(page).first().getByRole('button', { name: /^Edit/ }).click()
  await expect(limit(page)).toBeFocused()
  await look(app, 'budget-edit')
  await page.keyboard.press('Escape')
  await rows(page)
    .first()
    .getByRole('button', { name: /^Remove/ })
    .click()
  await expect(dialog(page)).toContainText('Remove the budget')
  await look(app, 'budget-remove')
})
