import { fixture } from '../support/provider-server'
import { addKey, ask, expect, test, transcript } from './fixtures'

test('a figure leads to its part, to the call and back', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'What is a latch?')
  await expect(transcript(page)).toContainText('tokens ·')
  await page.getByRole('button', { name: 'Spend', exact: true }).click()
  const trail = page.getByRole('navigation', { name: 'What is shown' })
  await page.getByRole('region', { name: 'By model' }).getByRole('listitem').getByRole('button').click()
  await expect(trail.getByRole('listitem')).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'By conversation' }).getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(trail).toHaveCount(0)
  // Bug: the bar is drawn, but a click on it reaches nothing.
  await page
    .getByRole('img', { name: /^Spend by day/ })
    .locator('g:has(> title)')
    .click()
  await expect(trail.getByRole('listitem')).toHaveCount(2)
  await page.getByRole('region', { name: 'Calls' }).getByRole('row').nth(1).getByRole('button').first().click()
  await expect(page.getByRole('dialog').getByRole('table', { name: 'Lines' })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Open the conversation' }).click()
  await expect(transcript(page)).toContainText('What is a latch?')
})
