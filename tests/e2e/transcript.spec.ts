import type { Page } from 'playwright'
import { openStorage } from '../../src/main/storage/storage'
import { plant } from '../support/grown-conversation'
import { fixture } from '../support/provider-server'
import { addKey, askMain, expect, test, transcript } from './fixtures'
import { findings } from './looking'

const MESSAGES = 2_000

/** Every kind of message: short and long, code, tables, lists, both directions. */
function textOf(place: number): string {
  const name = `Message ${place}.`
  if (place === 1) return `${name} The very first answer names the **mar**malade once.`
  if (place % 2 === 0) return place % 10 === 4 ? `${name}\n\nمن اليمين إلى اليسار` : name
  const kinds = [
    `${name} ${'A sentence that goes on for a while. '.repeat((place * 7) % 23)}`,
    `${name}\n\n\`\`\`ts\nconst place = ${place}\nconsole.log(place)\n\`\`\`\n`,
    `${name}\n\n| a | b |\n| - | - |\n| ${place} | 2 |\n| 3 | 4 |\n`,
    `${name}\n\n- one\n- two\n- three\n\n## Heading\n\nAnd an end.`,
    `${name}\n\n漢字とかなの長い文章です。`.repeat(1 + (place % 3)),
  ]
  return kinds[(place >> 1) % kinds.length] ?? name
}

/** What is mounted, and which messages are seen. */
const seen = (page: Page) =>
  page.evaluate(() => {
    const log = document.querySelector('[role=log]')
    const { top, bottom } = log?.getBoundingClientRect() ?? { top: 0, bottom: 0 }
    const all = [...document.querySelectorAll<HTMLElement>('[role=log] article')]
    const places = all.flatMap((element) => {
      const box = element.getBoundingClientRect()
      return box.bottom > top && box.top < bottom ? [Number(/Message (\d+)\./.exec(element.textContent)?.[1])] : []
    })
    return { places, mounted: all.length }
  })

/** Whether all code near what is seen has colours, and any that is far from it. */
const coloured = (page: Page) =>
  page.evaluate(() => {
    const top = document.querySelector('[role=log]')?.getBoundingClientRect().top ?? 0
    const codes = [...document.querySelectorAll('[role=log] pre')].map((code) => ({
      isNear: code.getBoundingClientRect().bottom > top - 900,
      isFar: code.getBoundingClientRect().bottom < top - 1_200,
      has: code.querySelector('span') !== null,
    }))
    const near = codes.filter(({ isNear }) => isNear)
    const far = codes.filter(({ isFar }) => isFar)
    return {
      near: near.length > 0 && near.every(({ has }) => has),
      far: far.length === 0 || far.some(({ has }) => has),
    }
  })

/** Measures in every frame how far what was seen in the frame before has moved. */
async function watchTravel(page: Page): Promise<void> {
  await page.evaluate(() => {
    const log = document.querySelector('[role=log]')
    const figures = { travel: 0, reversals: 0, blank: 0, most: 0 }
    Object.assign(globalThis, { figures })
    let before = new Map<Element, number>()
    const frame = (): void => {
      const now = new Map<Element, number>()
      let isBlank = true
      const { top, bottom } = log?.getBoundingClientRect() ?? { top: 0, bottom: 0 }
      const all = document.querySelectorAll('[role=log] article')
      for (const element of all) {
        const box = element.getBoundingClientRect()
        now.set(element, box.top)
        if (box.bottom > top && box.top < bottom) isBlank = false
      }
      figures.most = Math.max(figures.most, all.length)
      if (isBlank) figures.blank += 1
      const [same] = [...now.keys()].filter((element) => before.has(element))
      const moved = same === undefined ? 0 : (now.get(same) ?? 0) - (before.get(same) ?? 0)
      figures.travel += moved
      if (moved < -0.5) figures.reversals += 1
      before = now
      requestAnimationFrame(frame)
    }
    frame()
  })
}

const figures = (page: Page) =>
  page.evaluate(
    () =>
      (globalThis as unknown as { figures: { travel: number; reversals: number; blank: number; most: number } })
        .figures,
  )

