import { labOf, type Lab } from '../browser/lab'
import { inWindow, proveShown, trialOf } from '../browser/streams'
import type { Benchmark } from '../harness'
import { answerOf } from '../texts/answer'

/** Characters at a time, and how long the answer is: small steps take as many pictures. */
const STEPS = [
  [1, 2_000],
  [4, 4_000],
  [37, 12_000],
  [128, 60_000],
  [1024, 60_000],
] as const

/** Whether an answer that streamed is the one that was there at once. */
export const renderExact: Benchmark = {
  name: 'render-exact',
  unit: 'differences',
  measures:
    'blocks that differ between an answer that streamed, before its end is told and after, and the same one shown at once, of all blocks, in steps of 1 to 1024 characters',
  target: 0,
  rounds: 1,
  warmUp: 0,
  async prepare(run) {
    const lab = await labOf(run)
    let blocks = 0
    let differences = 0
    return {
      ...trialOf({ baseline: () => Promise.resolve(blocks), subject: () => Promise.resolve(differences) }),
      async check() {
        for (const [at, [step, length]] of STEPS.entries()) {
          const { all, differing } = await compare(lab, { step, length, seed: at + 1 })
          blocks += all
          differences += differing
        }
      },
    }
  },
}

interface Step {
  readonly step: number
  readonly length: number
  readonly seed: number
}

async function compare({ app }: Lab, { step, length, seed }: Step): Promise<{ all: number; differing: number }> {
  const { source, shown } = answerOf(length, seed)
  const atOnce = await inWindow(
    () => app({ messages: [0], running: false, answer: source }),
    async (view) => {
      await proveShown(view, shown)
      return view.page.evaluate(() => window.bench?.app?.blocks() ?? [])
    },
  )
  const [open, ended] = await inWindow(
    () => app({ messages: [0], running: true, quickFrames: true }),
    async (view) => {
      const blocks = () => view.page.evaluate(() => window.bench?.app?.blocks() ?? [])
      await view.page.evaluate((text) => window.bench?.take(text), source)
      await view.page.evaluate((size) => window.bench?.write(size), step)
      await proveShown(view, shown)
      const before = await blocks()
      await view.page.evaluate(() => window.bench?.app?.settle())
      await proveShown(view, shown)
      return [before, await blocks()] as const
    },
  )
  // The last block is still open before its end is told.
  const differing = count(atOnce.slice(0, -1), open.slice(0, -1)) + count(atOnce, ended)
  return { all: 2 * atOnce.length - 1, differing }
}

function count(must: readonly string[], is: readonly string[]): number {
  return Array.from({ length: Math.max(must.length, is.length) }).filter((_, at) => must[at] !== is[at]).length
}
