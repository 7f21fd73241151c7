import type { Page } from 'playwright'
import { fixture, startProviderServer } from '../support/provider-server'
import { addKey, ask, expect, message, send, test, transcript } from './fixtures'
import { look } from './looking'

const SECRET = 'sk-proj-Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Adds an OpenAI connection as a person does, and goes back to the conversation. */
async function addOpenAi(page: Page, baseUrl: string, conversation: string): Promise<void> {
  await button(page, 'Keys').click()
  await page.getByRole('button', { name: 'Add a key' }).first().click()
  await page.getByRole('radio', { name: 'OpenAI' }).check({ force: true })
  await button(page, 'Advanced').click()
  await page.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl)
  await page.getByLabel('API key').fill('key-for-OpenAI-0123456789abcdef')
  await button(page, 'Save key').click()
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible()
  await button(page, conversation).click()
}

async function choose(page: Page, name: string): Promise<void> {
  const picker = page.getByRole('combobox', { name: 'Model', exact: true })
  await picker.click()
  await page.getByRole('combobox', { name: 'Search models' }).fill(name)
  await expect(page.getByRole('option').first()).toContainText(name)
  await page.keyboard.press('Enter')
  await expect(picker).toContainText(name)
}

test('a key in earlier messages is asked about once before it goes to another provider', async ({ start, server }) => {
  test.setTimeout(120_000)
  const other = await startProviderServer()
  other.always(fixture('openai-responses/text'))
  server.always(fixture('anthropic/text'))
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  await ask(page, `It is ${SECRET}`)
  await button(page, 'Send anyway').click()
  await expect(transcript(page).getByText(/tokens · /)).toHaveCount(1)

  await addOpenAi(page, `${other.origin}/v1`, 'It is [key removed]')
  await choose(page, 'GPT-6 Sol')
  await ask(page, 'What does it open?')
  await expect(page.getByRole('alert')).toContainText(
    'An earlier message holds an API key that was not sent to OpenAI · Personal before.',
  )
  await expect(message(page)).toHaveValue('What does it open?')
  await look(running, 'earlier-key')
  // What was asked of one model is not asked of another.
  await choose(page, 'Sonnet 5.5')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await choose(page, 'GPT-6 Sol')
  expect(other.requests).toEqual([])

  await send(page).click()
  await button(page, 'Redact and send').click()
  await expect(message(page)).toHaveValue('')
  await expect(transcript(page).getByText(/tokens · /)).toHaveCount(2)
  await expect(transcript(page)).toContainText(SECRET)
  expect(other.requests[0]?.body).toContain('It is [key removed]')
  expect(other.requests[0]?.body).not.toContain(SECRET)
  await ask(page, 'And now?')
  await expect(transcript(page).getByText(/tokens · /)).toHaveCount(3)
  expect(other.requests[1]?.body).not.toContain(SECRET)
  await other.close()
})
