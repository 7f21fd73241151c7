import type { Page } from 'playwright'
import { CHROMIUM_FILES, makeCanary, PROFILE_FILES, unregistered, watchSinks, type Sink } from '../support/canary'
import { anthropicErrors, fixture } from '../support/provider-server'
import { withTempDir } from '../support/temp-dir'
import { addKey, ask, expect, expectWords, message, test, transcript } from './fixtures'

// The built app with its window: what the page keeps of a key once the form is closed, and what the processes leave.

/** Everything the page shows or holds in a field. */
const shown = (page: Page) =>
  page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...Array.from(document.querySelectorAll<HTMLInputElement>('input, textarea'), ({ value }) => value),
      JSON.stringify(Object.entries(localStorage)),
      JSON.stringify(Object.entries(sessionStorage)),
      document.cookie,
      location.href,
    ].join('\n'),
  )

/** Every string the page's engine still holds after a forced collection. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk))
  await session.send('HeapProfiler.enable')
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false, captureNumericValue: false })
  await session.detach()
  return chunks.join('')
}

/** Typed as by a keyboard: what Playwright fills in goes through the page's own engine. */
async function enter(page: Page, canary: string): Promise<void> {
  await page.getByLabel('API key').focus()
  await page.keyboard.insertText(canary)
  await page.keyboard.press('Enter')
}

test('a key that was entered is in nothing the page or the processes leave', async ({ start, server, profile }) => {
  const canary = makeCanary()
  const second = makeCanary()
  const control = `control-${makeCanary().slice(10)}`
  await withTempDir(async (temp) => {
    const watch = watchSinks()
    const running = await start({ env: { TMPDIR: temp.path } })
    const { electron, page } = running
    const output = { 'standard output': electron.process().stdout, 'standard error': electron.process().stderr }
    for (const [sink, from] of Object.entries(output)) {
      from?.on('data', (text: Buffer) => watch.record(sink as Sink, 'the app', Buffer.from(text)))
    }
    page.on('console', (line) => watch.record('log line', 'the console of the page', line.text()))

    await addKey(page, server.origin, 'sk-ant-api03-first-of-this-run-0123456789')
    await page.getByRole('button', { name: 'Keys', exact: true }).click()
    for (const key of [canary, second]) {
      await page
        .getByRole('button', { name: /^Replace/ })
        .first()
        .click()
      await enter(page, key)
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    await page.getByRole('button', { name: 'New conversation' }).click()
    server.always(fixture('anthropic/text'))
    server.enqueue(anthropicErrors.invalidKey())
    await ask(page, 'Hi')
    await expect(transcript(page).getByRole('alert')).toBeVisible()
    await ask(page, `${control} in a question`)
    await expectWords(page, 'in a question')
    await server.waitForRequests(2)
    await message(page).fill(`${control} in a draft`)
    await electron.evaluate((_, text) => {
      process.stdout.write(`${text}\n`)
      process.stderr.write(`${text}\n`)
    }, control)
    await page.evaluate((text) => console.log(text), control)

    watch.record('page', 'the document', await shown(page))
    watch.record('heap of the page', 'the snapshot', await heapOf(page))
    await running.quit()
    watch.folder('file of the profile', profile.path)
    watch.folder('temporary file', temp.path)
    for (const request of server.requests) watch.request(request)

    for (const key of [canary, second]) {
      const astray = watch.find(key).filter(({ sink, place }) => sink !== 'header' || !place.endsWith(' x-api-key'))
      expect(astray).toEqual([])
    }
    expect(server.requests.every(({ headers }) => headers['x-api-key'] === second)).toBe(true)
    const sinks = ['file of the profile', 'log line', 'standard output', 'standard error', 'page', 'heap of the page']
    const seen = new Set<string>(watch.find(control).map(({ sink }) => sink))
    expect(sinks.filter((sink) => !seen.has(sink))).toEqual([])
    expect(unregistered(profile.path, [...PROFILE_FILES, ...CHROMIUM_FILES])).toEqual([])
  })
})
