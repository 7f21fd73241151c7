import type { Page } from 'playwright'
import { expect } from './fixtures'

/** Presses Tab until the focus is on what has this name, and checks every stop on the way as its user would. */
export async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
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
