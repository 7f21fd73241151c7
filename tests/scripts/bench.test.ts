import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { longestTask } from '../bench/browser/trace'
import { readCommand, rowsFrom } from '../bench/command'
import { interleave, measure, median, type Benchmark, type Trial } from '../bench/harness'
import { asJson, asTable } from '../bench/report'
import { answerOf } from '../bench/texts/answer'

const ROOT = join(import.meta.dirname, '..', '..')
const run = { folder: '', rows: 1000, calls: 1000, tell: () => undefined }

/** Work that takes as long as it says, by a clock that only it moves. */
function trialOf(baseline: readonly number[], subject: readonly number[]) {
  let now = 0
  const done: string[] = []
  const work = (name: string, times: readonly number[]) => {
    let turn = 0
    return () => {
      done.push(name)
      now += times[turn++ % times.length] ?? 0
    }
  }
  const trial: Trial = {
    baseline: work('b', baseline),
    subject: work('s', subject),
    check: () => void done.push('check'),
    close: () => void done.push('close'),
  }
  return { trial, done, now: () => now }
}

const benchmarkOf = (trial: Trial, target: number | null = 2): Benchmark => ({
  name: 'two-things',
  unit: 'ms',
  measures: 'one thing against another',
  target,
  rounds: 3,
  warmUp: 1,
  prepare: () => Promise.resolve(trial),
})

describe('a benchmark', () => {
  it('checks before it times, takes turns, leaves the warm-up out and closes', async () => {
    const { trial, done, now } = trialOf([100, 2, 4, 3], [900, 8, 6, 7])
    const outcome = await measure(benchmarkOf(trial), run, now)
    expect(done.join(' ')).toBe('check b s b s b s b s close')
    expect(outcome).toEqual({
      name: 'two-things',
      unit: 'ms',
      figure: 7,
      baseline: 3,
      ratio: 7 / 3,
      target: 2,
      met: false,
    })
  })

  it('times nothing when the result is wrong, and closes all the same', async () => {
    const { trial, done, now } = trialOf([1], [1])
    const wrong = { ...trial, check: () => expect.fail('wrong') }
    await expect(measure(benchmarkOf(wrong), run, now)).rejects.toThrow('wrong')
    expect(done).toEqual(['close'])
  })

  it('meets a target it reaches exactly, and none that is not set', async () => {
    const even = trialOf([2], [4])
    expect(await measure(benchmarkOf(even.trial), run, even.now)).toMatchObject({ ratio: 2, met: true })
    const free = trialOf([2], [4])
    expect(await measure(benchmarkOf(free.trial, null), run, free.now)).toMatchObject({ target: null, met: null })
  })

  it('takes the figures of work that measures itself, and shows a peer beside them', async () => {
    const trial: Trial = {
      baseline: () => 2,
      subject: () => Promise.resolve(6),
      peer: () => 20,
      check: () => undefined,
      close: () => undefined,
      measuresItself: true,
    }
    const outcome = await measure(benchmarkOf(trial), run, () => 0)
    expect(outcome).toMatchObject({ figure: 6, baseline: 2, ratio: 3, met: false, peer: { figure: 20, ratio: 10 } })
    // Bug: a page that answers nothing, and a ratio of NaN that meets every target.
    await expect(measure(benchmarkOf({ ...trial, subject: () => undefined }), run, () => 0)).rejects.toThrow(
      'no number',
    )
  })

  it('waits for work that is a promise', async () => {
    let now = 0
    const later = () => new Promise<void>((resolve) => setImmediate(() => ((now += 5), resolve())))
    const times = await interleave({ baseline: later, subject: later }, { rounds: 2, warmUp: 0 }, () => now)
    expect(times).toEqual({ baseline: [5, 5], subject: [5, 5], peer: [] })
  })
})

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle)
})

describe('the command line', () => {
  const entries = [{ name: 'a' }, { name: 'b' }]
  it('chooses by name, or all', () => {
    expect(readCommand([], entries)).toEqual({ json: false, chosen: entries })
    expect(readCommand(['b', '--json'], entries)).toEqual({ json: true, chosen: [{ name: 'b' }] })
    expect(() => readCommand(['c'], entries)).toThrow('There is no benchmark called c; there are a, b.')
    expect(() => rowsFrom('lots')).toThrow('LATCHKEY_BENCH_ROWS')
    expect([rowsFrom(undefined), rowsFrom('5000')]).toEqual([1_000_000, 5000])
  })
})

it('tells its figures as JSON and as a table', () => {
  const { trial } = trialOf([1], [1])
  const outcome = { name: 'two-things', unit: 'ms', figure: 3, baseline: 1, ratio: 3, target: 2, met: false }
  expect(JSON.parse(asJson([outcome]))).toEqual([outcome])
  expect(asTable([outcome], [benchmarkOf(trial)])).toMatch(/two-things +ms +3\.000 +1\.000 +3\.00 +<= 2 +NO/)
})

it('knows the longest task of a page by the CPU it took, whatever else the trace holds', () => {
  const task = (tid: number, tdur: number) => ({ name: 'RunTask', pid: 1, tid, tdur })
  const named = { name: 'thread_name', pid: 1, tid: 7, args: { name: 'CrRendererMain' } }
  expect(longestTask([task(7, 3_000), task(8, 90_000), named, task(7, 12_500)])).toBe(12.5)
  expect(longestTask([task(8, 90_000), named])).toBeNull()
})

it('sends the same text in every run, as long as it says and with as much code', () => {
  const { source, shown } = answerOf(60_000)
  expect(source).toHaveLength(60_000)
  expect(answerOf(60_000)).toEqual({ source, shown })
  const codes = [...source.matchAll(/^```\w+\n([\s\S]*?)\n```$/gm)].map(([, code = '']) => code.length)
  expect(codes).toHaveLength(12)
  expect(codes.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(25_000)
  expect(answerOf(60_000, 2).source).not.toBe(source)
})

it('says what to do where there is no Chromium, and gives no figure', () => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'bench', '--', 'stream-cpu', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_STANDIN_CHROMIUM: '/nowhere/chromium' },
  })
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('install Chromium')
  expect(stderr).toContain('ELECTRON_STANDIN_CHROMIUM')
}, 60_000)

it('runs for real, and prints one array and nothing else', () => {
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'bench', '--', 'spend-month', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, LATCHKEY_BENCH_ROWS: '2000' },
  })
  expect(status).toBe(0)
  const keys = ['name', 'unit', 'figure', 'baseline', 'ratio', 'target', 'met']
  expect((JSON.parse(stdout) as object[]).map((outcome) => Object.keys(outcome))).toEqual([keys])
}, 60_000)
