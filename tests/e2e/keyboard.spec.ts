import type { Page } from 'playwright'
import { expectedAnswer } from '../support/fixtures'
import { fixture, gateAfter } from '../support/provider-server'
import { expect, expectWords, KEY, message, test, transcript } from './fixtures'

/** Presses Tab until the focus is on what has this name, and checks every stop on the way as its user would. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let stops = 0; stops < 40; stops += 1) {
    await page.keyboard.press(key)
    const stop = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return null
      const box = element.getBoundingClientRect()
      const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : []
      return {
        name:
          element.getAttribute('aria-label') ??
          (labels.length > 0 ? labels.map((label) => label.innerText).join(' ') : element.innerText),
        guard: element.hasAttribute('data-base-ui-focus-guard'),
        visible: box.width > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth,
        small: box.width < 24 || box.height < 24,
        ring: element.matches(':focus-visible'),
      }
    })
    if (stop === null || stop.guard) continue
    passed.push(stop.name)
    expect(stop).toMatchObject({ visible: true, small: false, ring: true })
    expect(stop.name).not.toBe('')
    if (name.test(stop.name)) return
  }
  throw new Error(`Tab never reached ${String(name)}; it passed ${passed.join(' | ')}`)
}

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
  await expect(message(page)).toBeFocused()

  await page.keyboard.type('First line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line')
  await page.keyboard.press('Enter')
  await expectWords(page, expectedAnswer('anthropic/text').text)
  expect(server.requests[0]?.json).toMatchObject({ messages: [{ content: 'First line\nsecond line' }] })
  await expect(message(page)).toBeFocused()

  // Another model, chosen without a mouse, answers the next message.
  await tabTo(page, /Model/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.type('Claude Haiku 5.5')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Model' })).toContainText('Haiku 5.5')
  await expect(page.getByRole('combobox', { name: 'Model' })).toBeFocused()

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
