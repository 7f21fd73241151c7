import { gateAfter, stream } from '../support/provider-server'
import { spoken } from '../support/spoken'
import { addKey, ask, expect, send, test, transcript } from './fixtures'

const PIECES = Array.from({ length: 600 }, (_none, index) => `piece ${index}${index % 12 === 11 ? '.\n\n' : ' '}`)

test('an answer is drawn once a frame, goes on in the background, and waits for no frame out of sight', async ({
  start,
  server,
}) => {
  const { page } = await start()
  await addKey(page, server.origin)
  // React tells a debugger of every commit, in a production build too.
  await page.addInitScript(() => {
    const counts = { commits: 0, frames: 0 }
    const none = () => undefined
    const onCommitFiberRoot = () => void (counts.commits += 1)
    const hook = { supportsFiber: true, inject: () => 1, onCommitFiberRoot, onCommitFiberUnmount: none }
    const count = () => {
      counts.frames += 1
      requestAnimationFrame(count)
    }
    requestAnimationFrame(count)
    Object.assign(globalThis, { counts, __REACT_DEVTOOLS_GLOBAL_HOOK__: hook })
  })
  await page.reload()
  const counts = () =>
    page.evaluate(() => ({ ...(globalThis as unknown as { counts: Record<'commits' | 'frames', number> }).counts }))
  const log = transcript(page)
  const [first, later] = [gateAfter(12), gateAfter(402)]
  server.enqueue(stream(spoken(PIECES), { gates: [first, later] }))
  await ask(page, 'Tell me a story.')
  await first.reached
  await expect(log).toContainText('piece 9')

  // Shown: many more pieces than pictures.
  const before = await counts()
  first.release()
  await later.reached
  await expect(log).toContainText('piece 399')
  const after = await counts()
  const frames = after.frames - before.frames
  const commits = after.commits - before.commits
  // The seconds that are counted beside it are drawn too.
  expect({ frames, commits, few: commits <= frames + 5 && commits < 200 }).toMatchObject({ few: true })
  expect(commits).toBeGreaterThan(0)

  // In the background, while another one is open.
  await page.getByRole('button', { name: 'New conversation', exact: true }).click()
  await expect(log).toHaveCount(0)
  const last = gateAfter(300)
  later.release()
  server.enqueue(stream(spoken(PIECES), { gates: [last] }))
  await ask(page, 'And another one.')
  await last.reached
  await expect(log).toContainText('piece 297')
  await page.locator('[data-conversation]').filter({ hasText: 'Tell me a story.' }).click()
  await expect(log).toContainText('piece 599')
  await expect(send(page)).toBeVisible()

  // Out of sight, where no frame comes at all, and with another conversation open.
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    Object.assign(globalThis, { requestAnimationFrame: () => 0 })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  const whole = gateAfter(2)
  server.enqueue(stream(spoken(PIECES), { gates: [whole] }))
  await ask(page, 'Once more.')
  await whole.reached
  const hidden = await counts()
  whole.release()
  last.release()
  await expect(send(page)).toBeVisible({ timeout: 15_000 })
  await expect(log.getByRole('article').last()).toContainText('piece 599')
  // Bug: a page that nobody sees draws every batch all the same.
  expect((await counts()).commits - hidden.commits).toBeLessThan(40)
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: false, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.locator('[data-conversation]').filter({ hasText: 'And another one.' }).click()
  await expect(log).toContainText('piece 599')
})
