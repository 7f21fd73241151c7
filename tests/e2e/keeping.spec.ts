import type { Page } from 'playwright'
import { fixture } from '../support/provider-server'
import { filesWith } from '../support/bytes-in'
import { addKey, ask, askMain, expect, KEY, message, test, transcript } from './fixtures'
import { look } from './looking'
import { tabTo } from './tabbing'

const QUESTION = 'How long should conversations be kept?'
const dialog = (page: Page) => page.getByRole('dialog')
const radio = (page: Page, name: string) => page.getByRole('radio', { name })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const list = (page: Page) => page.getByRole('navigation', { name: 'Conversations' })

async function openSettings(page: Page): Promise<void> {
  await button(page, 'Settings').click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
}

/** Asks something in a conversation of its own, and waits for the answer. */
async function converse(page: Page, server: { enqueue(reply: ReturnType<typeof fixture>): void }, text: string) {
  await page.keyboard.press('Control+N')
  server.enqueue(fixture('anthropic/text'))
  await ask(page, text)
  await expect(transcript(page)).toContainText('tokens ·')
}

async function saveKey(page: Page, origin: string): Promise<void> {
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByRole('textbox', { name: 'Base URL' }).fill(origin)
  await page.getByLabel('API key').fill(KEY)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: QUESTION })).toBeVisible()
}

test('how long to keep is asked once, after the key, and answered by keyboard alone', async ({ start, server }) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await saveKey(page, server.origin)
  await expect(radio(page, 'For ever')).toBeChecked()
  await expect(radio(page, 'For ever')).toBeFocused()
  await look(app, 'retention-question')
  await page.keyboard.press('ArrowDown')
  await expect(radio(page, 'For a number of days')).toBeChecked()
  await tabTo(page, /^Days$/)
  await expect(page.getByRole('textbox', { name: 'Days' })).toHaveValue('30')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('0')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('Write a whole number of days, from 1 to 3,650.')
  await page.getByRole('textbox', { name: 'Days' }).focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('14')
  await tabTo(page, /^Continue$/)
  await page.keyboard.press('Enter')
  await expect(message(page)).toBeFocused()
  await app.quit()

  const again = await start()
  await expect(message(again.page)).toBeFocused()
  await openSettings(again.page)
  await expect(radio(again.page, 'For a number of days')).toBeChecked()
  await expect(again.page.getByRole('textbox', { name: 'Days' })).toHaveValue('14')
})

