import { expectedAnswer } from '../support/fixtures'
import { fixture, gateAfter } from '../support/provider-server'
import { expect, expectWords, keepForEver, KEY, message, test, transcript } from './fixtures'
import { tabTo } from './tabbing'

test('the whole first answer by keyboard alone', async ({ start, server }) => {
  server.enqueue(fixture('anthropic/text'))
  const { page } = await start()
  await tabTo(page, /Advanced/)
  await page.keyboard.press('Enter')
  await tabTo(page, /Base URL/)
  await page.keyboard.type(server.origin)
  await tabTo(page, /API key/, 'Shift+Tab')
  await page.keyboard.insertText(KEY)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: 'For ever' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(message(page)).toBeFocused()

  await page.keyboard.type('First line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line')
  await page.keyboard.press('Enter')
  await expectWords(page, expectedAnswer('anthropic/text').text)
  expect(server.requests[0]?.json).toMatchObject({ messages: [{ content: [{ text: 'First line\nsecond line' }] }] })
  await expect(message(page)).toBeFocused()

  // Another model, chosen without a mouse, answers the next message.
  await tabTo(page, /Model/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.type('Claude Haiku 5.5')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toContainText('Haiku 5.5')
  await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toBeFocused()

  const gate = gateAfter(30)
  server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
  await tabTo(page, /^Message$/)
  await page.keyboard.type('And a long one')
  await page.keyboard.press('Enter')
  await gate.reached
  await expect(transcript(page)).toContainText('A short history')
  expect(server.requests[1]?.json).toMatchObject({ model: 'claude-haiku-5-5' })
  await page.keyboard.press('Escape')
  await expect(transcript(page)).toContainText('Stopped')
  await expect(message(page)).toBeFocused()

  await tabTo(page, /^Spend/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Spend' })).toBeVisible()
})

test('Enter while composing a character sends nothing', async ({ start, server }) => {
  server.enqueue(fixture('anthropic/text'))
  const { page } = await start()
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByRole('textbox', { name: 'Base URL' }).fill(server.origin)
  await page.getByLabel('API key').fill(KEY)
  await page.keyboard.press('Enter')
  await keepForEver(page)
  await expect(message(page)).toBeFocused()
  await page.keyboard.insertText('にほんご')
  // What Chromium sends while an input method has the key: code 229, whatever was pressed.
  await message(page).evaluate((box) => {
    const init = { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true }
    box.dispatchEvent(new KeyboardEvent('keydown', init))
  })
  await expect(message(page)).toHaveValue('にほんご')
  expect(server.connections).toBe(0)
  await page.keyboard.press('Enter')
  await expectWords(page, expectedAnswer('anthropic/text').text)
  expect(server.requests).toHaveLength(1)
})
