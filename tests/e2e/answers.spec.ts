import { anthropicErrors, fixture, gateAfter } from '../support/provider-server'
import { expectedAnswer } from '../support/fixtures'
import { addKey, ask, expect, expectWords, KEY, message, send, stop, test, transcript } from './fixtures'

test('from the first run to the first answer, its cost, and all of it again after a restart', async ({
  start,
  server,
}) => {
  const { text } = expectedAnswer('anthropic/text')
  server.enqueue(fixture('anthropic/text'))
  const first = await start({ args: ['--test-clock=2026-11-23T10:00:00Z'] })
  await addKey(first.page, server.origin)
  await expect(first.page.getByRole('combobox', { name: 'Model', exact: true })).toContainText('Sonnet 5.5')
  await ask(first.page, 'What is a latchkey?')
  await expectWords(first.page, text)
  await expect(message(first.page)).toHaveValue('')
  await expect(message(first.page)).toBeFocused()
  const cost = transcript(first.page).getByText(/\d+ tokens · \$0\.\d+/)
  await expect(cost).toBeVisible()
  const line = await cost.textContent()
  expect(server.requests).toHaveLength(1)
  expect(server.requests[0]?.headers['x-api-key']).toBe(KEY)
  await first.quit()

  const second = await start({ args: ['--test-clock=2026-11-23T10:05:00Z'] })
  await expectWords(second.page, text)
  await expect(transcript(second.page).getByText(line ?? '')).toBeVisible()
  await second.page.getByRole('button', { name: 'Spend' }).first().click()
  await expect(second.page.getByRole('heading', { name: 'Spend' })).toBeVisible()
  await expect(second.page.getByRole('region', { name: 'Calls' }).getByRole('row')).toHaveCount(2)
  // The key is still there too: the next question needs no new one.
  server.enqueue(fixture('anthropic/thinking'))
  await second.page.getByRole('navigation', { name: 'Conversations' }).getByText('What is a latchkey?').click()
  await ask(second.page, 'Think about it.')
  await expectWords(second.page, expectedAnswer('anthropic/thinking').text)
})

test('text is shown as it arrives, and stop keeps it and books it', async ({ start, server }) => {
  const gate = gateAfter(60)
  server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
  const { page } = await start()
  await addKey(page, server.origin)
  await ask(page, 'Tell me a long story.')
  await gate.reached
  await expect(transcript(page)).toContainText('Keys are older than coins')
  await expect(send(page)).toHaveCount(0)
  await stop(page).click()
  await expect(transcript(page)).toContainText('Stopped')
  await expect(transcript(page)).toContainText('Keys are older than coins')
  await expect(transcript(page)).toContainText(/about \$0\.\d+, at most \$\d/)
  await expect(send(page)).toBeVisible()
  await expect(server.requests[0]?.closed).resolves.toBe('disconnected')
})

test('a wrong key says so in one sentence; after a new one the same message goes out', async ({ start, server }) => {
  server.enqueue(anthropicErrors.invalidKey())
  server.enqueue(fixture('anthropic/text'))
  const { page } = await start()
  await addKey(page, server.origin)
  await ask(page, 'Do not lose this.')
  const alert = transcript(page).getByRole('alert')
  await expect(alert).toContainText('Anthropic did not accept the key')
  await alert.getByRole('button', { name: 'Replace key' }).click()
  const dialog = page.getByRole('dialog')
  const next = `${KEY}-next`
  await dialog.getByLabel('API key').fill(next)
  await dialog.getByRole('button', { name: 'Replace and send again' }).click()
  await expectWords(page, expectedAnswer('anthropic/text').text)
  await expect(transcript(page).getByText('Do not lose this.')).toHaveCount(1)
  expect(server.requests.map((request) => request.headers['x-api-key'])).toEqual([KEY, next])
  expect(server.requests[1]?.body).toBe(server.requests[0]?.body)
  expect(await page.content()).not.toContain(KEY)
})

test('killed while an answer runs: the text, the mark and the spend row are there at the next start', async ({
  start,
  server,
}) => {
  const gate = gateAfter(200)
  server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
  const first = await start()
  await addKey(first.page, server.origin)
  await ask(first.page, 'Tell me a long story.')
  await gate.reached
  await expect(transcript(first.page)).toContainText('skeleton key')
  const shown = await transcript(first.page).getByRole('article').last().innerText()
  // The promise is a second; what was shown longer ago than that must be on disk.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await first.kill()

  const second = await start()
  const answer = transcript(second.page).getByRole('article').last()
  await expect(answer).toContainText('Interrupted')
  const paragraphs = shown.split('\n').filter((line) => line.length > 40)
  expect(paragraphs.length).toBeGreaterThan(3)
  for (const paragraph of paragraphs) await expect(answer).toContainText(paragraph)
  await second.page.getByRole('button', { name: 'Spend' }).first().click()
  await expect(second.page.getByRole('row', { name: /Interrupted/ })).toHaveCount(1)
})

test('a second start shows the first window and ends with success', async ({ start }) => {
  const first = await start()
  await expect(first.page.getByRole('heading', { level: 1 })).toBeVisible()
  const focused = first.electron.evaluate(
    ({ app }) => new Promise<boolean>((resolve) => app.once('second-instance', () => resolve(true))),
  )
  const path = first.electron.process().spawnargs
  const { spawn } = await import('node:child_process')
  const [command = '', ...args] = path
  const second = spawn(
    command,
    args.filter((arg) => !/^--(?:inspect|remote-debugging)/.test(arg)),
    { stdio: 'ignore' },
  )
  const code = await new Promise((resolve) => second.on('exit', resolve))
  expect(code).toBe(0)
  await expect(focused).resolves.toBe(true)
  expect(first.electron.windows()).toHaveLength(1)
})
