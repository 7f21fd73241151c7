import { fixture } from '../support/provider-server'
import { expectedAnswer } from '../support/fixtures'
import { addKey, ask, expect, expectWords, message, runtime, send, test, transcript } from './fixtures'

test('a conversation the window hung or crashed with is left out, said so, and opened when asked for', async ({
  start,
  server,
}) => {
  const env = { ELECTRON_STANDIN_HANG_MS: '2000' }
  const { text } = expectedAnswer('anthropic/text')
  server.always(fixture('anthropic/text'))
  const first = await start({ env })
  await addKey(first.page, server.origin)
  await ask(first.page, 'What is a latchkey?')
  await expectWords(first.page, text)
  await expect(send(first.page)).toBeVisible()
  const unresponsive = first.electron.evaluate(
    ({ BrowserWindow }, isStandin) =>
      new Promise<boolean>((resolve) => {
        const [window] = BrowserWindow.getAllWindows()
        window?.once('unresponsive', () => resolve(true))
        // Electron takes half a minute, and an input, to call a page hung.
        if (!isStandin) window?.emit('unresponsive')
      }),
    runtime === 'standin',
  )
  void first.page
    .evaluate(() =>
      setTimeout(() => {
        for (;;);
      }),
    )
    .catch(() => undefined)
  await expect(unresponsive).resolves.toBe(true)
  await first.kill()

  const second = await start({ env })
  const { page } = second
  const notice = page.getByRole('region', { name: 'A conversation that was not opened' })
  await expect(notice).toContainText('“What is a latchkey?” was not opened by itself')
  await expect(transcript(page)).toHaveCount(0)
  await notice.getByRole('button', { name: 'Open it' }).press('Enter')
  await expectWords(page, text)
  await expect(message(page)).toBeFocused()
  await expect(notice).toHaveCount(0)

  // Drawn well for a while, and then it ends: Playwright has lost the page for good, so the main process is asked.
  const inPage = (code: string) =>
    second.electron.evaluate(
      ({ BrowserWindow }, source) =>
        BrowserWindow.getAllWindows()[0]
          ?.webContents.executeJavaScript(source)
          .catch(() => '') as Promise<string>,
      code,
    )
  await second.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect.poll(() => inPage('document.body.innerText')).toContain('was not opened by itself')
  await inPage(`[...document.querySelectorAll('button')].find((one) => one.innerText === 'Dismiss').click()`)
  await expect.poll(() => inPage('document.body.innerText')).not.toContain('was not opened by itself')
})
