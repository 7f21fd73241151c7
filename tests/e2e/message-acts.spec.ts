import type { Page } from 'playwright/test'
import { httpError, stream } from '../support/provider-server'
import { spoken } from '../support/spoken'
import { addKey, ask, expect, message, send, test, transcript } from './fixtures'
import { look } from './looking'

const ANSWER = [
  '# Plan\n\nTake **two** keys, [as told](https://example.com/keys).\n\n- one `code`\n- two\n  - nested\n\n',
  '| Key | Cost |\n| :-- | --: |\n| a | 1 |\n\n```ts\nconst a = "<b>"\n```\n\nSo $a^2$ it is.\n',
]

/** What whoever is pasted into is given, by the keys that paste. Nothing here may read the clipboard by itself. */
async function pasted(page: Page): Promise<{ text: string; html: string }> {
  const given = page.evaluate(
    () =>
      new Promise<{ text: string; html: string }>((resolve) => {
        const take = (event: ClipboardEvent): void => {
          event.preventDefault()
          const of = (kind: string) => event.clipboardData?.getData(kind) ?? ''
          resolve({ text: of('text/plain'), html: of('text/html') })
        }
        document.addEventListener('paste', take, { once: true, capture: true })
      }),
  )
  await message(page).focus()
  await page.keyboard.press('ControlOrMeta+V')
  return given
}

test('an answer is copied, quoted and explained, by keyboard alone', async ({ start, server }) => {
  test.setTimeout(60_000)
  server.enqueue(
    httpError(529, { type: 'error', error: { type: 'overloaded_error', message: 'No' } }, { 'retry-after': '0.02' }),
  )
  server.enqueue(stream(spoken(ANSWER)))
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  await ask(page, 'Which keys?\nAnd why?')
  const log = transcript(page)
  await expect(send(page)).toBeVisible()
  const more = log.getByRole('button', { name: 'More about this answer' })

  await log.getByRole('button', { name: 'Copy answer' }).press('Enter')
  // Chromium hands line ends over as they are written.
  expect(await pasted(page)).toMatchObject({ text: ANSWER.join(''), html: '' })

  await more.press('Enter')
  await page.getByRole('menuitem', { name: 'Copy as rich text' }).press('Enter')
  await expect(more).toBeFocused()
  const rich = await pasted(page)
  expect(rich.text).toBe(ANSWER.join(''))
  // Bug: what the app alone knows, such as its classes, or the same formula twice.
  expect(rich.html).toContain(
    '<h1>Plan</h1><p>Take <strong>two</strong> keys, <a href="https://example.com/keys">as told</a>.</p>',
  )
  expect(rich.html).toContain('<pre><code>const a = &quot;&lt;b&gt;&quot;</code></pre>')
  expect(rich.html).toContain('<code>$a^2$</code>')
  expect(rich.html).not.toMatch(/class=|style=|<script|<button|<svg/)

  // From the middle of one block to the middle of another, over a table and code.
  await message(page).fill('Before')
  await log.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const nodes: Node[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node)
    const from = nodes.find((node) => node.nodeValue?.includes(' keys, '))
    const to = nodes.find((node) => node.nodeValue?.includes(' it is.'))
    if (from !== undefined && to !== undefined) document.getSelection()?.setBaseAndExtent(from, 1, to, 6)
  })
  await more.click()
  await page.getByRole('menuitem', { name: 'Quote selection' }).click()
  await expect(message(page)).toHaveValue(
    [
      'Before\n',
      '> keys, as told.',
      '>',
      '> - one `code`',
      '> - two',
      '>   - nested',
      '>',
      '> Key | Cost',
      '> a | 1',
      '>',
      '> ```',
      '> const a = "<b>"',
      '> ```',
      '>',
      '> So $a^2$ it is',
      '\n',
    ].join('\n'),
  )
  await expect(message(page)).toBeFocused()
  await page.keyboard.type('Why?')
  await expect(message(page)).toHaveValue(/it is\n\nWhy\?$/)
  expect(server.requests).toHaveLength(2)

  // The user's own: all of it where nothing is selected.
  await message(page).fill('')
  await log.getByRole('button', { name: 'Quote message' }).press('Enter')
  await expect(message(page)).toHaveValue('> Which keys?\n> And why?\n\n')
  await message(page).fill('')

  await more.press('Enter')
  await page.getByRole('menuitem', { name: 'Details' }).press('Enter')
  const details = page.getByRole('dialog', { name: 'Details of this answer' })
  await expect(details.getByRole('region', { name: 'Request 1 of 2' })).toContainText('(529)')
  const answered = details.getByRole('region', { name: 'Request 2 of 2' })
  await expect(answered.getByRole('row').first()).toHaveText(/Kind\s*Tokens\s*Price\s*Cost/)
  const shown = await log.getByTitle(/\$/).last().getAttribute('title')
  await expect(details.getByText(shown?.split(' · ')[0] ?? 'no cost', { exact: false }).first()).toBeVisible()
  await answered.getByRole('button', { name: 'What the provider reported' }).press('Enter')
  await expect(answered.locator('pre')).toContainText('output_tokens')
  await look(running, 'answer-details')
  await answered.getByRole('button', { name: 'Copy response id' }).press('Enter')
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
  expect((await pasted(page)).text).toMatch(/^msg_/)
})
