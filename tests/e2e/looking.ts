import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'
import { expect, type Running } from './fixtures'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * axe's findings, as sentences. Evaluated over the debugger, which the page's content policy does not stop. Base UI's
 * guards are left out: they are in the tab order only to hand the focus on.
 */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(context: object, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
      }
    }
    const { violations } = await axe.run({ exclude: ['[data-base-ui-focus-guard]'] }, { runOnly: tags })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  }, TAGS)
}

/** Pictures are for people, who look at each theme in each size; a build machine sees each theme and each size once. */
const PICTURES = process.env['CI'] === undefined

const LARGE = { width: 1280, height: 800 }
const SMALL = { width: 720, height: 520 }

/** Looks at a screen in both themes and at both sizes we promise. */
export async function look({ electron, page }: Running, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await electron.evaluate(({ nativeTheme }, source) => void (nativeTheme.themeSource = source), theme)
    await expect
      .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(theme === 'dark')
    for (const size of PICTURES ? [LARGE, SMALL] : [theme === 'light' ? SMALL : LARGE]) {
      await page.setViewportSize(size)
      // Colours fade for a moment after the theme changes, and axe measures what is painted.
      await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0)
      expect({ name, theme, size, findings: await findings(page) }).toEqual({ name, theme, size, findings: [] })
      const scrolls = await page.evaluate(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
        return scrollWidth > clientWidth || scrollHeight > clientHeight
      })
      expect({ name, size, scrolls }).toEqual({ name, size, scrolls: false })
      if (PICTURES) await page.screenshot({ path: `test-results/screens/${name}-${theme}-${size.width}.png` })
    }
  }
  await page.setViewportSize(LARGE)
}
