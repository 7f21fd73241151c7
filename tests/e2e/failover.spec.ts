import type { Page } from 'playwright'
import { anthropicErrors, fixture } from '../support/provider-server'
import { addKey, ask, expect, KEY, test, transcript } from './fixtures'
import { look } from './looking'
import { tabTo } from './tabbing'

const SECOND = 'sk-ant-api03-another-key-for-failover-0123456789-7bRt'
const THIRD = 'sk-ant-api03-and-one-more-of-them-0123456789-k2Wz'
const dialog = (page: Page) => page.getByRole('dialog')
const list = (page: Page) => page.getByRole('list', { name: /^Other keys|^Asked next/ })

async function openKeys(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Keys', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Keys', exact: true })).toBeVisible()
}

async function addAnother(page: Page, key: string): Promise<void> {
  await page.getByRole('button', { name: 'More for “Personal”' }).click()
  await page.getByRole('menuitem', { name: 'Add another key' }).click()
  await dialog(page).getByLabel('API key').fill(key)
  await dialog(page).getByRole('button', { name: 'Save key' }).click()
  await expect(dialog(page)).toHaveCount(0)
}

async function act(page: Page, key: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `More for the key that ends in ${key}` }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

test('a second key answers for a rejected one only when its user wants that, and both say so', async ({
  start,
  server,
}) => {
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  await openKeys(page)
  await expect(list(page)).toHaveCount(0)
  await addAnother(page, SECOND)
  await expect(list(page).getByRole('listitem')).toHaveText([/ends in 7bRt/])
  const failover = page.getByRole('switch', { name: 'Go on to the next key by itself' })
  await expect(failover).not.toBeChecked()

  // By keyboard alone.
  await tabTo(page, /^Go on to the next key by itself$/)
  await page.keyboard.press('Space')
  await expect(failover).toBeChecked()
  await page.getByRole('button', { name: 'New conversation' }).click()
  server.enqueue(anthropicErrors.invalidKey())
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'What is a latch?')
  await expect(transcript(page)).toContainText('With the next key: the one before it was rejected')
  expect(server.requests.map(({ headers }) => headers['x-api-key'])).toEqual([KEY, SECOND])
  await look(running, 'failover-answer')

  await openKeys(page)
  await expect(page.getByText('Rejected by its provider today. Replace it with a new one.')).toBeVisible()
  await look(running, 'failover-keys')
})

test('keys are put in order, replaced and removed one by one, and never mixed up', async ({ start, server }) => {
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  await openKeys(page)
  await addAnother(page, SECOND)
  await addAnother(page, THIRD)
  await expect(list(page).getByRole('listitem')).toHaveText([/7bRt/, /k2Wz/])
  await act(page, 'k2Wz', 'Move up')
  await expect(list(page).getByRole('listitem')).toHaveText([/k2Wz/, /7bRt/])
  await act(page, '7bRt', 'Use this key')
  await expect(list(page).getByRole('listitem')).toHaveText([/9aQe/, /k2Wz/])
  await expect(list(page)).toBeFocused()
  await act(page, '9aQe', 'Replace key')
  await expect(dialog(page)).toContainText('Replace the key that ends in 9aQe of “Personal”')
  await dialog(page).getByLabel('API key').fill('sk-ant-api03-in-its-place-0123456789-pp44')
  await dialog(page).getByRole('button', { name: 'Replace key' }).click()
  await expect(list(page).getByRole('listitem')).toHaveText([/pp44/, /k2Wz/])
  // The one that is used goes, and the dialog says which takes its place.
  await page.getByRole('button', { name: 'More for “Personal”' }).click()
  await page.getByRole('menuitem', { name: 'Remove key' }).click()
  await expect(dialog(page)).toContainText('From then on the key that ends in pp44 is used.')
  await look(running, 'failover-remove')
  await dialog(page).getByRole('button', { name: 'Remove key' }).click()
  await expect(list(page).getByRole('listitem')).toHaveText([/k2Wz/])
  await act(page, 'k2Wz', 'Remove key')
  await dialog(page).getByRole('button', { name: 'Remove key' }).click()
  await expect(list(page)).toHaveCount(0)
  await expect(page.getByText('ends in pp44')).toBeVisible()
})
