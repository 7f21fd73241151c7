import { areRunsOf, type Run } from './runs'

/** What runs the grammars; in the app a worker. */
export interface Highlighter {
  ask(code: string, language: string, answer: (runs: unknown) => void): void
  /** Ends it at once, in the middle of a grammar. */
  end(): void
}

interface Job {
  readonly key: string
  readonly code: string
  readonly language: string
  readonly done: Set<() => void>
}

/** Codes longer than this stay plain. */
const LONGEST = 60_000
/** Characters of code whose runs are remembered. */
const REMEMBERED = 2_000_000
const PATIENCE_MS = 3_000

/** Highlights one code after another and remembers what came out. `start` makes a highlighter when there is work. */
export function createJobQueue(start: () => Highlighter | null) {
  const known = new Map<string, readonly Run[] | null>()
  const jobs = new Map<string, Job>()
  let remembered = 0
  let highlighter: Highlighter | null = null
  let running = false
  let current: Job | null = null

  function settle(job: Job, runs: unknown): void {
    jobs.delete(job.key)
    known.set(job.key, areRunsOf(runs, job.code.length) ? runs : null)
    remembered += job.key.length
    for (const [oldest] of known) {
      if (remembered <= REMEMBERED) break
      known.delete(oldest)
      remembered -= oldest.length
    }
    running = false
    for (const done of job.done) done()
    next()
  }

  function next(): void {
    const job = running ? undefined : jobs.values().next().value
    if (job === undefined) return
    running = true
    current = job
    highlighter ??= start()
    if (highlighter === null) return settle(job, null)
    let over = false
    const finish = (runs: unknown): void => {
      if (over) return
      over = true
      clearTimeout(timer)
      settle(job, runs)
    }
    const timer = setTimeout(() => {
      // It stays plain; whoever is next gets a fresh one.
      highlighter?.end()
      highlighter = null
      finish(null)
    }, PATIENCE_MS)
    highlighter.ask(job.code, job.language, finish)
  }

  return {
    /** The runs, null where the code stays plain, undefined while nobody knows. */
    known: (code: string, language: string) => known.get(keyOf(code, language)),
    /** Asks for runs. Returns how to say that they are no longer waited for. */
    want(code: string, language: string, done: () => void): () => void {
      const key = keyOf(code, language)
      if (known.has(key) || language === '' || code.length > LONGEST) return () => undefined
      const job = jobs.get(key) ?? { key, code, language, done: new Set() }
      job.done.add(done)
      jobs.set(key, job)
      next()
      return () => {
        job.done.delete(done)
        // Gone from the page before its turn came; the one that runs is let be.
        if (job.done.size === 0 && job !== current) jobs.delete(key)
      }
    },
  }
}

function keyOf(code: string, language: string): string {
  return `${language}\n${code}`
}
