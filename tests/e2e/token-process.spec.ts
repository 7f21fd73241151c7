import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from './fixtures'

const file = join(fileURLToPath(new URL('../..', import.meta.url)), 'out/main/token-process.js')

// Would catch an entry that was not built, or that a utility process cannot load; the app itself would only ever
// estimate by length, which nobody sees.
test('the built counting process answers in a utility process, and ends when it is told to', async ({ start }) => {
  const { electron } = await start()
  const seen = await electron.evaluate(
    ({ utilityProcess }, entry) =>
      new Promise<unknown[]>((resolve) => {
        const child = utilityProcess.fork(entry, [], { stdio: 'ignore' })
        const messages: unknown[] = []
        child.on('message', (message: unknown) => {
          messages.push(message)
          child.kill()
        })
        child.on('exit', () => resolve(messages))
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a process, not to a window
        child.postMessage({ id: 7, texts: ['hello world', '', '<|endoftext|>', '你好，世界'] })
      }),
    file,
  )
  expect(seen).toEqual([{ id: 7, counts: [2, 0, 7, 3] }])
})