test('a conversation of 2,000 messages is read, searched and left like a short one', async ({
  start,
  profile,
  server,
}) => {
  test.setTimeout(120_000)
  const storage = openStorage({ profile: profile.path })
  plant(storage, { messages: MESSAGES, title: 'Two thousand', textOf })
  storage.close()
  const { page } = await start()
  await addKey(page, server.origin)
  const log = transcript(page)
  await expect(log).toContainText(`Message ${MESSAGES - 1}.`)
  expect((await seen(page)).mounted).toBeLessThanOrEqual(160)
  expect((await seen(page)).places.at(-1)).toBe(MESSAGES - 1)

  // Only code that is near enough to be seen soon has colours.
  await expect.poll(async () => (await coloured(page)).near).toBe(true)
  expect(await coloured(page)).toEqual({ near: true, far: false })

  // Up, by the wheel: as far as was asked, never back, and never past what is there.
  await log.hover()
  await watchTravel(page)
  let asked = 0
  while (((await seen(page)).places[0] ?? 0) > MESSAGES - 400) {
    for (let turns = 0; turns < 5; turns += 1) {
      await page.mouse.wheel(0, -600)
      asked += 600
      await expect.poll(async () => Math.round((await figures(page)).travel), { intervals: [10] }).toBe(asked)
    }
  }
  expect(await figures(page)).toMatchObject({ reversals: 0, blank: 0 })
  expect((await figures(page)).most).toBeLessThanOrEqual(160)

  // What is written at the end meanwhile moves nothing up here.
  const { places } = await seen(page)
  server.enqueue(fixture('anthropic/text'))
  await askMain(page, 'turn.start', await aimOf(page))
  await server.waitForRequests(1)
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
  expect((await seen(page)).places).toEqual(places)
  expect(Math.round((await figures(page)).travel)).toBe(asked)

  // Found where nothing is loaded yet, with marks in the middle of the word, and one more in each question.
  await page.keyboard.press('Control+F')
  const bar = page.getByRole('search', { name: 'Find in conversation' })
  await expect(bar.getByRole('textbox')).toBeFocused()
  await page.keyboard.type('marmalade')
  await expect(bar).toContainText('1 of 1')
  await expect(log).toContainText('The very first answer')
  expect(await marks(page)).toEqual({ found: [], now: ['marmalade'], isSeen: true })
  // The very first message, right under the bar: scrolled up as far as it goes, it is not behind it.
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('Message 0.')
  await expect(bar).toContainText('1 of 1')
  await expect.poll(async () => (await marks(page)).now).toEqual(['Message 0.'])
  const under = await log.getByRole('article').first().boundingBox()
  const over = await bar.boundingBox()
  expect(under?.y ?? 0).toBeGreaterThanOrEqual((over?.y ?? 0) + (over?.height ?? Infinity))
  expect(await findings(page)).toEqual([])

  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('message 19')
  const expected = Array.from({ length: MESSAGES }, (_, place) => textOf(place))
    .join('\n')
    .match(/message 19/gi)?.length
  await expect(bar).toContainText(`1 of ${expected}`)
  await page.keyboard.press('Shift+Enter')
  await expect(bar).toContainText(`${expected} of ${expected}`)
  expect((await seen(page)).places).toContain(MESSAGES - 1)
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  expect((await marks(page)).found).toEqual([])

  // Up by keyboard, with the focus in a message that would have gone by then; and back at once.
  const copy = log.getByRole('button', { name: 'Copy' }).last()
  await copy.focus()
  const mounted = async () => (await seen(page)).mounted
  for (let before = await mounted(); before <= 160; before = await mounted()) {
    await page.keyboard.press('Home')
    await expect.poll(mounted).toBeGreaterThan(before)
  }
  await expect(copy).toBeFocused()
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toHaveCount(0)
  expect((await seen(page)).places.at(-1)).toBeNaN()
  await expect(log).toBeFocused()
  expect((await seen(page)).mounted).toBeLessThanOrEqual(160)
})

/** Where a message in the only conversation goes. */
async function aimOf(page: Page): Promise<object> {
  return page.evaluate(async () => {
    const { latchkey } = window as unknown as {
      latchkey: { request(name: string, input: object): Promise<{ value: Record<string, readonly { id: string }[]> }> }
    }
    const { value } = await latchkey.request('app.open', {})
    const [conversation] = value['conversations'] ?? []
    const [connection] = value['connections'] ?? []
    return {
      conversationId: conversation?.id,
      connectionId: connection?.id,
      model: 'claude-sonnet-5-5',
      text: 'Meanwhile',
    }
  })
}

/** The words that are marked, and whether the one that is looked at is seen. */
const marks = (page: Page) =>
  page.evaluate(() => {
    const ranges = (name: string) => [...(CSS.highlights.get(name) ?? [])] as Range[]
    const log = document.querySelector('[role=log]')?.getBoundingClientRect()
    const [now] = ranges('found-now')
    const box = now?.getBoundingClientRect()
    return {
      found: ranges('found').map(String),
      now: ranges('found-now').map(String),
      isSeen: box !== undefined && log !== undefined && box.top >= log.top && box.bottom <= log.bottom,
    }
  })
