import { Problem } from '../../../scripts/lib/problem.mjs'
import { labOf } from '../browser/lab'
import { inWindow, trialOf } from '../browser/streams'
import type { BenchWindow } from '../browser/window'
import type { Benchmark } from '../harness'
import type { Text } from '../texts/answer'
import { EVIL_TEXTS } from '../texts/evil'
import { LONG_ANSWER } from './stream-cpu'

const PER_FRAME = 4_000

/** Whether an answer gone wrong can hold the window up. */
export const streamEvil: Benchmark = {
  name: 'stream-evil',
  unit: 'ms',
  measures:
    'CPU of the longest single task while six degenerate answers of 100 kB stream, the worst of them, against the longest of an ordinary one',
  target: 2,
  rounds: 3,
  warmUp: 0,
  async prepare(run) {
    const { app } = await labOf(run)
    const longest = (text: Text) =>
      inWindow(
        () => app({ messages: [0], running: true }),
        (view) => longestOf(view, text),
      )
    return trialOf({
      baseline: () => longest(LONG_ANSWER),
      async subject() {
        let worst = 0
        for (const [name, text] of EVIL_TEXTS) {
          const time = await longest(text)
          run.tell(`  ${name}: ${time.toFixed(1)} ms`)
          worst = Math.max(worst, time)
        }
        return worst
      },
    })
  },
}

async function longestOf(view: BenchWindow, { source, shown }: Text): Promise<number> {
  await view.page.evaluate((text) => window.bench?.take(text), source)
  const time = await view.longest(() => view.page.evaluate((size) => window.bench?.stream(size), PER_FRAME))
  const is = await view.page.evaluate(() => window.bench?.shown() ?? '')
  if (!is.endsWith(shown)) throw new Problem('Wrong result, so there is no figure: the end of the text is not shown.')
  return time
}
