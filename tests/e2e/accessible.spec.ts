import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'
import { anthropicErrors, fixture, gateAfter } from '../support/provider-server'
import { addKey, ask, expect, stop, test, transcript, type Running } from './fixtures'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** axe's findings, as sentences. Evaluated over the debugger, which the page's content policy does not stop. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(root: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
      }
    }
    const { violations } = await axe.run(document, { runOnly: tags })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  }, TAGS)
}

/** Looks at a screen in both themes and at both sizes we promise. */
async function look({ electron, page }: Running, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await electron.evaluate(({ nativeTheme }, source) => void (nativeTheme.themeSource = source), theme)
    await expect
      .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(theme === 'dark')
    for (const size of [
      { width: 1280, height: 800 },
      { width: 720, height: 520 },
    ]) {
      await page.setViewportSize(size)
      // Colours fade for a moment after the theme changes, and axe measures what is painted.
      await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0)
      expect({ name, theme, size, findings: await findings(page) }).toEqual({ name, theme, size, findings: [] })
      const scrolls = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      expect({ name, size, scrolls }).toEqual({ name, size, scrolls: false })
      await page.screenshot({ path: `test-results/screens/${name}-${theme}-${size.width}.png` })
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 })
}

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

  await page.getByRole('combobox', { name: 'Model' }).click()
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
