import type { Page } from 'playwright'
import {
  anthropicErrors,
  fixture,
  gateAfter,
  startProviderServer,
  type ProviderServer,
} from '../support/provider-server'
import {
  addKey,
  ask,
  askMain,
  expect,
  expectWords,
  keepForEver,
  message,
  send,
  stop,
  test,
  transcript,
} from './fixtures'

/** Adds a connection as a person does: a card, an address, a key. */
async function connect(page: Page, card: string, baseUrl: string): Promise<void> {
  await page.getByRole('button', { name: 'Keys', exact: true }).click()
  await page.getByRole('button', { name: 'Add a key' }).first().click()
  if (card === 'DeepSeek') await page.getByRole('radio', { name: 'More' }).check({ force: true })
  await page.getByRole('radio', { name: card }).check({ force: true })
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl)
  await page.getByLabel('API key').fill(`key-for-${card}-0123456789abcdef`)
  await page.getByRole('button', { name: 'Save key' }).click()
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible()
}

/** Chooses a model by its name, by keyboard. */
async function choose(page: Page, name: string): Promise<void> {
  const picker = page.getByRole('combobox', { name: 'Model', exact: true })
  await picker.click()
  const search = page.getByRole('combobox', { name: 'Search models' })
  await expect(search).toBeFocused()
  await search.fill(name)
  await expect(page.getByRole('option').first()).toContainText(name)
  await page.keyboard.press('Enter')
  await expect(picker).toContainText(name)
}

const DIALECTS = [
  { card: 'OpenAI', path: '/v1', model: 'GPT-6 Sol', fixture: 'openai-responses/text', header: 'authorization' },
  { card: 'Google', path: '', model: 'Gemini 3.8 Flash', fixture: 'google/text', header: 'x-goog-api-key' },
  {
    card: 'DeepSeek',
    path: '/v1',
    model: 'DeepSeek V4 Pro',
    fixture: 'openai-compatible/deepseek-reasoning',
    header: 'authorization',
  },
]

test('one conversation asks four dialects in turn; each gives its answer, its cost and its name', async ({
  start,
  server,
}) => {
  const { page } = await start({ args: ['--test-clock=2026-11-23T12:00:00Z'] })
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'First of four')
  await expect(transcript(page).getByText(/tokens · /)).toHaveCount(1)
  const others: ProviderServer[] = []
  for (const [index, dialect] of DIALECTS.entries()) {
    const other = await startProviderServer()
    others.push(other)
    other.enqueue(fixture(dialect.fixture))
    await connect(page, dialect.card, `${other.origin}${dialect.path}`)
    await page.getByRole('button', { name: 'First of four', exact: true }).click()
    await choose(page, dialect.model)
    await ask(page, `And now ${dialect.card}`)
    const answer = transcript(page).getByRole('article').last()
    await expect(answer).toContainText(/tokens · (?:about )?\$0\.\d+/)
    await expect(answer).toContainText(dialect.model)
    await expect(transcript(page).getByText(/tokens · /)).toHaveCount(index + 2)
    expect(other.requests).toHaveLength(1)
    const holders = Object.entries(other.requests[0]?.headers ?? {}).filter(([, value]) =>
      String(value).includes(`key-for-${dialect.card}`),
    )
    expect(holders.map(([name]) => name)).toEqual([dialect.header])
    expect(other.requests[0]?.body).toContain('First of four')
  }
  await page.getByRole('button', { name: 'Spend', exact: true }).click()
  for (const name of ['Anthropic', 'OpenAI', 'Google', 'DeepSeek']) {
    await expect(page.getByRole('main').getByText(name, { exact: true }).first()).toBeVisible()
  }
  for (const other of others) await other.close()
})

