import type { Page } from 'playwright'
import { gateAfter, stream, type Gate } from '../support/provider-server'
import { spoken } from '../support/spoken'
import { addKey, ask, expect, message, send, test, transcript } from './fixtures'

const line = (number: number) =>
  `Line ${number} of a story that goes on and on, and is long enough to fill a good part of the line it stands in.\n\n`
const lines = (from: number, count: number) => Array.from({ length: count }, (_none, index) => line(from + index))
/** Stands after so many pieces; two events come before the first. */
const afterPiece = (count: number): Gate => gateAfter(2 + count)

const jump = (page: Page) => page.getByRole('button', { name: 'Jump to latest' })
const fromEnd = (page: Page) => transcript(page).evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop)
const height = (page: Page) => transcript(page).evaluate((log) => log.scrollHeight)
const grown = (page: Page, from: number, by = 60) => expect.poll(() => height(page)).toBeGreaterThan(from + by)

/**
 * Watches where what is read stands in its frame, in every picture in which the transcript has changed from now on. Looked
 * at after the app's own observer of sizes, as the picture is painted: what stands elsewhere before that is seen by nobody.
 */
async function watch(page: Page): Promise<void> {
  await transcript(page).evaluate((log) => {
    const { top } = log.getBoundingClientRect()
    const read = [...log.querySelectorAll('p')].find((paragraph) => paragraph.getBoundingClientRect().top >= top)
    const places: number[] = []
    const place = () =>
      read?.isConnected === true ? read.getBoundingClientRect().top - log.getBoundingClientRect().top : Number.NaN
    const sizes = new ResizeObserver(() => void places.push(place()))
    sizes.observe(log)
    for (const content of log.children) sizes.observe(content)
    Object.assign(globalThis, { places, place })
  })
}

/** Chromium scrolls by keys in several pictures. */
const scrolledTo = (page: Page) =>
  transcript(page).evaluate(async (log) => {
    for (let still = 0, last = log.scrollTop; still < 4; last = log.scrollTop) {
      await new Promise(requestAnimationFrame)
      still = log.scrollTop === last ? still + 1 : 0
    }
  })

/** How far it moved since it was watched, over how many pictures. */
const moved = (page: Page) =>
  page.evaluate(() => {
    const { places, place } = globalThis as unknown as { places: number[]; place: () => number }
    places.push(place())
    // A formula is a fraction of a pixel high, and what scrolls goes by whole ones.
    return { pictures: places.length, by: Math.round(Math.max(...places) - Math.min(...places)) }
  })

test('whoever goes up while an answer arrives is left alone, by whatever way they went', async ({ start, server }) => {
  const { page } = await start()
  await addKey(page, server.origin)
  server.enqueue(stream(spoken(lines(1, 3000)), { paceMs: 25 }))
  await ask(page, 'Tell me a story.')
  await expect(transcript(page)).toContainText('Line 14 of')
  const log = transcript(page)
  const box = (await log.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const cdp = await page.context().newCDPSession(page)

  const ways: Record<string, () => Promise<void>> = {
    async wheel() {
      await page.mouse.move(middle.x, middle.y)
      await page.mouse.wheel(0, -60)
    },
    async touch() {
      const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', down: number) =>
        cdp.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: type === 'touchEnd' ? [] : [{ x: middle.x, y: middle.y + down }],
        })
      await finger('touchStart', 0)
      for (const down of [10, 30, 50, 70]) await finger('touchMove', down)
      await finger('touchEnd', 70)
    },
    ArrowUp: () => log.press('ArrowUp'),
    PageUp: () => log.press('PageUp'),
    Home: () => log.press('Home'),
    'Shift+Space': () => log.press('Shift+Space'),
    async selection() {
      await page.evaluate(() => {
        const read = [...document.querySelectorAll('[role=log] p')].at(-6)
        if (read !== undefined) document.getSelection()?.selectAllChildren(read)
      })
    },
    async scrollbar() {
      const bar = { x: box.x + box.width - 4, y: box.y + box.height - 30 }
      await page.mouse.move(bar.x, bar.y)
      await page.mouse.down()
      await page.mouse.move(bar.x, bar.y - 120, { steps: 4 })
      await page.mouse.up()
    },
  }
  for (const [name, go] of Object.entries(ways)) {
    await expect.poll(() => fromEnd(page)).toBeLessThanOrEqual(1)
    await go()
    await expect(jump(page), name).toBeVisible()
    await scrolledTo(page)
    const now = await height(page)
    await watch(page)
    await grown(page, now)
    expect({ name, ...(await moved(page)) }).toMatchObject({ name, by: 0 })
    await page.evaluate(() => document.getSelection()?.empty())
    await jump(page).click()
    await expect(jump(page)).toHaveCount(0)
  }
})

