import { stream } from '../support/provider-server'
import { spoken } from '../support/spoken'
import { addKey, ask, expect, send, test, transcript } from './fixtures'
import { look } from './looking'

const ANSWER = [
  'Some code:\n\n```ts\n// why\nconst answer: number = 41 + one("key")\n```\n\n',
  '```python\nprint("a line that is much longer than the window is wide, so that somebody would want to have it wrapped, for once")\n```\n\n',
  '| Model | Price | Note |\n| :-- | --: | --- |\n| Small | 0.25 | cheap[^1] |\n| Large | 15.00 | `exact` |\n\n',
  '- [x] Sealed\n- [ ] Lost\n  1. nested, with a note[^two]\n\n> A quote with **weight**.\n\n',
  'مرحبا بالعالم، هذا نص من اليمين إلى اليسار مع `code` فيه.\n\n日本語の文章は、折り返しても読みやすくなければならない。\n\n',
  'With $a^2 + b^2 = c^2$ and $5 to spend:\n\n$$\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}$$\n\n',
  '[^1]: Per million tokens.\n[^two]: Of *two* notes.\n',
]

test('an answer in all its parts: colours, tables, tasks, notes, every script', async ({ start, server }) => {
  test.setTimeout(90_000)
  server.enqueue(stream(spoken(ANSWER)))
  const running = await start()
  const { page } = running
  await page.evaluate(() => {
    const violations: string[] = []
    Object.assign(globalThis, { violations })
    document.addEventListener('securitypolicyviolation', (event) => void violations.push(event.blockedURI))
  })
  await addKey(page, server.origin)
  await ask(page, 'Show me everything.')
  const log = transcript(page)
  await expect(send(page)).toBeVisible()

  // From the worker, under the page's policy. Bug: a policy that refuses it, and code that silently stays plain.
  const code = log.getByRole('group', { name: 'Code, ts' }).locator('code')
  await expect(code.locator('span').filter({ hasText: /^const$/ })).toBeVisible()
  await expect(code).toHaveText('// why\nconst answer: number = 41 + one("key")')
  const colours = await code
    .locator('span')
    .evaluateAll((all) => new Set(all.map((one) => getComputedStyle(one).color)).size)
  expect(colours).toBeGreaterThanOrEqual(4)

  const long = log.getByRole('group', { name: 'Code, python' })
  const tooWide = () => long.evaluate((frame) => frame.scrollWidth > frame.clientWidth)
  const wrap = log.getByRole('button', { name: 'Wrap lines' })
  await expect(wrap).toHaveCount(1)
  expect(await tooWide()).toBe(true)
  await wrap.click()
  await expect(wrap).toHaveAttribute('aria-pressed', 'true')
  expect(await tooWide()).toBe(false)

  // Bug: a formula in the fallback font, because the policy or the app scheme kept its fonts away.
  const formula = log.getByRole('group', { name: 'Formula' })
  await expect(formula.locator('math')).toHaveCount(1)
  await expect(log.locator('[data-formula]')).toHaveCount(2)
  await expect(log).toContainText('and $5 to spend')
  const fonts = () =>
    page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family))
  await expect.poll(fonts).toContain('KaTeX_Math')

  // To a note and back, with the focus, and without going anywhere.
  await log.getByRole('button', { name: 'Footnote 2', exact: true }).click()
  const note = log.getByRole('group', { name: 'Footnotes' }).getByRole('listitem').nth(1)
  await expect(note).toBeFocused()
  await note.getByRole('button', { name: 'Back to the text of footnote 2' }).click()
  await expect(log.getByRole('button', { name: 'Footnote 2', exact: true })).toBeFocused()

  await look(running, 'rendering')
  expect(await page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)).toEqual([])
})
