import { setTimeout as delay } from 'node:timers/promises'
import { Problem } from '../../../scripts/lib/problem.mjs'
import { labOf } from '../browser/lab'
import { inWindow, percentile, trialOf } from '../browser/streams'
import type { BenchWindow } from '../browser/window'
import type { Benchmark } from '../harness'
import { answerOf } from '../texts/answer'

const TEXT = answerOf(30_000).source
const PER_FRAME = 128
const KEYS_PER_SECOND = 12

/** How long a key takes while an answer streams. */
export const typeWhileStream: Benchmark = {
  name: 'type-while-stream',
  unit: 'ms',
  measures:
    'from a key to its letter on the screen, 95th percentile, while an answer streams, 128 characters a frame, against a page that shows the text as plain lines',
  target: 1.3,
  rounds: 3,
  warmUp: 0,
  async prepare(run) {
    const { app, limit, peer } = await labOf(run)
    return trialOf({
      baseline: () => inWindow(limit, keyTime),
      subject: () => inWindow(() => app({ messages: [0], running: true }), keyTime),
      peer: peer === null ? undefined : () => inWindow(peer, keyTime),
    })
  },
}

async function keyTime({ page, devtools, proveWell }: BenchWindow): Promise<number> {
  const field = page.locator(await page.evaluate(() => window.bench?.field ?? ''))
  await field.focus()
  await page.evaluate((text) => {
    window.bench?.take(text)
    window.bench?.watchKeys()
  }, TEXT)
  const state = { streaming: true }
  const stream = page.evaluate((perFrame) => window.bench?.write(perFrame), PER_FRAME)
  const end = stream.finally(() => (state.streaming = false))
  let typed = ''
  for (let due = Date.now(); state.streaming; due += 1000 / KEYS_PER_SECOND) {
    const letter = 'abcdefghij klmnopqrst'[typed.length % 21] ?? 'a'
    typed += letter
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', text: letter, key: letter })
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key: letter })
    await delay(Math.max(0, due - Date.now()))
  }
  await end
  await delay(100)
  await proveWell()
  const [times, value] = [await page.evaluate(() => window.bench?.keyTimes() ?? []), await field.inputValue()]
  if (value !== typed || times.length !== typed.length) {
    throw new Problem(`Wrong result, so there is no figure: of ${typed.length} keys the field shows ${value.length}.`)
  }
  return percentile(times, 0.95)
}
