import type { Page } from 'playwright'
import { expectedAnswer } from '../support/fixtures'
import { anthropicErrors, fixture, gateAfter } from '../support/provider-server'
import { addKey, ask, askMain, expect, expectWords, KEY, message, send, stop, test, transcript } from './fixtures'
import { findings, look } from './looking'
import { tabTo } from './tabbing'

const ANSWER = expectedAnswer('anthropic/text').text

/** What sending would cost, beside the button that sends. */
const estimate = (page: Page) => page.getByTitle(/^Sending this: /)
const notice = (page: Page) => page.getByRole('alert').filter({ hasText: 'You set' })
const picker = (page: Page) => page.getByRole('combobox', { name: 'Model', exact: true })

/** Sets a monthly limit that stops what would pass it, in dollars. */
async function limitMonth(page: Page, limit: string, action: 'ask' | 'block' = 'block'): Promise<void> {
  const steps = [{ percent: 100, action }]
  await askMain(page, 'budget.set', { scope: { kind: 'all' }, period: 'month', limit, steps })
}

test('what sending would cost is said while it is written, and again once it is answered', async ({
  start,
  server,
}) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await expect(estimate(page)).toHaveCount(0)
  await message(page).fill('What is a latchkey?')
  await expect(estimate(page)).toHaveText(/^about \d tokens · about \$0\.\d+ to \$0\.\d+$/)
  await expect(message(page)).toHaveAccessibleDescription(/ to \$0\.\d+, at most \$\d+\.\d+ with the longest answer\. /)

  // A longer text costs more, and nothing is asked of the provider for it.
  const before = await estimate(page).innerText()
  await message(page).fill('What is a latchkey? '.repeat(2000))
  await expect(estimate(page)).not.toHaveText(before)
  expect(server.connections).toBe(0)

  await message(page).fill('')
  await expect(estimate(page)).toHaveCount(0)
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'What is a latchkey?')
  await expectWords(page, ANSWER)
  await expect(estimate(page)).toBeVisible()
  await expect(message(page)).toHaveAccessibleDescription(/about \d+ tokens/)
})

test('the picker says what sending would cost on each model', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await message(page).fill('What is a latchkey?')
  await picker(page).click()
  const option = page.getByRole('option', { name: /Sonnet 5\.5/ }).first()
  await expect(option).toContainText(/about \$0\.\d+–0\.\d+/)
  await message(page).evaluate((field: HTMLTextAreaElement) => field.blur())
})

test('a budget keeps the message here; sent once anyway it leaves, and the next one is kept again', async ({
  start,
  server,
}) => {
  const { page } = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await addKey(page, server.origin)
  await limitMonth(page, '0.005')
  await ask(page, 'Do not lose this.')
  await expect(notice(page)).toContainText(
    /^You set \$0\.005 for November; \$0\.005 is left, and even a short answer may cost \$0\.01\d*\./,
  )
  await expect(message(page)).toHaveValue('Do not lose this.')
  expect(server.connections).toBe(0)

  // What was said was said of that text: of another one it is not true, and Enter asks anew.
  await message(page).fill('Do not lose this!')
  await expect(notice(page)).toHaveCount(0)
  await message(page).press('Enter')
  await expect(notice(page)).toBeVisible()

  server.enqueue(fixture('anthropic/text'))
  await page.getByRole('button', { name: 'Send once anyway' }).click()
  await expectWords(page, ANSWER)
  await expect(message(page)).toHaveValue('')
  await expect(message(page)).toBeFocused()
  expect(server.requests).toHaveLength(1)
  expect(server.requests[0]?.json).toMatchObject({ messages: [{ content: [{ text: 'Do not lose this!' }] }] })

  await ask(page, 'And this?')
  await expect(notice(page)).toBeVisible()
  expect(server.requests).toHaveLength(1)
})

test('the answer to a question that was asked may be asked for again, past the budget, once', async ({
  start,
  server,
}) => {
  const { page } = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'What is a latchkey?')
  await expectWords(page, ANSWER)
  await limitMonth(page, '0.005', 'ask')
  await page.getByRole('button', { name: 'Regenerate' }).click()
  await expect(notice(page)).toBeVisible()
  expect(server.requests).toHaveLength(1)
  server.enqueue(fixture('anthropic/thinking'))
  await page.getByRole('button', { name: 'Send once anyway' }).click()
  await expectWords(page, expectedAnswer('anthropic/thinking').text)
  expect(server.requests).toHaveLength(2)
})

