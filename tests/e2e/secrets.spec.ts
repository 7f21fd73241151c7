import type { Page } from 'playwright'
import { fixture } from '../support/provider-server'
import { addKey, ask, expect, keepForEver, KEY, message, test, transcript } from './fixtures'
import { look } from './looking'
import { tabTo } from './tabbing'

/** As Mistral's: nothing about it tells that it is a key, but it is stored. */
const SHAPELESS = 'Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'
const OTHER = 'sk-proj-Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'

const notice = (page: Page) => page.getByRole('alert')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const sent = (text: string | undefined) => (JSON.parse(text ?? '{}') as { messages: unknown[] }).messages

test('a key in a message is held, and goes out redacted', async ({ start, server }) => {
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  server.always(fixture('anthropic/text'))
  await ask(page, `Why does ${OTHER} not work?`)
  await expect(notice(page)).toContainText('This looks like an API key.')
  expect(server.requests).toEqual([])
  await expect(message(page)).toBeFocused()
  await look(running, 'secret-held')

  // By keyboard alone: the way out that is safest comes first.
  await tabTo(page, /^Redact and send$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(message(page)).toBeFocused()
  await expect(message(page)).toHaveValue('')
  await expect(transcript(page)).toContainText('Why does [key removed] not work?')
  await server.waitForRequests(1)
  expect(server.requests[0]?.body).not.toContain(OTHER)
  expect(JSON.stringify(sent(server.requests[0]?.body))).toContain('Why does [key removed] not work?')
})

test('a key in a message goes out when its user says so, once', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  server.always(fixture('anthropic/text'))
  await ask(page, `It is ${OTHER}`)
  await button(page, 'Send anyway').click()
  await expect(transcript(page)).toContainText(OTHER)
  await server.waitForRequests(1)
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeVisible()
  await ask(page, `Again ${OTHER}`)
  await expect(notice(page)).toContainText('This looks like an API key.')
  expect(server.requests).toHaveLength(1)
})

test('a key in a message is shown where it stands, to be edited', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await ask(page, `Why does ${OTHER} not work?`)
  await button(page, 'Edit').click()
  await expect(notice(page)).toHaveCount(0)
  await expect(message(page)).toBeFocused()
  await page.keyboard.type('it')
  await expect(message(page)).toHaveValue('Why does it not work?')
  server.always(fixture('anthropic/text'))
  await page.keyboard.press('Enter')
  await expect(transcript(page)).toContainText('Why does it not work?')
})

test('the notice goes with the text it was about', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await ask(page, OTHER)
  await expect(notice(page)).toBeVisible()
  await message(page).press('Backspace')
  await expect(notice(page)).toHaveCount(0)
})

test('a stored key of no shape is recognised by the vault and taken out', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin, SHAPELESS)
  server.always(fixture('anthropic/text'))
  await ask(page, `${SHAPELESS} does not work`)
  await expect(notice(page)).toContainText('This is a key you have stored in Latchkey.')
  expect(server.requests).toEqual([])
  await button(page, 'Redact and send').click()
  await expect(transcript(page)).toContainText('[key removed] does not work')
  expect(JSON.stringify(sent((await server.waitForRequests(1))[0]?.body))).not.toContain(SHAPELESS)
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeVisible()
  await ask(page, `${SHAPELESS} on purpose`)
  await button(page, 'Send anyway').click()
  await expect(transcript(page)).toContainText(`${SHAPELESS} on purpose`)
})

test('a pasted key is taken off the clipboard, if it is still on it', async ({ start, server }) => {
  const running = await start()
  const { page, electron } = running
  const clipboard = () => electron.evaluate((parts) => parts.clipboard.readText())
  await electron.evaluate((parts, text) => parts.clipboard.writeText(text), KEY)
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByRole('textbox', { name: 'Base URL' }).fill(server.origin)
  const field = page.getByLabel('API key')
  await field.fill(KEY)
  // Whether the browser under test shares the app's clipboard differs; what the app does on a paste does not.
  await field.dispatchEvent('paste')
  await page.getByRole('button', { name: 'Save key' }).click()
  await keepForEver(page)
  const offer = button(page, 'Clear clipboard')
  await expect(offer).toBeVisible()
  await offer.hover()
  await look(running, 'clipboard-offered')
  await offer.click()
  await expect(page.getByText('The clipboard is empty now.')).toBeVisible()
  expect(await clipboard()).toBe('')

  await page.getByRole('button', { name: 'Keys', exact: true }).click()
  await page
    .getByRole('button', { name: /^Replace/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('API key').fill(`${KEY}-2`)
  await dialog.getByLabel('API key').dispatchEvent('paste')
  await electron.evaluate((parts) => parts.clipboard.writeText('a poem'))
  await dialog.getByRole('button', { name: 'Replace key' }).click()
  await offer.click()
  await expect(page.getByText('so it was left as it is')).toBeVisible()
  expect(await clipboard()).toBe('a poem')
})
