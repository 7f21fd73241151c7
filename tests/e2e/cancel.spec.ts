import type { Page } from 'playwright'
import { anthropicErrors, fixture } from '../support/provider-server'
import { addKey, ask, expect, test, transcript, type Running } from './fixtures'
import { look } from './looking'

const dialog = (page: Page) => page.getByRole('dialog')

/** A keychain that asks its user, until it is let go. */
async function holdKeychain({ electron }: Running): Promise<() => Promise<void>> {
  await electron.evaluate(({ safeStorage }) => {
    const held = globalThis as unknown as { letGo?: () => void }
    const encrypt = safeStorage.encryptStringAsync
    const answered = new Promise<void>((resolve) => void (held.letGo = resolve))
    safeStorage.encryptStringAsync = async (text) => {
      await answered
      return encrypt.call(safeStorage, text)
    }
  })
  return () => electron.evaluate(() => (globalThis as unknown as { letGo?: () => void }).letGo?.())
}

test('a key that is taken back is not saved, and no message goes out for it', async ({ start, server }) => {
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  server.enqueue(anthropicErrors.invalidKey())
  await ask(page, 'What is a latchkey?')
  const again = transcript(page).getByRole('button', { name: 'Replace key' })
  await again.click()
  const letGo = await holdKeychain(running)
  await dialog(page).getByLabel('API key').fill('sk-ant-api03-another-end-to-end-key-0123456789-7bRt')
  await dialog(page).getByRole('button', { name: 'Replace and send again' }).click()
  await look(running, 'key-saving')
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await letGo()

  // What comes after goes its usual way, and shows that nothing came before it.
  await again.click()
  await expect(dialog(page).getByRole('button', { name: 'Replace and send again' })).toBeEnabled()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keys', exact: true }).click()
  await expect(page.getByText(/ends in 9aQe/)).toBeVisible()
  expect(server.requests).toHaveLength(1)
  await page.getByRole('button', { name: 'What is a latchkey?', exact: true }).click()
  server.enqueue(fixture('anthropic/text'))
  await again.click()
  await dialog(page).getByLabel('API key').fill('sk-ant-api03-another-end-to-end-key-0123456789-7bRt')
  await dialog(page).getByRole('button', { name: 'Replace and send again' }).click()
  await server.waitForRequests(2)
  await expect(dialog(page)).toHaveCount(0)
})

test('a passphrase that is taken back is not set', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Set a passphrase' }).click()
  await dialog(page).getByLabel('New passphrase', { exact: true }).fill('correct horse battery staple')
  await dialog(page).getByLabel('New passphrase again').fill('correct horse battery staple')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  // The next one waits for its turn: by the time it is refused, the first one has ended.
  await page.getByRole('button', { name: 'Set a passphrase' }).click()
  await expect(dialog(page).getByRole('heading', { name: 'Set a passphrase' })).toBeVisible()
  await dialog(page).getByLabel('New passphrase', { exact: true }).fill('another horse')
  await dialog(page).getByLabel('New passphrase again').fill('another horse')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Lock now' })).toBeVisible()
})