test('an answer that a budget shortened says so, and leads to the limit', async ({ start, server }) => {
  const { page } = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await addKey(page, server.origin)
  await limitMonth(page, '0.05')
  server.enqueue(fixture('anthropic/max-tokens'))
  await ask(page, 'Tell me everything.')
  await expect(transcript(page)).toContainText('tokens ·')
  const [sent] = server.requests.map(({ json }) => json as { max_tokens: number })
  const most = sent?.max_tokens ?? 0
  expect(most).toBeLessThan(5000)
  await expect(transcript(page)).toContainText(`Shortened to ${most.toLocaleString('en-US')} tokens by your budget`)
  await transcript(page).getByRole('button', { name: 'Raise the limit' }).click()
  await expect(page.getByRole('dialog', { name: 'Budget for November' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(transcript(page).getByRole('button', { name: 'Raise the limit' })).toBeFocused()
})

test('an answer that runs on unseen is counted until it has ended', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await askMain(page, 'settings.setStopMode', { stopMode: 'count' })
  const gate = gateAfter(60)
  server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
  await ask(page, 'Tell me a long story.')
  await gate.reached
  await expect(transcript(page)).toContainText('Keys are older than coins')
  await stop(page).click()
  await expect(transcript(page)).toContainText('Stopped')
  await expect(transcript(page)).toContainText('still counting')
  gate.release()
  await expect(transcript(page)).toContainText(/tokens · \$0\.\d+/)
  await expect(transcript(page)).not.toContainText('still counting')
  await expect(transcript(page)).toContainText('Stopped')
})

test('a limit is raised by keyboard alone; the message waits for its user', async ({ start, server }) => {
  const { page } = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await addKey(page, server.origin)
  await limitMonth(page, '0.005')
  await page.keyboard.type('Do not lose this.')
  await page.keyboard.press('Enter')
  await expect(notice(page)).toBeVisible()
  await tabTo(page, /^Raise the limit$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Budget for November' })
  await expect(dialog.getByRole('textbox', { name: 'Limit', exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Raise the limit' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(message(page)).toBeFocused()
  await expect(message(page)).toHaveValue('Do not lose this.')
  await expect(notice(page)).toHaveCount(0)
  expect(server.connections).toBe(0)

  server.enqueue(fixture('anthropic/text'))
  await page.keyboard.press('Enter')
  await expectWords(page, ANSWER)
  expect(server.requests).toHaveLength(1)
})

test('a cheaper model is chosen where the budget is in the way, and the message stays', async ({ start, server }) => {
  const { page } = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await addKey(page, server.origin)
  await limitMonth(page, '0.005')
  await ask(page, 'Do not lose this.')
  await page.getByRole('button', { name: 'Choose a cheaper model' }).click()
  await expect(page.getByRole('combobox', { name: 'Search models' })).toBeFocused()
  await expect(page.getByRole('option', { name: /Haiku 5\.5/ }).first()).toContainText(/about \$/)
  await page.keyboard.type('Claude Haiku 5.5')
  await page.keyboard.press('Enter')
  await expect(picker(page)).toContainText('Haiku 5.5')
  await expect(notice(page)).toHaveCount(0)
  await expect(message(page)).toHaveValue('Do not lose this.')
  expect(server.connections).toBe(0)
})

test('a busy provider is asked again after the pause it asks for, and the answer comes once', async ({
  start,
  server,
}) => {
  server.enqueue(anthropicErrors.rateLimit(2))
  server.enqueue(fixture('anthropic/text'))
  const { page } = await start()
  await addKey(page, server.origin)
  const said = page.getByRole('status').filter({ hasText: /./ })
  await ask(page, 'Do not lose this.')
  await expect(transcript(page)).toContainText(/Anthropic asks for a pause\. Trying again in \d s \(2 of 3\)/)
  await expect(said).toContainText(/^Anthropic asks for a pause\. Trying again in \d seconds?, attempt 2 of 3$/)
  await expectWords(page, ANSWER)
  await expect(transcript(page)).not.toContainText('Trying again')
  await expect(transcript(page).getByText('Do not lose this.')).toHaveCount(1)
  await expect(transcript(page).getByRole('article')).toHaveCount(2)
  expect(server.requests).toHaveLength(2)
  expect(server.requests[1]?.body).toBe(server.requests[0]?.body)
})

test('a pause is cut short with Try now, and ended with Cancel', async ({ start, server }) => {
  server.enqueue(anthropicErrors.rateLimit(90))
  server.enqueue(fixture('anthropic/text'))
  const { page } = await start()
  await addKey(page, server.origin)
  await ask(page, 'Now, please.')
  await expect(transcript(page)).toContainText(/Trying again in 1 min \d+ s \(2 of 3\)/)
  await tabTo(page, /^Try now$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expectWords(page, ANSWER)
  await expect(message(page)).toBeFocused()
  expect(server.requests).toHaveLength(2)

  server.enqueue(anthropicErrors.rateLimit(90))
  await ask(page, 'Never mind.')
  await expect(transcript(page)).toContainText('Trying again in')
  await transcript(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(transcript(page)).not.toContainText('Trying again')
  await expect(stop(page)).toHaveCount(0)
  await expect(send(page)).toBeVisible()
  await expect(message(page)).toBeFocused()
  expect(server.requests).toHaveLength(3)
})

test('a key that has expired: the same text goes out with the new one, and nothing with any other', async ({
  start,
  server,
}) => {
  server.enqueue(fixture('anthropic/text'))
  const { page } = await start()
  await addKey(page, server.origin)
  await ask(page, 'What is a latchkey?')
  await expectWords(page, ANSWER)
  server.enqueue(anthropicErrors.invalidKey())
  await ask(page, 'And a latch?')
  await transcript(page).getByRole('alert').getByRole('button', { name: 'Replace key' }).click()
  const next = `${KEY}-next`
  await page.getByRole('dialog').getByLabel('API key').fill(next)
  expect(server.requests).toHaveLength(2)
  server.enqueue(fixture('anthropic/thinking'))
  await page.getByRole('button', { name: 'Replace and send again' }).click()
  await expectWords(page, expectedAnswer('anthropic/thinking').text)
  const asked = server.requests.filter(({ body }) => body.includes('And a latch?'))
  expect(asked.map(({ headers }) => headers['x-api-key'])).toEqual([KEY, next])
  expect(asked[1]?.body).toBe(asked[0]?.body)
  // Beside them at most the free list of models.
  const others = server.requests.filter((request) => !asked.includes(request)).slice(1)
  expect(others.filter(({ method }) => method === 'POST')).toEqual([])
  await expect(transcript(page).getByText('And a latch?')).toHaveCount(1)
})

test('caching is set for one conversation, by keyboard, and stays set', async ({ start, server }) => {
  server.enqueue(fixture('anthropic/text'))
  const first = await start()
  await addKey(first.page, server.origin)
  await expect(first.page.getByRole('button', { name: 'Conversation options' })).toHaveCount(0)
  await ask(first.page, 'What is a latchkey?')
  await expectWords(first.page, ANSWER)
  await tabTo(first.page, /^Conversation options$/, 'Shift+Tab')
  await first.page.keyboard.press('Enter')
  await expect(first.page.getByRole('menuitemradio', { name: '5 minutes' })).toBeChecked()
  await first.page.keyboard.press('ArrowDown')
  await first.page.keyboard.press('End')
  // Last stands how long the conversation is kept, and before it what it may cost.
  await first.page.keyboard.press('ArrowUp')
  await first.page.keyboard.press('ArrowUp')
  await first.page.keyboard.press('Enter')
  await expect(first.page.getByRole('menu')).toHaveCount(0)
  await expect(first.page.getByRole('button', { name: 'Conversation options' })).toBeFocused()
  await first.quit()

  const { page } = await start()
  await page.getByRole('button', { name: 'Conversation options' }).click()
  await expect(page.getByRole('menuitemradio', { name: '1 hour' })).toBeChecked()
})

test('axe finds nothing on what is said about a message before it leaves', async ({ start, server }) => {
  test.setTimeout(180_000)
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/cache'))
  await ask(page, 'What is a latchkey?')
  await expect(transcript(page)).toContainText('tokens ·')
  await message(page).fill('And a latch? '.repeat(12))
  await expect(page.getByText(/about \$/).first()).toBeAttached()
  await look(app, 'estimate')
  await page.getByRole('button', { name: 'Conversation options' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look(app, 'conversation-options')
  await page.keyboard.press('Escape')
  await picker(page).click()
  await expect(page.getByRole('option').first()).toContainText(/about \$/)
  await expect(page.getByText('9,960 tokens of this are in its cache.')).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByText(/^Re-reads [\d,]+ tokens that are cached for Claude Sonnet 5\.5: about \$/)).toBeVisible()
  await look(app, 'models-estimates')
  await page.keyboard.press('Escape')
  await limitMonth(page, '0.005')
  await expect(page.getByText('is used: nothing more leaves.')).toBeVisible()
  await look(app, 'budget-line')
  await ask(page, 'And a lock?')
  await expect(notice(page)).toBeVisible()
  await look(app, 'budget-refused')
  await limitMonth(page, '5')
  server.enqueue(anthropicErrors.rateLimit(110))
  await message(page).press('Enter')
  await expect(transcript(page)).toContainText('Trying again in')
  await look(app, 'waiting')
  expect(await findings(page)).toEqual([])
})
