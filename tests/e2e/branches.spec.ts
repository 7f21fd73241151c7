import type { Page } from 'playwright'
import { gateAfter, stream } from '../support/provider-server'
import { spoken } from '../support/spoken'
import { addKey, ask, expect, message, test, transcript } from './fixtures'
import { look } from './looking'

let responses = 0
/** An answer with a response id of its own. */
const saying = (text: string, options = {}) => {
  responses += 1
  return stream(spoken([text], `msg_branches_e2e_${responses}`), options)
}
const long = (name: string) => `${name}. ${'A line that takes its place.\n\n'.repeat(30)}End of ${name}.`

const arrow = (page: Page, name: 'Previous version' | 'Next version') => page.getByRole('button', { name })
const top = async (page: Page, name: 'Previous version' | 'Next version') => {
  const box = await arrow(page, name).last().boundingBox()
  return Math.round(box?.y ?? -1)
}
const editor = (page: Page) => page.getByRole('textbox', { name: 'Edit message' })
const lastBody = (server: { requests: readonly { json?: unknown }[] }) => JSON.stringify(server.requests.at(-1)?.json)

test('a message is edited in its place by keyboard alone, and every version stays', async ({ start, server }) => {
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  server.enqueue(saying('First answer.'))
  await ask(page, 'What is a latchkey?')
  await expect(transcript(page)).toContainText('First answer.')

  await message(page).press('ArrowUp')
  await expect(editor(page)).toBeFocused()
  await expect(editor(page)).toHaveValue('What is a latchkey?')
  await page.keyboard.type(' Briefly.')
  await expect(editor(page)).toHaveValue('What is a latchkey? Briefly.')
  await look(app, 'edit-message')
  // What was changed is not gone by a key.
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert')).toContainText('Discard your changes?')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert')).toHaveCount(0)
  // Whoever looks elsewhere finds it as it was.
  await page.getByRole('button', { name: 'New conversation', exact: true }).click()
  await page.locator('[data-conversation]').first().click()
  await expect(editor(page)).toHaveValue('What is a latchkey? Briefly.')
  // A key in it is held here as anywhere, and told where it stands.
  await editor(page).fill('It is sk-proj-Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article').first().getByRole('alert')).toContainText('looks like an API key')
  await expect(editor(page)).toBeFocused()
  expect(server.requests).toHaveLength(1)
  await editor(page).fill('What is a latchkey? Briefly.')
  await expect(page.getByRole('alert')).toHaveCount(0)
  server.enqueue(saying('Second answer.'))
  await page.keyboard.press('Enter')
  await expect(transcript(page)).toContainText('Second answer.')
  await expect(transcript(page)).not.toContainText('First answer.')
  await expect(message(page)).toBeFocused()
  expect(lastBody(server)).not.toContain('First answer.')

  await arrow(page, 'Previous version').press('Enter')
  await expect(transcript(page)).toContainText('First answer.')
  await expect(transcript(page)).toContainText('1 of 2')
  await expect(arrow(page, 'Previous version')).toBeFocused()
  await look(app, 'branches')

  // Unchanged, Escape closes at once, and the focus is where it was.
  await page.getByRole('button', { name: 'Edit message' }).press('Enter')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(editor(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Edit message' })).toBeFocused()
})

test('any answer is asked for again, also of another model; the reader stays with the arrow', async ({
  start,
  server,
}) => {
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  server.enqueue(saying(long('first')))
  await ask(page, 'One?')
  await expect(transcript(page)).toContainText('End of first.')
  server.enqueue(saying('Answer two.'))
  await ask(page, 'Two?')
  await expect(transcript(page)).toContainText('Answer two.')
  const chosen = await page.getByRole('combobox', { name: 'Model' }).textContent()

  // Not the last one.
  server.enqueue(saying('Short.'))
  await page.getByRole('article').nth(1).hover()
  await page.getByRole('button', { name: 'More ways to ask again' }).first().click()
  await page.getByRole('menuitem', { name: 'With another model…' }).click()
  const picker = page.getByRole('dialog', { name: 'Regenerate once with' })
  await expect(picker).toBeVisible()
  await look(app, 'regenerate-with')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'More ways to ask again' }).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'With another model…' }).click()
  await expect(picker.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('haiku')
  await expect(picker.getByRole('option').first()).toContainText('Haiku')
  await page.keyboard.press('Enter')
  await expect(transcript(page)).toContainText('Short.')
  expect(lastBody(server)).toContain('haiku')
  // The conversation goes on with its own.
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveText(chosen ?? '')
  await expect(message(page)).toBeFocused()
  await expect(transcript(page)).not.toContainText('Answer two.')

  // There and back: what follows is long, then short.
  await page.setViewportSize({ width: 720, height: 520 })
  for (const [name, text] of [
    ['Previous version', 'Answer two.'],
    ['Next version', 'Short.'],
    ['Previous version', 'Answer two.'],
  ] as const) {
    const before = await top(page, name)
    await arrow(page, name).last().press('Enter')
    await expect(transcript(page)).toContainText(text)
    await expect(arrow(page, name).last()).toBeFocused()
    expect(await top(page, name)).toBe(before)
  }

  // A running answer stays in sight: the arrows wait.
  await page.setViewportSize({ width: 1280, height: 800 })
  const gate = gateAfter(3)
  server.enqueue(saying('Half an answer', { gates: [gate] }))
  await ask(page, 'Three?')
  await expect(transcript(page)).toContainText('Half an answer')
  await expect(arrow(page, 'Next version')).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  await expect(transcript(page)).toContainText('Stopped')

  // And an answer that was stopped is gone on with, whatever stands in the field.
  await message(page).fill('Not yet')
  server.enqueue(saying('Going on.'))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(transcript(page)).toContainText('Going on.')
  await expect(message(page)).toHaveValue('Not yet')
  expect(lastBody(server)).toContain('Continue')
})