// What each step shows, and the words by which it is seen to be there.
const STEPS: readonly (readonly [pieces: readonly string[], seen: string])[] = [
  [['Some words, and more of them. '.repeat(12), '\n\n'], 'Some words'],
  [
    ['| Model | Price |\n| :-- | --: |\n', '| Small | 0.25 |\n', '| Large | 15.00 |\n', '\nAfter the table.\n\n'],
    '15.00',
  ],
  [['A formula:\n\n$$\\frac{\\sqrt{\\pi}}{2} = \\int_0^\\infty e^{-x^2}\\,dx$$\n\n'], 'A formula'],
  [['```ts\n// why\nconst answer = 41 + 1\n', '```\n\nAfter the code.\n\n'], 'After the code'],
  // Links that are told only at the end, and are much shorter than what stands there until then.
  [[`${'[word][a-long-name-for-a-link-that-is-told-at-the-end] '.repeat(40)}\n\n`], 'a-long-name'],
  [lines(100, 30), 'Line 129'],
  [[...lines(200, 4), '[a-long-name-for-a-link-that-is-told-at-the-end]: https://example.org/\n'], 'Line 203'],
]

test('nothing that comes, closes, loads or ends moves what is read, above it or below', async ({ start, server }) => {
  let count = 0
  const gates = STEPS.slice(0, -1).map(([pieces]) => afterPiece((count += pieces.length)))
  server.enqueue(stream(spoken(lines(1, 30))))
  server.enqueue(stream(spoken(STEPS.flatMap(([pieces]) => pieces)), { gates }))
  const { page } = await start()
  const formulas = Promise.withResolvers<void>()
  await page.route('**/draw-formula-*.js', async (route) => {
    await formulas.promise
    await route.continue()
  })
  await addKey(page, server.origin)
  await ask(page, 'Tell me a story.')
  const log = transcript(page)
  await expect(log).toContainText('Line 30 of')
  await expect(send(page)).toBeVisible()
  await ask(page, 'And another one.')
  await gates[0]?.reached
  await expect(log).toContainText('Some words')

  // Somebody reads the first answer while the second one is written.
  await log.evaluate((element) => element.scrollBy(0, -500))
  await expect(jump(page)).toBeVisible()
  await scrolledTo(page)
  await watch(page)
  for (const [index, gate] of gates.entries()) {
    const [, seen] = STEPS[index + 1] ?? []
    if (index === gates.length - 1) break
    gate.release()
    await expect(log).toContainText(seen ?? '')
  }
  await message(page).fill(Array.from({ length: 12 }, () => 'a line').join('\n'))
  await expect.poll(() => log.evaluate((element) => element.clientHeight)).toBeLessThan(600)
  const above = await moved(page)
  expect(above.by).toBe(0)
  expect(above.pictures).toBeGreaterThan(5)
  await message(page).fill('')

  // Somebody reads the end of the second one, below all that is still to be drawn.
  await log.evaluate((element) => element.scrollTo(0, element.scrollHeight))
  await expect(jump(page)).toHaveCount(0)
  await log.evaluate((element) => element.scrollBy(0, -200))
  await expect(jump(page)).toBeVisible()
  await scrolledTo(page)
  await watch(page)
  const before = await height(page)
  formulas.resolve()
  await expect(log.getByRole('group', { name: 'Formula' })).toBeAttached()
  await expect.poll(() => height(page)).not.toBe(before)
  gates.at(-1)?.release()
  await expect(send(page)).toBeVisible()
  await expect(log).toContainText('Line 203')
  const below = await moved(page)
  expect(below.by).toBe(0)
  expect(below.pictures).toBeGreaterThan(2)
  // Whoever is where they want to be is not taken to the end because the answer ended.
  await expect(jump(page)).toBeVisible()
})
