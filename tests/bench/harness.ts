/** What the benchmarks of one run share. */
export interface Run {
  /** A folder of this run; it is removed at the end. */
  readonly folder: string
  /** Lines in a large ledger. */
  readonly rows: number
  /** Says how far a long preparation has come. */
  readonly tell: (text: string) => void
}

/** Two pieces of work over the same prepared data. */
export interface Trial {
  /** The least that has to be done: what the figure is divided by. */
  baseline(): unknown
  subject(): unknown
  /** Throws when either gives a wrong result. */
  check(): void
  close(): void
}

/** One figure against a baseline of the same run. */
export interface Benchmark {
  readonly name: string
  readonly unit: 'ms'
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
}

/** Prepares, checks and times a benchmark. `now` is in the benchmark's unit. */
export async function measure(benchmark: Benchmark, run: Run, now: () => number): Promise<Outcome> {
  const trial = await benchmark.prepare(run)
  try {
    trial.check()
    const times = await interleave(trial, benchmark, now)
    return outcomeOf(benchmark, median(times.subject), median(times.baseline))
  } finally {
    trial.close()
  }
}

/** Turn by turn, so that whatever else the machine does falls on both alike. */
export async function interleave(
  trial: Pick<Trial, 'baseline' | 'subject'>,
  { rounds, warmUp }: Pick<Benchmark, 'rounds' | 'warmUp'>,
  now: () => number,
): Promise<{ baseline: number[]; subject: number[] }> {
  const times = { baseline: [] as number[], subject: [] as number[] }
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const part of ['baseline', 'subject'] as const) {
      const start = now()
      const work = trial[part]()
      if (work instanceof Promise) await work
      const time = now() - start
      if (round >= 0) times[part].push(time)
    }
  }
  return times
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
