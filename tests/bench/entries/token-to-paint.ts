import { Problem } from '../../../scripts/lib/problem.mjs'
import { labOf } from '../browser/lab'
import { inWindow, percentile, trialOf } from '../browser/streams'
import type { BenchWindow } from '../browser/window'
import type { Benchmark } from '../harness'

const WORDS = { count: 300, perSecond: 150 }

/** How long a word takes from the main process to the screen. */
export const tokenToPaint: Benchmark = {
  name: 'token-to-paint',
  unit: 'ms',
  measures:
    'from a word to its picture, 95th percentile, at 150 words a second by way of what joins them in the main process, against a plain page that shows each at once',
  target: 1.2,
  rounds: 3,
  warmUp: 0,
  async prepare(run) {
    const { app, limit, peer } = await labOf(run)
    return trialOf({
      baseline: () => inWindow(limit, wordTime),
      subject: () => inWindow(() => app({ messages: [0], running: true }), wordTime),
      peer: peer === null ? undefined : () => inWindow(peer, wordTime),
    })
  },
}

async function wordTime({ page, proveWell }: BenchWindow): Promise<number> {
  const times = await page.evaluate(({ count, perSecond }) => window.bench?.words(count, perSecond) ?? [], WORDS)
  await proveWell()
  if (times.length !== WORDS.count) {
    throw new Problem(`Wrong result, so there is no figure: of ${WORDS.count} words the page shows ${times.length}.`)
  }
  return percentile(times, 0.95)
}
