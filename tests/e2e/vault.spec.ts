import type { Page } from 'playwright'
import { anthropicErrors, fixture, json } from '../support/provider-server'
import {
  addKey,
  ask,
  askMain,
  expect,
  expectWords,
  keepForEver,
  KEY,
  message,
  send,
  test,
  transcript,
} from './fixtures'
import { look } from './looking'
import { tabTo } from './tabbing'

const PASSPHRASE = 'correct horse battery staple'

const dialog = (page: Page) => page.getByRole('dialog')

async function openPage(page: Page, name: 'Settings' | 'Keys'): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

async function newConversation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New conversation' }).first().click()
  await expect(message(page)).toBeVisible()
}

async function setPassphrase(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Set a passphrase' }).click()
  await dialog(page).getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
  await dialog(page).getByLabel('New passphrase again').fill(PASSPHRASE)
  await dialog(page).getByRole('button', { name: 'Set passphrase' }).click()
  await expect(dialog(page)).toHaveCount(0)
}

test('a passphrase locks the keys, and the message that waited for it goes out with it', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await openPage(page, 'Settings')
  await page.getByRole('button', { name: 'Set a passphrase' }).click()
  const next = dialog(page).getByLabel('New passphrase', { exact: true })
  await expect(next).toBeFocused()
  await next.fill('short')
  await dialog(page).getByLabel('New passphrase again').fill('other')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('alert')).toHaveText('This is not the same passphrase.')
  await dialog(page).getByLabel('New passphrase again').fill('short')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('alert')).toContainText('at least 8 characters')
  await page.keyboard.press('Escape')
  await setPassphrase(page)
  await page.getByRole('button', { name: 'Lock now' }).click()
  await expect(page.getByText('Locked. No key is sent')).toBeVisible()

  await newConversation(page)
  server.enqueue(fixture('anthropic/text'))
  await message(page).fill('What is a latchkey?')
  await message(page).press('Enter')
  await expect(page.getByRole('alert')).toContainText('Your keys are locked.')
  await expect(message(page)).toHaveValue('What is a latchkey?')
  expect(server.requests).toHaveLength(0)
  await page.getByLabel('Passphrase').fill('wrong horse battery staple')
  await page.getByRole('button', { name: 'Unlock and send' }).click()
  await expect(page.getByText('This is not the passphrase.')).toBeVisible()
  await page.getByLabel('Passphrase').fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await expect(transcript(page)).toContainText('What is a latchkey?')
  await expect.poll(() => server.requests.length).toBe(1)
  await expect(message(page)).toHaveValue('')
  await expect(message(page)).toBeFocused()
})

test('the passphrase is asked for after a restart, and without it keys can be let go of', async ({ start, server }) => {
  const first = await start()
  await addKey(first.page, server.origin)
  await openPage(first.page, 'Settings')
  await setPassphrase(first.page)
  await first.quit()

  const { page } = await start()
  await expect(page.getByText('Your keys are locked.')).toBeVisible()
  await openPage(page, 'Keys')
  await expect(page.getByText('Locked: enter your passphrase')).toBeVisible()
  await page.getByLabel('Passphrase').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByText('Encrypted with your passphrase')).toBeVisible()
  await askMain(page, 'vault.lock', {})
  await page.getByRole('button', { name: 'Forgot the passphrase?' }).click()
  await dialog(page).getByRole('button', { name: 'Remove passphrase and keys' }).click()
  await expect(page.getByText('No key', { exact: true })).toBeVisible()
  await openPage(page, 'Settings')
  await expect(page.getByRole('button', { name: 'Set a passphrase' })).toBeVisible()
})

