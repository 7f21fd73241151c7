import { readRequest, type CountAnswer } from './messages'

// The entry of the counting process. The vocabulary, most of its memory, is loaded with the first texts.
process.parentPort.on('message', ({ data }) => void answer(data))

async function answer(message: unknown): Promise<void> {
  const request = readRequest(message)
  if (request === null) return
  const counted: CountAnswer = { id: request.id, counts: await count(request.texts) }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a process, not to a window
  process.parentPort.postMessage(counted)
}

async function count(texts: readonly string[]): Promise<readonly number[] | null> {
  try {
    const { countTexts } = await import('./count-text')
    return countTexts(texts)
  } catch {
    // Nobody reads this process's output, and whoever asked has an estimate instead.
    return null
  }
}
