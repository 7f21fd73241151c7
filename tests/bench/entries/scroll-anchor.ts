import { Problem } from '../../../scripts/lib/problem.mjs'
import { labOf } from '../browser/lab'
import { inWindow, trialOf } from '../browser/streams'
import type { BenchWindow } from '../browser/window'
import type { Benchmark } from '../harness'
import type { ReaderMoves } from '../page/stage'
import { answerOf } from '../texts/answer'

const WHEELS = 100
const WHEEL_PX = 120
const TEXT = answerOf(20_000).source
const PER_FRAME = 500

/** Whether the text ever moves by itself under whoever reads it. */
export const scrollAnchor: Benchmark = {
  name: 'scroll-anchor',
  unit: 'px',
  measures:
    'the farthest that text ever moves by itself: 100 turns of the wheel up through 400 messages, an answer that streams below, and the end of one that is followed; against one pixel, which nobody sees',
  target: 1,
  rounds: 3,
  warmUp: 0,
  async prepare(run) {
    const { app } = await labOf(run)
    return trialOf({
      baseline: () => Promise.resolve(1),
      subject: () => inWindow(() => app({ messages: [400], running: true }), farthest),
    })
  },
}

async function farthest(view: BenchWindow): Promise<number> {
  const { page, proveWell } = view
  await page.evaluate((text) => window.bench?.take(text), TEXT)
  const stream = () => page.evaluate((size) => window.bench?.write(size), PER_FRAME)
  const followed = await movesDuring(view, stream)

  await page.mouse.move(700, 400)
  const wheeled = await movesDuring(view, async () => {
    for (let turn = 0; turn < WHEELS; turn += 1) await page.mouse.wheel(0, -WHEEL_PX)
    await page.waitForTimeout(300)
  })
  const read = await movesDuring(view, stream)
  await proveWell()
  if (wheeled.travel < WHEEL_PX) throw new Problem('Wrong result, so there is no figure: the wheel moved nothing.')
  return Math.max(followed.gap, wheeled.reversal, Math.abs(wheeled.travel - WHEELS * WHEEL_PX), read.drift)
}

async function movesDuring({ page }: BenchWindow, work: () => Promise<unknown>): Promise<ReaderMoves> {
  await page.evaluate(() => window.bench?.app?.watchReader())
  await work()
  const moves = await page.evaluate(() => window.bench?.app?.readerMoves())
  if (moves === undefined) throw new Problem('The page does not tell how it moves, so there is no figure.')
  return moves
}
