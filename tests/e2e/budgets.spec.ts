import type { Page } from 'playwright'
import type { Bridge } from '../../src/shared/ipc/transport'
import { anthropicErrors, fixture } from '../support/provider-server'
import { addKey, ask, askMain, expect, message, test, transcript } from './fixtures'
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

/** Chooses from the menu of the only budget, by keyboard. */
async function more(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, /^More for the budget November$/)
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name })
  await expect(item).toBeVisible()
  for (let step = 0; step < 3; step += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('ArrowDown')
  }
  await expect(item).toBeFocused()
  await page.keyboard.press('Enter')
}

/** Begins so many conversations over the first connection, as a program would: without anybody looking. */
function sendMany(page: Page, count: number): Promise<void> {
  return page.evaluate(async (times) => {
    const { latchkey } = window as unknown as { latchkey: Pick<Bridge, 'request'> }
    const status = await latchkey.request('key.status', {})
    const connectionId = status.ok ? (status.value.connections[0]?.id ?? '') : ''
    const asked = { conversationId: null, connectionId, model: 'claude-sonnet-5-5', text: 'Go on' }
    for (let index = 0; index < times; index += 1) await latchkey.request('turn.start', asked)
  }, count)
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
  // What it limits and for how long is right as it stands; two warnings are wanted, and a stop in place of the question.
  await tabTo(page, /^What it limits$/)
  await tabTo(page, /^Per month$/)
  await tabTo(page, /^Nothing$/)
  await page.keyboard.press('ArrowRight')
  await tabTo(page, /^Step 2, percent/)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('50')
  await tabTo(page, /^Step 3, percent/)
  await tabTo(page, /^Ask$/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('alert')).toHaveText('Each of these needs more percent than the one above it.')
  await tabTo(page, /^Step 2, percent/)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('80')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('November')
  await expect(rows(page)).toContainText('$0.00 of $20.00')
  await expect(rows(page)).toContainText('Warns at 50% and 80%, blocks at 100%')
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

  await more(page, /^History$/)
  await expect(dialog(page).getByRole('listitem')).toHaveText([
    /^Changed to \$35\.50: warns at 50% and 80%, blocks at 100%You, \d\d:\d\d$/,
    /^Set to \$20\.00: .*You, /,
  ])
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)

  await more(page, /^Pause…$/)
  await expect(dialog(page)).toContainText('Pause the budget for November?')
  await tabTo(page, /^Pause budget$/)
  await page.keyboard.press('Enter')
  await expect(rows(page)).toContainText('Paused for today: stops nothing')
  await expect(foot(page)).toContainText('paused')
  await more(page, /^Resume$/)
  await expect(rows(page)).toContainText('$35.50 left')
  await expect(foot(page)).not.toContainText('paused')

  await more(page, /^Remove…$/)
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
  await dialog(first.page).getByRole('button', { name: 'Set budget' }).click()
  await expect(rows(first.page).nth(1)).toContainText('Each request')
  await expect(rows(first.page).nth(1)).toContainText('at most $0.05')
  await first.quit()

  const { page } = await start()
  await openSpend(page)
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page).nth(0)).toContainText('$0.00 of $7.25')
  await expect(rows(page).nth(1)).toContainText('Warns at 80%, asks at 100%')
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

