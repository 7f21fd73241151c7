import type { Page } from 'playwright'
import { expectedAnswer } from '../support/fixtures'
import { eventsOf, fixture, gateAfter, stream } from '../support/provider-server'
import { addKey, ask, askMain, expect, expectWords, message, test, transcript } from './fixtures'
import { look } from './looking'

const ANSWER = expectedAnswer('anthropic/text').text

const field = (page: Page) =>
  message(page).evaluate((box) => ({
    height: box.clientHeight,
    line: Number.parseFloat(getComputedStyle(box).lineHeight),
    scrolls: box.scrollHeight > box.clientHeight,
  }))
const lines = (count: number) => Array.from({ length: count }, (_none, index) => `line ${index}`).join('\n')
/** How far what is read lies from where the transcript begins, and the end of it from its own. */
const place = (page: Page) =>
  transcript(page).evaluate((log) => ({
    top: log.scrollTop,
    fromEnd: log.scrollHeight - log.clientHeight - log.scrollTop,
  }))

test('the field grows line by line to twelve, and moves nobody who reads', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/long-text'))
  await ask(page, 'Tell me a long story.')
  await expect(transcript(page)).toContainText('let the lock write down who came by')
  const one = await field(page)
  for (const count of [2, 12]) {
    await message(page).fill(lines(count))
    expect((await field(page)).height).toBe(one.height + (count - 1) * one.line)
    expect((await field(page)).scrolls).toBe(false)
    await expect.poll(async () => (await place(page)).fromEnd).toBeLessThanOrEqual(1)
  }
  const twelve = await field(page)
  await message(page).fill(lines(40))
  expect(await field(page)).toEqual({ ...twelve, scrolls: true })

  await message(page).fill('')
  await transcript(page).evaluate((log) => log.scrollTo(0, 20))
  await expect.poll(async () => (await place(page)).top).toBe(20)
  await message(page).fill(lines(12))
  expect((await place(page)).top).toBe(20)
})

test('with the setting, Enter begins a line and Ctrl+Enter sends; the words below say so', async ({
  start,
  server,
}) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await expect(page.getByText('Enter to send', { exact: true })).toBeVisible()
  await askMain(page, 'settings.setSendKey', { sendKey: 'mod_enter' })
  await page.reload()
  await expect(page.getByText('Ctrl+Enter to send', { exact: true })).toBeVisible()
  await message(page).fill('one')
  await message(page).press('Enter')
  await page.keyboard.type('two')
  await message(page).press('Shift+Enter')
  await page.keyboard.type('three')
  await expect(message(page)).toHaveValue('one\ntwo\nthree')
  expect(server.connections).toBe(0)
  server.enqueue(fixture('anthropic/text'))
  await message(page).press('Control+Enter')
  await expectWords(page, ANSWER)
  expect(server.requests[0]?.json).toMatchObject({ messages: [{ content: [{ text: 'one\ntwo\nthree' }] }] })
})