test('two conversations answer at once, and each keeps its own words', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  const gates = [gateAfter(40), gateAfter(4)]
  const [long, short] = gates
  if (long === undefined || short === undefined) throw new Error('two gates')
  server.enqueue(fixture('anthropic/long-text', { gates: [long] }))
  server.enqueue(fixture('anthropic/text', { gates: [short] }))
  await ask(page, 'The long one')
  await long.reached
  await page.getByRole('button', { name: 'New conversation' }).first().click()
  await ask(page, 'The short one')
  await short.reached
  const list = page.getByRole('navigation', { name: 'Conversations' })
  await expect(list.getByText('Answering')).toHaveCount(2)
  await expect(stop(page)).toBeVisible()
  short.release()
  await expect(send(page)).toBeVisible()
  await expect(list.getByText('Answering')).toHaveCount(1)
  await expect(transcript(page)).not.toContainText('Keys are older')
  await list.getByText('The long one', { exact: true }).click()
  await expect(transcript(page)).toContainText('Keys are older')
  await expect(stop(page)).toBeVisible()
  long.release()
  await expect(send(page)).toBeVisible()
  expect(server.requests).toHaveLength(2)
})

test('every documented refusal is one sentence and one next action, and the message is kept', async ({
  start,
  server,
}) => {
  const { page } = await start()
  await addKey(page, server.origin)
  // Else the busy ones would be asked again before they are told.
  await askMain(page, 'settings.setBackground', { purpose: 'retries', on: false })
  for (const [name, refuse] of Object.entries(anthropicErrors)) {
    server.enqueue(refuse())
    await page.getByRole('button', { name: 'New conversation' }).first().click()
    await ask(page, `What happens on ${name}?`)
    const alert = transcript(page).getByRole('alert')
    await expect(alert).toBeVisible()
    const title = await alert.getByRole('paragraph').first().innerText()
    expect({ name, sentence: /^[A-Z“](?:[^.]|\.(?=\d))*\.$/.test(title) }).toEqual({ name, sentence: true })
    expect({ name, acts: (await alert.getByRole('button').count()) >= 1 }).toEqual({ name, acts: true })
    await expect(transcript(page)).toContainText(`What happens on ${name}?`)
  }
  expect(server.requests).toHaveLength(Object.keys(anthropicErrors).length)
})

test('a conversation is renamed, deleted, brought back, and its last answer asked for again', async ({
  start,
  server,
}) => {
  const { page } = await start()
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'Rename me')
  await expect(send(page)).toBeVisible()
  const list = page.getByRole('navigation', { name: 'Conversations' })
  await list.getByRole('button', { name: 'Rename me', exact: true }).press('F2')
  await page.getByRole('textbox', { name: 'Title' }).fill('A better name')
  await page.keyboard.press('Enter')
  const row = list.getByRole('button', { name: 'A better name', exact: true })
  await expect(row).toBeVisible()
  await row.press('Delete')
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toBeVisible()
  await row.click()
  server.enqueue(fixture('anthropic/cache'))
  await page.getByRole('button', { name: 'Regenerate' }).click()
  await expect.poll(() => server.requests.length).toBe(2)
  await expect(send(page)).toBeVisible()
  await expect(transcript(page).getByRole('article')).toHaveCount(2)
  await expect(message(page)).toBeVisible()
})

test('a local server needs no key, is found only when asked for, and costs nothing', async ({ start, server }) => {
  const { page } = await start()
  await expect(page.getByLabel('API key')).toBeVisible()
  await page.getByRole('radio', { name: 'Local model' }).check({ force: true })
  await page.getByRole('radio', { name: 'Ollama' }).check({ force: true })
  await page.getByRole('textbox', { name: 'Base URL' }).fill(`${server.origin}/v1`)
  expect(server.connections).toBe(0)
  server.enqueue({
    kind: 'body',
    head: { status: 200, headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ object: 'list', data: [{ id: 'little-one:7b', object: 'model' }] }),
  })
  await page.getByRole('button', { name: 'Connect' }).click()
  await expect(page.getByText(/Found 1 model/)).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await keepForEver(page)
  await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toContainText('little-one:7b')
  server.enqueue(fixture('openai-compatible/ollama-no-usage'))
  await ask(page, 'Are you there?')
  await expect(transcript(page)).toContainText('$0.00')
  expect(JSON.stringify(server.requests.map(({ headers }) => headers))).not.toMatch(/authorization/i)
})

test('Markdown of an answer is drawn, and none of it runs', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/long-text'))
  await ask(page, 'Draw it')
  await expect(send(page)).toBeVisible()
  await expect(transcript(page).getByRole('heading', { name: 'A short history of the key' })).toBeVisible()
  await expect(transcript(page).getByRole('list').first()).toBeVisible()
  await expectWords(page, 'Metal pins wear slowly, so a lock outlived its owner.')
})
