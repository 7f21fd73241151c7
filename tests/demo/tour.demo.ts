import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'
import { anthropicErrors } from '../support/provider-server'
import { openDemo, type Demo } from './demo-app'

const folder = process.env['DEMO_SCREENSHOTS'] ?? 'test-results/demo'
const SIZES = [
  { width: 1280, height: 800 },
  { width: 720, height: 520 },
]

let count = 0

/** Leaves `NN-screen-theme-WxH.png` for both themes and both sizes. */
async function picture({ electron, page }: Demo, screen: string): Promise<void> {
  count += 1
  for (const theme of ['light', 'dark'] as const) {
    await electron.evaluate(({ nativeTheme }, source) => void (nativeTheme.themeSource = source), theme)
    await expect
      .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(theme === 'dark')
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0)
      const name = `${String(count).padStart(2, '0')}-${screen}-${theme}-${size.width}x${size.height}.png`
      await page.screenshot({ path: `${folder}/${name}` })
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 })
}

const transcript = (page: Page) => page.getByRole('log', { name: 'Conversation' })

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
}

test('the tour', async () => {
  const first = await openDemo({ seeded: false })
  await expect(first.page.getByLabel('API key')).toBeVisible()
  await picture(first, 'onboarding')
  await first.close()

  const demo = await openDemo({ seeded: true })
  const { page, pace, provider } = demo
  await expect(transcript(page)).toContainText('tokens')
  await picture(demo, 'conversation')

  await page.getByRole('button', { name: 'New conversation' }).first().click()
  await picture(demo, 'new')
  // Slow enough for eight pictures of an answer that is being written.
  pace.paceMs = 220
  await ask(page, 'And the dialogue in the kitchen?')
  await expect(transcript(page)).toContainText('the money is gone')
  await picture(demo, 'streaming')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(transcript(page)).toContainText('Stopped')
  await picture(demo, 'stopped')
  pace.paceMs = 0

  await page.getByRole('combobox', { name: 'Model', exact: true }).click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await picture(demo, 'picker')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Spend' }).first().click()
  await expect(page.getByRole('heading', { name: 'Spend' })).toBeVisible()
  await picture(demo, 'spend')
  await page.getByRole('button', { name: 'Keys' }).first().click()
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible()
  await picture(demo, 'connections')
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await picture(demo, 'settings')

  for (const [screen, error] of [
    ['error-key', anthropicErrors.invalidKey()],
    ['error-credit', anthropicErrors.creditTooLow()],
    ['error-busy', anthropicErrors.overloaded()],
  ] as const) {
    await page.getByRole('button', { name: 'New conversation' }).first().click()
    // A busy provider is asked three times before that is told.
    for (let attempts = screen === 'error-busy' ? 3 : 1; attempts > 0; attempts -= 1) provider.enqueue(error)
    await ask(page, 'What does the practice provider refuse?')
    await expect(transcript(page).getByRole('alert')).toBeVisible({ timeout: 20_000 })
    await picture(demo, screen)
  }
  await demo.close()
})
