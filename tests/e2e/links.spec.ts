import type { Page } from 'playwright'
import { GOOD_LINKS, HOSTILE_LINKS } from '../support/links'
import { gateAfter, stream } from '../support/provider-server'
import { spoken } from '../support/spoken'
import { addKey, ask, expect, test, transcript, type Running } from './fixtures'

// The whole way of a link: out of a provider's stream, through the question, to the one place that opens it.

/** So many in one run: the main process opens ten a minute, and this clock cannot be moved from here. */
const PER_RUN = 10
/** So many may be opened in the window within a minute; its clock can be moved. */
const AT_ONCE = 5
const good = GOOD_LINKS.slice(0, 20)

const linkAt = (index: number, url: string) =>
  `- [link ${index}](<${url.replaceAll('>', '%3E').replaceAll('\n', ' ')}>)\n`
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Open this link in your browser?' })

async function watchOpened({ electron }: Running): Promise<() => Promise<string[]>> {
  await electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = (url) => Promise.resolve(void opened.push(url))
  })
  return () => electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
}

for (let from = 0; from < good.length; from += PER_RUN) {
  test(`good links open after a question and not before: ${from + 1} to ${from + PER_RUN} of 20`, async ({
    start,
    server,
  }) => {
    const asked = good.slice(from, from + PER_RUN)
    expect(asked).toHaveLength(PER_RUN)
    server.enqueue(stream(spoken(asked.map(([url], index) => linkAt(index, url)))))
    const running = await start()
    const { page } = running
    await addKey(page, server.origin)
    const opened = await watchOpened(running)
    await ask(page, 'Where?')
    await page.clock.install()
    for (const [index, [, opens]] of asked.entries()) {
      if (index > 0 && index % AT_ONCE === 0) await page.clock.fastForward(61_000)
      const link = transcript(page).getByRole('link', { name: `link ${index}`, exact: true })
      await link.click()
      await expect(dialog(page)).toBeVisible()
      expect(await opened()).toHaveLength(index)
      await dialog(page).getByRole('button', { name: 'Open link' }).click()
      await expect(dialog(page)).toHaveCount(0)
      expect((await opened()).at(-1)).toBe(opens)
    }
    expect(await opened()).toEqual(asked.map(([, opens]) => opens))
  })
}

test('a double click on a link is one press, wherever the second half of it lands', async ({ start, server }) => {
  // Bug: a wall of links under the place where the question shows its button, and "double-click here to go on".
  server.enqueue(stream(spoken([`[${'double-click here to go on '.repeat(80)}](https://evil.example/)`])))
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  const opened = await watchOpened(running)
  await ask(page, 'Where?')
  const link = transcript(page).getByRole('link').first()
  await link.click()
  const button = dialog(page).getByRole('button', { name: 'Open link' })
  const box = await button.boundingBox()
  if (box === null) throw new Error('no button')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  // The link is there, under what is about to be the button.
  expect(
    await page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.closest('a')?.href, [x, y] as const),
  ).toBe('https://evil.example/')
  await page.mouse.dblclick(x, y, { delay: 40 })
  await expect(dialog(page)).toBeVisible()
  expect(await opened()).toEqual([])
  await button.click()
  await expect(dialog(page)).toHaveCount(0)
  expect(await opened()).toEqual(['https://evil.example/'])
})

test('what the corner shows goes on with an address that goes on under the pointer', async ({ start, server }) => {
  // Bug: the pointer rests on a name that becomes another one while the answer streams.
  const gate = gateAfter(3)
  const words = spoken(['See https://google.com', '.evil.example/login now.'])
  server.enqueue(stream(words, { gates: [gate] }))
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  await ask(page, 'Where?')
  await gate.reached
  const link = transcript(page).getByRole('link').first()
  const corner = page.locator('[data-link-target]')
  await link.hover()
  await expect(corner).toHaveText('google.com')
  gate.release()
  await expect(link).toHaveAttribute('href', 'https://google.com.evil.example/login')
  await expect(corner).toHaveText('google.com.evil.example')
})

test('hostile links open nothing, whatever is pressed', async ({ start, server }) => {
  expect(new Set(HOSTILE_LINKS).size).toBeGreaterThanOrEqual(60)
  server.enqueue(stream(spoken(HOSTILE_LINKS.map((url, index) => linkAt(index, url.slice(0, 3000))))))
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  const opened = await watchOpened(running)
  const navigations: string[] = []
  page.on('framenavigated', (frame) => void navigations.push(frame.url()))
  await ask(page, 'Where?')
  await expect(
    transcript(page)
      .getByText(`link ${HOSTILE_LINKS.length - 1}`, { exact: false })
      .last(),
  ).toBeVisible()
  // None of them is a link. A plain address that stands inside one may be, and is then exactly what it says.
  await expect(transcript(page).getByRole('link', { name: /^link/ })).toHaveCount(0)
  const others = await transcript(page)
    .locator('a')
    .evaluateAll((links) => links.map((link) => [link.getAttribute('href'), link.textContent]))
  expect(others.filter(([href, text]) => href !== text)).toEqual([])
  for (const item of await transcript(page).getByRole('listitem').all()) await item.dispatchEvent('click')
  expect(await opened()).toEqual([])
  expect(navigations).toEqual([])
  expect(running.electron.windows()).toHaveLength(1)
})