test('whoever has conversations already is asked beside them, once', async ({ start, server }) => {
  test.setTimeout(120_000)
  const first = await start()
  await saveKey(first.page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  // As a conversation from before there was such a question.
  await first.page.evaluate(async () => {
    const { latchkey } = window as unknown as {
      latchkey: { request(name: string, input: object): Promise<{ value: { connections: { id: string }[] } }> }
    }
    const { value } = await latchkey.request('app.open', {})
    const connectionId = value.connections[0]?.id
    await latchkey.request('turn.start', {
      conversationId: null,
      connectionId,
      model: 'claude-sonnet-5-5',
      text: 'From before',
    })
  })
  await server.waitForRequests(1)
  await first.quit()

  const app = await start()
  const { page } = app
  const notice = page.getByRole('region', { name: 'How long conversations are kept' })
  await expect(notice).toBeVisible()
  await expect(message(page)).toBeFocused()
  await look(app, 'retention-notice')
  await button(page, 'Choose …').click()
  await expect(radio(page, 'For ever')).toBeFocused()
  await expect(notice).toHaveCount(0)
  await expect(page.getByText('Nothing is deleted by itself.').last()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Conversations are kept for ever.')).toBeVisible()
  await expect(radio(page, 'For ever')).toBeFocused()
  await list(page).getByRole('button', { name: 'From before', exact: true }).click()
  await expect(message(page)).toBeFocused()
  await expect(notice).toHaveCount(0)
})

test('a shorter time says what it deletes before it is set, and deletes it when it said', async ({
  start,
  server,
  profile,
}) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  await converse(page, server, 'Goes with the rest, marmalade')
  await converse(page, server, 'Stays, being set apart')
  // A time of its own, from the menu of the conversation.
  await page.getByRole('button', { name: 'Conversation options' }).press('Enter')
  await expect(page.getByText('Stays until you delete it.')).toBeVisible()
  await look(app, 'conversation-options')
  await page.getByRole('menuitem', { name: 'Kept as all …' }).press('Enter')
  await expect(radio(page, 'As all conversations')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(radio(page, 'For ever Nothing')).toBeChecked()
  await look(app, 'keep-dialog')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Conversation options' })).toBeFocused()

  await openSettings(page)
  await radio(page, 'Until Latchkey quits').check({ force: true })
  await expect(page.getByText('This deletes your only conversation when Latchkey quits.')).toBeVisible()
  await look(app, 'retention-settings')
  await button(page, 'Keep it so').click()
  await expect(page.getByRole('heading', { name: 'Delete 1 conversation at quit?' })).toBeVisible()
  await button(page, 'Cancel').click()
  await expect(dialog(page)).toHaveCount(0)
  await button(page, 'Keep it so').click()
  await button(page, 'Delete at quit').click()
  await expect(page.getByText('Conversations are kept until Latchkey quits.')).toBeVisible()
  await list(page).getByRole('button', { name: 'Goes with the rest, marmalade', exact: true }).click()
  await page.getByRole('button', { name: 'Conversation options' }).click()
  await expect(page.getByText('Deleted when Latchkey quits.')).toBeVisible()
  await page.keyboard.press('Escape')
  await app.quit()

  expect(filesWith(profile.path, Buffer.from('marmalade'))).toEqual([])
  const after = await start()
  await expect(list(after.page).getByRole('button', { name: 'Stays, being set apart', exact: true })).toBeVisible()
  await expect(list(after.page).getByText('marmalade')).toHaveCount(0)
  await button(after.page, 'Spend').click()
  await expect(after.page.getByText('2 calls').first()).toBeVisible()
})

test('a conversation that goes while it is open says so, and leads on', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  await converse(page, server, 'Its time is over')
  const conversationId = await list(page).locator('[data-conversation]').getAttribute('data-conversation')
  // As a sweep takes it away, unasked.
  await askMain(page, 'conversation.delete', { conversationId })
  await expect(page.getByText('This conversation is gone: it was deleted, or its time was over.')).toBeVisible()
  await expect(page.getByText('Its time is over')).toHaveCount(0)
  await page.locator('main').getByRole('button', { name: 'New conversation' }).click()
  await expect(message(page)).toBeFocused()
})

test('what was deleted is restored, or removed for good, and said before and after', async ({
  start,
  server,
  profile,
}) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  await converse(page, server, 'A quince in the larder')
  await converse(page, server, 'Something that comes back')
  for (const title of ['Something that comes back', 'A quince in the larder']) {
    await page.getByRole('button', { name: `Actions for ${title}` }).press('Enter')
    await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
    await expect(page.getByText(`Deleted “${title}”.`)).toBeVisible()
  }
  await openSettings(page)
  await expect(page.getByText('2 deleted conversations, kept for up to 30 days')).toBeVisible()
  await button(page, 'Deleted conversations …').press('Enter')
  await expect(page.getByText('Deleted today · 30 days left')).toHaveCount(2)
  await look(app, 'deleted-conversations')
  await tabTo(page, /^Restore “Something that comes back”$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Restored “Something that comes back”.')).toBeVisible()
  await expect(list(page).getByRole('button', { name: 'Something that comes back', exact: true })).toBeVisible()
  await expect(button(page, 'Restore “A quince in the larder”')).toBeFocused()
  await tabTo(page, /^Delete now … “A quince in the larder”$/)
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('“A quince in the larder” cannot be brought back after this.')
  await look(app, 'delete-for-good')
  await page.keyboard.press('Escape')
  await expect(button(page, 'Delete now … “A quince in the larder”')).toBeFocused()
  await page.keyboard.press('Enter')
  await button(page, 'Delete now').press('Enter')
  await expect(page.getByText('No conversation is deleted.')).toBeVisible()
  // Where the page leads back to; the row is gone, and nothing says that it can be had back.
  await expect(page.locator('main').getByRole('button', { name: 'Settings' })).toBeFocused()
  await expect(button(page, 'Undo')).toHaveCount(0)
  expect(filesWith(profile.path, Buffer.from('quince in the larder'))).toEqual([])

  await page.getByRole('button', { name: 'Actions for Something that comes back' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
  // The page follows.
  await button(page, 'Delete all now …').press('Enter')
  await expect(dialog(page).getByText('1 deleted conversation')).toBeVisible()
  await look(app, 'purge-dialog')
  await button(page, 'Remove for good').click()
  await expect(page.getByText(/^Gone: 1 conversation\. .* on disk before, .* now\.$/)).toBeVisible()
  await expect(button(page, 'Undo')).toHaveCount(0)
  await page.locator('main').getByRole('button', { name: 'Settings' }).press('Enter')
  await expect(page.getByText('kept for up to')).toHaveCount(0)
  await button(page, 'Delete everything …').scrollIntoViewIfNeeded()
  await look(app, 'data-settings')
  expect(filesWith(profile.path, Buffer.from('Something that comes back'))).toEqual([])
})

test('everything is deleted once it is typed, and the page after says what is beyond it', async ({ start, server }) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page, electron } = app
  await addKey(page, server.origin)
  await converse(page, server, 'The last of it')
  await openSettings(page)
  await button(page, 'Delete everything …').focus()
  await page.keyboard.press('Enter')
  const field = page.getByRole('textbox', { name: 'Type “delete everything” to confirm' })
  await expect(field).toBeFocused()
  await page.keyboard.type('delete everythin')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('Type exactly “delete everything”. Nothing was deleted.')
  await look(app, 'delete-everything')
  await page.keyboard.type('g')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Everything is deleted' })).toBeFocused()
  await expect(page.getByText('Anthropic: platform.claude.com/settings/keys')).toBeVisible()
  await expect(page.getByText('The last of it')).toHaveCount(0)
  await look(app, 'everything-deleted')
  const closed = electron.waitForEvent('close')
  await tabTo(page, /^Start Latchkey anew$/)
  // It goes with its page.
  await page.keyboard.press('Enter').catch(() => undefined)
  await closed

  const anew = await start()
  await expect(anew.page.getByLabel('API key')).toBeVisible()
})

test('what each provider keeps is said beside its keys', async ({ start, server }) => {
  test.setTimeout(120_000)
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  await button(page, 'Keys').click()
  // This server stands in the provider’s place, and nobody has said what it keeps.
  await expect(page.getByText('What the provider keeps is not known')).toBeVisible()
  await page.getByRole('button', { name: /^What is kept of/ }).press('Enter')
  await expect(page.getByText('Ask whoever runs it.')).toBeVisible()
  await page.keyboard.press('Escape')
  // At its own host its own page holds, and what Latchkey adds to lessen it is said.
  await askMain(page, 'connection.add', { provider: 'openai', label: 'Work', baseUrl: null })
  await askMain(page, 'connection.add', { provider: 'ollama', label: 'Here', baseUrl: null })
  await expect(page.getByText('The provider keeps messages 30 days; it does not train on them')).toBeVisible()
  await page.getByRole('button', { name: 'What is kept of “Work”' }).press('Enter')
  await expect(page.getByText('Latchkey adds “store: false” to every request')).toBeVisible()
  await expect(page.getByRole('button', { name: 'What is kept of “Here”' })).toHaveCount(0)
  await look(app, 'keys-retention')
})
