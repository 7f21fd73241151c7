import type { Page } from 'playwright'
import { filesWith } from '../support/bytes-in'
import { expectedAnswer } from '../support/fixtures'
import { fixture, gateAfter } from '../support/provider-server'
import { addKey, ask, expect, expectWords, message, test, transcript } from './fixtures'
import { look } from './looking'
import { tabTo } from './tabbing'

const ANSWER = expectedAnswer('anthropic/text').text
/** Said in no other test, and by no answer. */
const SECRET = 'the heron under bridge forty-one'

const line = (page: Page) => page.getByRole('note').filter({ hasText: 'Private:' })
const list = (page: Page) => page.getByRole('navigation', { name: 'Conversations' })
const openPage = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('a private conversation is plainly one, runs on while another is open, and leaves nothing after quit', async ({
  start,
  server,
  profile,
}) => {
  const first = await start()
  const { page } = first
  await addKey(page, server.origin)
  await page.keyboard.press('Control+Shift+N')
  await expect(page.getByRole('heading', { name: 'New private conversation' })).toBeVisible()
  await expect(line(page)).toHaveText(/kept in memory, gone when Latchkey quits/)
  await expect(message(page)).toBeFocused()
  // A draft begun here is no draft of a conversation that is kept.
  await message(page).fill(SECRET)
  await page.keyboard.press('Control+N')
  await expect(line(page)).toHaveCount(0)
  await expect(message(page)).toHaveValue('')
  await page.getByRole('button', { name: 'New private conversation' }).click()
  await expect(message(page)).toHaveValue(SECRET)

  const gate = gateAfter(3)
  server.enqueue(fixture('anthropic/text', { gates: [gate] }))
  await message(page).press('Enter')
  await gate.reached
  const row = list(page).getByRole('button', { name: /^Private: the heron/ })
  await expect(row).toHaveAttribute('aria-current', 'page')
  await expect(line(page)).toBeVisible()
  expect(await page.title()).not.toContain('heron')

  // Elsewhere in the meantime, and back: it has gone on.
  await page.getByRole('button', { name: 'New conversation', exact: true }).click()
  await expect(line(page)).toHaveCount(0)
  gate.release()
  await expect(row.getByText('Answering')).toHaveCount(0)
  await row.click()
  await expectWords(page, ANSWER)
  await expect(line(page)).toBeVisible()
  // A second message goes on in it, and is as private.
  server.enqueue(fixture('anthropic/text'))
  await ask(page, `Again: ${SECRET}`)
  await expect(page.getByText(`Again: ${SECRET}`)).toBeVisible()
  await expect.poll(() => server.requests.length).toBe(2)
  await expect(line(page)).toBeVisible()
  await first.quit()

  for (const told of [SECRET, ANSWER.slice(0, 40)]) {
    expect({ told, files: filesWith(profile.path, Buffer.from(told)) }).toEqual({ told, files: [] })
  }
  const second = await start()
  await expect(second.page.getByText('No conversations yet.')).toBeVisible()
  await openPage(second.page, 'Spend')
  await expect(second.page.getByRole('region', { name: 'Calls' }).getByText('Private', { exact: true })).toHaveCount(2)
})

test('beginning one, naming it and deleting it, by keyboard alone', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await tabTo(page, /^New private conversation$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(message(page)).toBeFocused()
  server.enqueue(fixture('anthropic/text'))
  await page.keyboard.type('By hand')
  await page.keyboard.press('Enter')
  await expectWords(page, ANSWER)
  await tabTo(page, /^Private:\s*By hand$/, 'Shift+Tab')
  await page.keyboard.press('Delete')
  await expect(page.getByText('Deleted “By hand”.')).toBeVisible()
  await expect(line(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(list(page).getByRole('button', { name: 'Private: By hand' })).toBeFocused()
  await expect(line(page)).toBeVisible()
  await expectWords(page, ANSWER)
  // What a private one has no choice of is not offered.
  await page.getByRole('button', { name: 'Conversation options' }).press('Enter')
  await expect(page.getByText('Private: in memory alone, and gone when Latchkey quits.')).toBeVisible()
  await expect(page.getByRole('menuitem')).toHaveText(['None …'])
  await expect(page.getByText('What this conversation may cost in all.')).toBeVisible()
})

test('axe finds nothing on a private conversation', async ({ start, server }) => {
  test.setTimeout(120_000)
  const app = await start({ args: ['--test-clock=2026-11-23T10:00:00Z'] })
  const { page } = app
  await addKey(page, server.origin)
  await page.keyboard.press('Control+Shift+N')
  await look(app, 'private-empty')
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'A letter I would rather not keep')
  await expect(transcript(page)).toContainText('tokens ·')
  await look(app, 'private')
})