test('the limit of a conversation is set from its own menu, said before it is met, and lifted once on the record', async ({
  start,
  server,
}) => {
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'What is a latch?')
  await expect(transcript(page)).toContainText('tokens ·')
  await page.getByRole('button', { name: 'Conversation options' }).click()
  await page.getByRole('menuitem', { name: 'None …' }).click()
  await expect(dialog(page)).toContainText('This conversation')
  await limit(page).fill('0.0007')
  await dialog(page).getByRole('button', { name: 'Set budget' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Conversation options' }).click()
  await expect(page.getByRole('menuitem', { name: '$0.0007 …' })).toBeVisible()
  await expect(page.getByRole('menu')).toContainText('Warned at 80%, $0.000072 left')
  await look(app, 'conversation-limit')
  await page.keyboard.press('Escape')

  // The sidebar, the line above the message and the list of models say it before anything is sent.
  await expect(foot(page)).toContainText('“What is a latch?” in total')
  await expect(foot(page)).toContainText('$0.000072 left')
  await message(page).fill('And a lock?')
  const line = page.getByText('This message may pass the $0.0007 for “What is a latch?” in total: you are asked first.')
  await expect(line).toBeVisible()
  await look(app, 'limit-foreseen')
  await page.getByRole('combobox', { name: 'Model', exact: true }).click()
  await expect(page.getByRole('option', { name: /Sonnet 5\.5/ }).first()).toContainText('asks first')
  await look(app, 'models-limits')
  await page.keyboard.press('Escape')

  await message(page).press('Enter')
  await expect(page.getByRole('alert')).toContainText(
    'You set $0.0007 for “What is a latch?” in total; $0.000072 is left',
  )
  server.enqueue(fixture('anthropic/text'))
  await page.getByRole('button', { name: 'Send once anyway' }).click()
  await expect(transcript(page).getByText('tokens ·')).toHaveCount(2)
  await openSpend(page)
  await section(page).getByRole('button', { name: 'History' }).click()
  await expect(dialog(page).getByRole('listitem').first()).toHaveText(
    /^Sent once past \$0\.0007: \$0\.000072 was left, it could cost \$\d\.\d+, \$\d\.\d+ over“What is a latch\?” in total · You, .* · Claude Sonnet 5\.5 · cost \$0\.\d+$/,
  )
  await look(app, 'budget-allowed')
})

test('after many requests the next one is asked about, and leads to when', async ({ start, server }) => {
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  await askMain(page, 'settings.setLoop', { on: true, calls: 10, spent: 'usd5', minutes: 5 })
  server.always(fixture('anthropic/text'))
  await sendMany(page, 10)
  await ask(page, 'What is a latch?')
  const notice = page.getByRole('alert').filter({ hasText: '10 requests have left within 5 minutes' })
  await expect(notice).toContainText('You set 10 or $5.00 as what leaves unasked; this one may cost up to $1.29')
  await look(app, 'loop-asked')
  await notice.getByRole('button', { name: 'Change when it asks' }).click()
  await expect(page.getByRole('switch', { name: 'Ask after many requests' })).toBeFocused()
  await page.getByRole('button', { name: 'New conversation', exact: true }).click()
  await page.getByRole('button', { name: 'Send, and count anew' }).click()
  await expect(transcript(page)).toContainText('tokens ·')
  await ask(page, 'And a lock?')
  await expect(transcript(page).getByText('tokens ·')).toHaveCount(2)
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
  await rows(page).first().getByRole('button', { name: /^More/ }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look(app, 'budget-more')
  await page.getByRole('menuitem', { name: 'Pause…' }).click()
  await expect(dialog(page)).toContainText('Pause the budget')
  await dialog(page).getByRole('radio', { name: 'Until a day' }).check()
  await dialog(page).getByRole('button', { name: 'Pause budget' }).click()
  await expect(dialog(page).getByRole('alert')).toHaveText('A pause ends today or later.')
  await look(app, 'budget-pause')
  await dialog(page).getByRole('radio', { name: 'Until I resume it' }).check()
  await dialog(page).getByRole('button', { name: 'Pause budget' }).click()
  await expect(rows(page).first()).toContainText('Paused until you resume it')
  await section(page).getByRole('button', { name: 'History' }).click()
  await expect(dialog(page).getByRole('listitem')).toHaveCount(3)
  await look(app, 'budget-history')
  await page.keyboard.press('Escape')
  await rows(page).first().getByRole('button', { name: /^More/ }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await expect(dialog(page)).toContainText('Remove the budget')
  await look(app, 'budget-remove')
})
