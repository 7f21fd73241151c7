import { expectedAnswer } from '../support/fixtures'
import { fixture, gateAfter } from '../support/provider-server'
import { addKey, expect, expectWords, KEY, message, stop, test, transcript } from './fixtures'
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

// A real composition: Chromium marks the field as composing, whatever the key says.
test('what an input method needs sends nothing, keeps no title and stops no answer', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  const method = await page.context().newCDPSession(page)
  const compose = (text: string) =>
    method.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  // As Chromium tells of a key that the method has kept: whatever was pressed, by one code and without a character.
  const kept = (key: string) =>
    method.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 })
  for (const text of ['にほんご', '한국어', '中文']) {
    await compose(text)
    await kept('Enter')
    await expect(message(page)).toHaveValue(text)
    // A method that keeps no key for itself is one all the same.
    await page.keyboard.press('Enter')
    await page.keyboard.insertText(text)
    await message(page).fill('')
  }
  expect(server.connections).toBe(0)

  // The last Enter of a composition, as Safari orders it, and then one of one's own.
  const gate = gateAfter(2)
  server.enqueue(fixture('anthropic/text', { gates: [gate] }))
  await compose('日本語')
  await page.keyboard.insertText('日本語')
  await message(page).evaluate((box) => {
    const init = { key: 'Enter', keyCode: 229, isComposing: false, bubbles: true, cancelable: true }
    box.dispatchEvent(new KeyboardEvent('keydown', init))
  })
  await expect(message(page)).toHaveValue('日本語')
  expect(server.connections).toBe(0)
  await page.keyboard.press('Enter')
  await gate.reached
  await compose('つぎ')
  await page.keyboard.press('Escape')
  await expect(stop(page)).toBeVisible()
  gate.release()
  await expectWords(page, expectedAnswer('anthropic/text').text)
  expect(server.requests).toHaveLength(1)

  await page.locator('[data-conversation]').focus()
  await page.keyboard.press('F2')
  const title = page.getByRole('textbox', { name: 'Title' })
  await compose('だいめい')
  await kept('Enter')
  await kept('Escape')
  await expect(title).toHaveValue('だいめい')
  await page.keyboard.insertText('題名')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-conversation]')).toHaveText('題名')
})
