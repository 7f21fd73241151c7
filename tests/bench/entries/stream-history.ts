import { labOf } from '../browser/lab'
import { inWindow, streamIn, trialOf } from '../browser/streams'
import type { Benchmark } from '../harness'
import { LONG_ANSWER } from './stream-cpu'

const STREAMED = { text: LONG_ANSWER, shown: LONG_ANSWER.shown, perFrame: 1_000 }

/** What the messages before an answer cost while it streams. */
export const streamHistory: Benchmark = {
  name: 'stream-history',
  unit: 'ms',
  measures: 'CPU of the window while the same answer streams below 300 messages, against the answer alone',
  target: 1.25,
  rounds: 3,
  warmUp: 0,
  async prepare(run) {
    const lab = await labOf(run)
    const below = (messages: number) => () =>
      inWindow(
        () => lab.app({ messages: [messages], running: true }),
        (view) => streamIn(view, STREAMED, 'cpu'),
      )
    return trialOf({ baseline: below(0), subject: below(300) })
  },
}
