import { labOf } from '../browser/lab'
import { inWindow, streamIn, trialOf } from '../browser/streams'
import type { Benchmark, Run, Trial } from '../harness'
import { answerOf, withoutSpace } from '../texts/answer'

/** Long for an answer: 12 blocks of code, lists, tables and formulas. */
export const LONG_ANSWER = answerOf(60_000)
const AS_IT_IS = withoutSpace(LONG_ANSWER.source)
const PER_FRAME = 1_000

const ALONE = { messages: [0], running: true }

/** A long answer into an empty conversation, and the same text as plain lines. */
export async function longAnswer(run: Run, meter: 'cpu' | 'longest'): Promise<Trial> {
  const lab = await labOf(run)
  const drawn = { text: LONG_ANSWER, shown: LONG_ANSWER.shown, perFrame: PER_FRAME }
  const { peer } = lab
  return trialOf({
    baseline: () => inWindow(lab.limit, (view) => streamIn(view, { ...drawn, shown: AS_IT_IS }, meter)),
    subject: () =>
      inWindow(
        () => lab.app(ALONE),
        (view) => streamIn(view, drawn, meter),
      ),
    peer: peer === null ? undefined : () => inWindow(peer, (view) => streamIn(view, drawn, meter)),
  })
}

/** What an answer costs while it streams, and the colours of its code after that. */
export const streamCpu: Benchmark = {
  name: 'stream-cpu',
  unit: 'ms',
  measures:
    'CPU of the window while an answer of 60 kB streams, 1 kB a frame, until its code is in colours, against the same text as plain lines',
  target: 3,
  rounds: 3,
  warmUp: 1,
  prepare: (run) => longAnswer(run, 'cpu'),
}

/** How long the window does nothing else at a time. */
export const streamLongest: Benchmark = {
  name: 'stream-longest',
  unit: 'ms',
  measures: 'CPU of the longest single task while the same answer streams, against the longest of the plain lines',
  target: 6,
  rounds: 3,
  warmUp: 0,
  prepare: (run) => longAnswer(run, 'longest'),
}
