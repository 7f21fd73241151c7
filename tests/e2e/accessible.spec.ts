import { anthropicErrors, fixture, gateAfter } from '../support/provider-server'
import { addKey, ask, expect, stop, test, transcript } from './fixtures'
import { findings, look } from './looking'

test('the checker finds what is wrong', async ({ start }) => {
  const { page } = await start()
  await page.evaluate(() => document.body.append(document.createElement('button')))
  expect(await findings(page)).not.toEqual([])
})

test('axe finds nothing on any screen of the first answer', async ({ start, server }) => {
  test.setTimeout(180_000)
  const app = await start({ args: ['--test-clock=2026-11-23T10:00:00Z'] })
  const { page } = app
  await expect(page.getByLabel('API key')).toBeVisible()
  await look(app, 'onboarding')
  await page.getByRole('radio', { name: 'Local model' }).check({ force: true })
  await expect(page.getByRole('button', { name: 'Connect' })).toBeVisible()
  await look(app, 'onboarding-local')
  await page.getByRole('radio', { name: 'Anthropic' }).check({ force: true })
  await page.getByRole('button', { name: 'Advanced' }).click()
  await page.getByLabel('API key').fill('short')
  await page.getByRole('button', { name: 'Save key' }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await look(app, 'onboarding-refused')
  await page.getByRole('button', { name: 'Advanced' }).click()
  await addKey(page, server.origin)
  await look(app, 'empty')

  server.enqueue(fixture('anthropic/thinking'))
  await ask(page, 'What is the difference between a latch and a lock?')
  await expect(transcript(page)).toContainText('tokens ·')
  await look(app, 'answer')

  await page.getByRole('combobox', { name: 'Model', exact: true }).click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await look(app, 'models')
  await page.keyboard.press('Escape')

  const gate = gateAfter(60)
  server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
  await ask(page, 'And the history of keys?')
  await gate.reached
  await expect(transcript(page)).toContainText('Keys are older')
  await look(app, 'streaming')
  await stop(page).click()
  await expect(transcript(page)).toContainText('Stopped')
  await look(app, 'stopped')

  server.enqueue(anthropicErrors.invalidKey())
  await ask(page, 'One more.')
  await expect(transcript(page).getByRole('alert')).toBeVisible()
  await look(app, 'error')
  await transcript(page).getByRole('button', { name: 'Replace key' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(app, 'replace-key')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Keys' }).first().click()
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible()
  await look(app, 'keys')
  await page.getByRole('button', { name: /^More/ }).first().click()
  await expect(page.getByRole('menuitem').first()).toBeVisible()
  await look(app, 'keys-menu')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Spend' }).first().click()
  await expect(page.getByRole('heading', { name: 'Spend' })).toBeVisible()
  await look(app, 'spend')

  await page.setViewportSize({ width: 720, height: 520 })
  await page
    .getByRole('button', { name: /sidebar|conversations/i })
    .first()
    .click()
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible()
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0)
  expect(await findings(page)).toEqual([])
  await page.screenshot({ path: 'test-results/screens/drawer-dark-720.png' })
})
