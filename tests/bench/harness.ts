/** What the benchmarks of one run share. */
export interface Run {
  /** A folder of this run; it is removed at the end. */
  readonly folder: string
  /** Lines in a large ledger. */
  readonly rows: number
  /** Calls in the one that reports are made of. */
  readonly calls: number
  /** Says how far a long preparation has come. */
  readonly tell: (text: string) => void
  /** The folder of another built page than the app's. */
  readonly app?: string
}

/** Two pieces of work over the same prepared data. */
export interface Trial {
  /** The least that has to be done: what the figure is divided by. */
  baseline(): unknown
  subject(): unknown
  /** What others do, for comparison; it counts for nothing. */
  peer?: (() => unknown) | undefined
  /** Throws when any gives a wrong result. */
  check(): unknown
  close(): unknown
  /** The work answers with its own figure, and is not timed. */
  readonly measuresItself?: true
}

/** One figure against a baseline of the same run. */
export interface Benchmark {
  readonly name: string
  readonly unit: 'ms' | 'px' | 'differences'
  /** The subject, and after "against" the baseline. */
  readonly measures: string
  /** The largest ratio that is good enough; null where none is set. */
  readonly target: number | null
  readonly rounds: number
  /** Rounds before the first one that counts. */
  readonly warmUp: number
  prepare(run: Run): Promise<Trial>
}

/** The figures of a benchmark: medians of one baseline and one subject, and their ratio. */
export interface Outcome {
  readonly name: string
  readonly unit: string
  readonly figure: number
  readonly baseline: number
  readonly ratio: number
  readonly target: number | null
  readonly met: boolean | null
  /** What a peer needs for the same, where one was measured, and its ratio to the baseline. */
  readonly peer?: { readonly figure: number; readonly ratio: number }
}

/** Prepares, checks and times a benchmark. `now` is in the benchmark's unit. */
export async function measure(benchmark: Benchmark, run: Run, now: () => number): Promise<Outcome> {
  const trial = await benchmark.prepare(run)
  try {
    await trial.check()
    const { baseline, subject, peer } = await interleave(trial, benchmark, now)
    const outcome = outcomeOf(benchmark, median(subject), median(baseline))
    if (peer.length === 0) return outcome
    return { ...outcome, peer: { figure: median(peer), ratio: median(peer) / outcome.baseline } }
  } finally {
    await trial.close()
  }
}

const PARTS = ['baseline', 'subject', 'peer'] as const

/** Turn by turn, so that whatever else the machine does falls on all alike. */
export async function interleave(
  trial: Pick<Trial, (typeof PARTS)[number] | 'measuresItself'>,
  { rounds, warmUp }: Pick<Benchmark, 'rounds' | 'warmUp'>,
  now: () => number,
): Promise<Record<(typeof PARTS)[number], number[]>> {
  const figures = { baseline: [] as number[], subject: [] as number[], peer: [] as number[] }
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const part of PARTS) {
      const work = trial[part]
      // A peer is there to be seen; it needs no warm-up of its own.
      if (work === undefined || (part === 'peer' && round < 0)) continue
      const start = now()
      const done = work()
      const result = done instanceof Promise ? ((await done) as unknown) : done
      const time = now() - start
      if (round >= 0) figures[part].push(trial.measuresItself === true ? figureOf(result) : time)
    }
  }
  return figures
}

function figureOf(result: unknown): number {
  if (typeof result === 'number' && Number.isFinite(result)) return result
  throw new TypeError('a measurement that is no number')
}

/** The middle of several values; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (low === undefined || high === undefined) throw new RangeError('nothing has a median')
  return (low + high) / 2
}

function outcomeOf({ name, unit, target }: Benchmark, figure: number, baseline: number): Outcome {
  const ratio = figure / baseline
  return { name, unit, figure, baseline, ratio, target, met: target === null ? null : ratio <= target }
}