test('keys sealed with another keyring are told by its name, and can be entered again', async ({ start, server }) => {
  const first = await start({ env: { ELECTRON_STANDIN_KEYRING: 'kwallet6' } })
  await addKey(first.page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  await ask(first.page, 'What is a latchkey?')
  await expect(transcript(first.page)).toContainText('What is a latchkey?')
  await expect(send(first.page)).toBeVisible()
  await first.quit()

  const { page } = await start({
    env: { ELECTRON_STANDIN_KEYRING: 'gnome_libsecret', ELECTRON_STANDIN_KEYRING_SECRET: 'another keyring' },
  })
  await expectWords(page, 'What is a latchkey?')
  await openPage(page, 'Keys')
  await expect(page.getByText('These keys were sealed with KWallet; this session offers GNOME Keyring')).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Still the same.')).toBeVisible()
  await page.getByRole('button', { name: 'Replace key “Personal”' }).click()
  await dialog(page).getByLabel('API key').fill(KEY)
  await dialog(page).getByRole('button', { name: 'Replace key' }).click()
  await expect(page.getByText('Encrypted with GNOME Keyring · ends in 9aQe')).toBeVisible()
  await expect(page.getByText('These keys were sealed')).toHaveCount(0)
})

test('a key that is to go at quit is gone after it', async ({ start, server }) => {
  const first = await start({ env: { ELECTRON_STANDIN_KEYRING: 'locked' } })
  await first.page.getByRole('button', { name: 'Advanced' }).click()
  await first.page.getByRole('textbox', { name: 'Base URL' }).fill(server.origin)
  await first.page.getByLabel('API key').fill(KEY)
  await first.page.getByRole('button', { name: 'Save key' }).click()
  await expect(first.page.getByRole('alert')).toContainText('cannot be reached now')
  await first.page.getByRole('checkbox', { name: 'Keep only until Latchkey quits' }).click()
  await first.page.getByRole('button', { name: 'Save key' }).click()
  await keepForEver(first.page)
  await openPage(first.page, 'Keys')
  await expect(first.page.getByText('In memory until Latchkey quits')).toBeVisible()
  await first.quit()

  const { page } = await start()
  await page.getByRole('button', { name: 'Skip for now' }).click()
  await openPage(page, 'Keys')
  await expect(page.getByText('No key', { exact: true })).toBeVisible()
})

test('the key of a server of one’s own goes at quit too, if its user wants that', async ({ start, server }) => {
  const first = await start()
  const { page } = first
  server.enqueue(json({ data: [{ id: 'm' }] }))
  await page.getByRole('radio', { name: 'More' }).check({ force: true })
  await page.getByRole('radio', { name: 'Compatible endpoint' }).check({ force: true })
  await page.getByRole('textbox', { name: 'Base URL' }).fill(`${server.origin}/v1`)
  await page.getByLabel('API key').fill('key-of-a-server-0123456789')
  await expect(page.getByText('Encrypted with')).toBeVisible()
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByRole('checkbox', { name: 'Keep only until Latchkey quits' }).click()
  await expect(page.getByText('Kept in memory and forgotten when Latchkey quits')).toBeVisible()
  await look(first, 'connect-session')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await keepForEver(page)
  await openPage(page, 'Keys')
  await expect(page.getByText('In memory until Latchkey quits')).toBeVisible()
  await first.quit()

  const second = await start()
  await openPage(second.page, 'Keys')
  await expect(second.page.getByText('No key', { exact: true })).toBeVisible()
})

// Bug: unlocking sends what its user has turned away from.
test('what waited for the passphrase goes no more once its user has turned to something else', async ({
  start,
  server,
}) => {
  const { page } = await start()
  await addKey(page, server.origin)
  server.enqueue(anthropicErrors.badRequest())
  await ask(page, 'What is a latchkey?')
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await openPage(page, 'Settings')
  await setPassphrase(page)
  await page.getByRole('button', { name: 'Lock now' }).click()
  const back = () => page.getByRole('button', { name: 'What is a latchkey?', exact: true }).click()
  const unlock = (name: string) => page.getByRole('button', { name, exact: true })

  await back()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(unlock('Unlock and send')).toBeVisible()
  await message(page).fill('Something else')
  await expect(unlock('Unlock')).toBeVisible()
  await message(page).fill('')
  await expect(unlock('Unlock and send')).toBeVisible()
  await newConversation(page)
  await back()
  await expect(unlock('Unlock')).toBeVisible()

  // Gone while the passphrase is looked at, which takes a while.
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByLabel('Passphrase').fill(PASSPHRASE)
  await unlock('Unlock and send').click()
  await newConversation(page)
  await openPage(page, 'Settings')
  await expect(page.getByRole('button', { name: 'Lock now' })).toBeVisible()
  await back()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(server.requests).toHaveLength(1)
})

test('the passphrase is set, locked and given by keyboard alone', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await openPage(page, 'Settings')
  await page.getByRole('heading', { level: 1 }).click()
  await tabTo(page, /^Set a passphrase$/)
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeVisible()
  await page.keyboard.type(PASSPHRASE)
  await tabTo(page, /^New passphrase again$/)
  await page.keyboard.type(PASSPHRASE)
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  await tabTo(page, /^Lock now$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Passphrase$/)
  await page.keyboard.type(PASSPHRASE)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Lock now' })).toBeVisible()
})

test('axe finds nothing on the vault, open and locked', async ({ start, server }) => {
  test.setTimeout(180_000)
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  await openPage(page, 'Settings')
  await page.getByRole('button', { name: 'Set a passphrase' }).click()
  await look(app, 'vault-dialog')
  await page.keyboard.press('Escape')
  await setPassphrase(page)
  await page.getByRole('heading', { name: 'Key protection' }).scrollIntoViewIfNeeded()
  await look(app, 'vault-settings')
  await page.getByRole('button', { name: 'Lock now' }).click()
  await openPage(page, 'Keys')
  await look(app, 'vault-keys-locked')
  await newConversation(page)
  await ask(page, 'What is a latchkey?')
  await expect(page.getByRole('button', { name: 'Unlock and send' })).toBeVisible()
  await look(app, 'vault-composer-locked')
})