test('what was written is there after a kill, in each conversation, and not after it was sent', async ({
  start,
  server,
}) => {
  const first = await start()
  await addKey(first.page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  await ask(first.page, 'What is a latchkey?')
  await expectWords(first.page, ANSWER)
  await message(first.page).fill('And who has one?\nOr two?')
  await first.page.getByRole('button', { name: 'New conversation', exact: true }).click()
  await message(first.page).fill('Something else')
  const kept = (page: Page) =>
    page.evaluate(async () => {
      const { latchkey } = window as unknown as {
        latchkey: { request(name: string, input: object): Promise<{ value: { drafts: { text: string }[] } }> }
      }
      return (await latchkey.request('app.open', {})).value.drafts.map(({ text }) => text).toSorted()
    })
  await expect.poll(() => kept(first.page)).toEqual(['And who has one?\nOr two?', 'Something else'])
  await first.kill()

  const second = await start()
  await expect(message(second.page)).toHaveValue('And who has one?\nOr two?')
  await second.page.getByRole('button', { name: 'New conversation', exact: true }).click()
  await expect(message(second.page)).toHaveValue('Something else')
  await second.page.locator('[data-conversation]').first().click()
  server.enqueue(fixture('anthropic/text'))
  await message(second.page).press('Enter')
  await expect(message(second.page)).toHaveValue('')
  await second.kill()

  const third = await start()
  await expect(transcript(third.page)).toContainText('Or two?')
  await expect(message(third.page)).toHaveValue('')
  // Quitting waits for nothing that was written a moment ago.
  await message(third.page).fill('the last words')
  await third.quit()
  const last = await start()
  await expect(message(last.page)).toHaveValue('the last words')
})

test('a message written meanwhile waits, can be changed, and goes once the answer is complete', async ({
  start,
  server,
}) => {
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  const gate = gateAfter(2)
  server.enqueue(fixture('anthropic/text', { gates: [gate] }))
  await ask(page, 'What is a latchkey?')
  await gate.reached
  await ask(page, 'And whoo has one?')
  await expect(page.getByText('Sent once this answer is complete')).toBeVisible()
  await expect(message(page)).toHaveValue('')
  await look(app, 'waiting-message')
  // Another Enter changes nothing of it; what is written stays.
  await ask(page, 'Later.')
  await expect(message(page)).toHaveValue('Later.')
  await message(page).fill('')
  await message(page).press('ArrowUp')
  await expect(message(page)).toHaveValue('And whoo has one?')
  await expect(page.getByText('Sent once this answer is complete')).toHaveCount(0)
  await ask(page, 'And who has one?')
  await message(page).fill('Later.')
  expect(server.requests).toHaveLength(1)

  // Elsewhere, it goes all the same.
  await page.getByRole('button', { name: 'New conversation', exact: true }).click()
  server.enqueue(fixture('anthropic/thinking'))
  gate.release()
  await expect.poll(() => server.requests.length).toBe(2)
  await page.locator('[data-conversation]').first().click()
  await expectWords(page, expectedAnswer('anthropic/thinking').text)
  expect(server.requests[1]?.json).toMatchObject({
    messages: [{}, {}, { content: [{ text: 'And who has one?' }] }],
  })
  await expect(message(page)).toHaveValue('Later.')
  await expect(page.getByText('Sent once this answer is complete')).toHaveCount(0)
})

test('what waits comes back to the field when its answer is stopped or fails, and is sent by nobody', async ({
  start,
  server,
}) => {
  const { page } = await start()
  await addKey(page, server.origin)
  const stopped = gateAfter(2)
  server.enqueue(fixture('anthropic/text', { gates: [stopped] }))
  await ask(page, 'What is a latchkey?')
  await stopped.reached
  await ask(page, 'And who has one?')
  await message(page).fill('Please.')
  await page.keyboard.press('Escape')
  await expect(transcript(page)).toContainText('Stopped')
  await expect(message(page)).toHaveValue('And who has one?\n\nPlease.')

  const failed = gateAfter(2)
  server.enqueue(stream(eventsOf('anthropic/text').slice(0, 6), { gates: [failed], ending: 'reset' }))
  await ask(page, 'And now?')
  await failed.reached
  await ask(page, 'And then?')
  await page.getByRole('button', { name: 'Remove the waiting message' }).click()
  await expect(message(page)).toBeFocused()
  await ask(page, 'And at last?')
  failed.release()
  await expect(message(page)).toHaveValue('And at last?')
  expect(server.requests).toHaveLength(2)
})

test('a costly message is asked about once in its conversation, and not sent before', async ({ start, server }) => {
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  await askMain(page, 'settings.setAskAbove', { askAbove: 'usd0.10' })
  await page.reload()
  const costly = 'What is a latchkey? '.repeat(15_000)
  const question = page.getByRole('alert').filter({ hasText: 'Sending this costs about $0.' })
  await ask(page, costly)
  await expect(question).toContainText('Above $0.10 you are asked once per conversation.')
  await look(app, 'costly-message')
  await message(page).fill('What is a latchkey?')
  await expect(question).toHaveCount(0)
  await message(page).fill(costly)
  expect(server.connections).toBe(0)
  server.enqueue(fixture('anthropic/text'))
  await question.getByRole('button', { name: 'Send' }).click()
  await expectWords(page, ANSWER)
  await expect(message(page)).toHaveValue('')
  server.enqueue(fixture('anthropic/thinking'))
  await ask(page, 'And who has one?')
  await expectWords(page, expectedAnswer('anthropic/thinking').text)
  expect(server.requests).toHaveLength(2)

  await page.getByRole('button', { name: 'New conversation', exact: true }).click()
  await ask(page, costly)
  await expect(question).toBeVisible()
  expect(server.requests).toHaveLength(2)
})
