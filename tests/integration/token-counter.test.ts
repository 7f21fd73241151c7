import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createTokenCounter, type ChildPort } from '../../src/main/tokens/token-counter'
import type { CountRequest } from '../../src/main/tokens/messages'
import { ensureBuilt } from '../architecture/lib/built'
import { startLatchkey, testClock } from '../support/latchkey'
import { startTokenProcess } from '../support/token-process'

const PATIENCE_MS = 25_000

/** Text without a blank that fits no two characters together: seconds of work, whatever the machine. */
function hostileText(): string {
  let seed = 1
  const next = (): number => (seed = (seed * 48_271) % 2_147_483_647)
  return Array.from({ length: 4_000_000 }, () => String.fromCharCode(0x4e00 + (next() % 20_000))).join('')
}

/** Real processes, the last one first, each with a promise of its end. */
function processes(entry?: string) {
  const ends: Promise<void>[] = []
  const start = (): ChildPort => {
    const port = startTokenProcess(entry)
    ends.push(new Promise((resolve) => port.onExit(resolve)))
    return port
  }
  const counter = createTokenCounter({ start, clock: testClock() })
  onTestFinished(async () => {
    counter.close()
    await Promise.all(ends)
  })
  return { counter, ends }
}

describe('the counting process', () => {
  it('is not there until something is counted, counts many texts at once, and ends when the app closes', async () => {
    const { counter, ends } = processes()
    expect(await counter.count([], PATIENCE_MS)).toEqual([])
    expect(ends).toHaveLength(0)
    const counted = await Promise.all([
      counter.count(['hello world', '', '<|endoftext|>', '\ud800'], PATIENCE_MS),
      counter.count(['tiktoken is great!'], PATIENCE_MS),
    ])
    expect(counted).toEqual([[2, 0, 7, 1], [6]])
    expect(ends).toHaveLength(1)
    counter.close()
    await Promise.all(ends)
    expect(await counter.count(['hello world'], PATIENCE_MS)).toBeNull()
    expect(ends).toHaveLength(1)
  })

  // Would catch a kill that waits for the text to be done, or an app that never counts again after one such text.
  it('is killed in the middle of a text that takes too long, and the next count has another', async () => {
    const { counter, ends } = processes()
    expect(await counter.count(['hello'], PATIENCE_MS)).toEqual([1])
    expect(await counter.count([hostileText()], 10)).toBeNull()
    await ends[0]
    expect(await counter.count(['hello world'], PATIENCE_MS)).toEqual([2])
    expect(ends).toHaveLength(2)
  })

  it('is built into a file of its own, which counts the same', async () => {
    await ensureBuilt()
    const { counter } = processes('out/main/token-process.js')
    expect(await counter.count(['hello world', 'tiktoken is great!'], PATIENCE_MS)).toEqual([2, 6])
  })

  it('is closed with the app', async () => {
    const harness = await startLatchkey()
    await harness.close()
    expect(await harness.tokenCounter.count(['hello'], PATIENCE_MS)).toBeNull()
  })
})

/** A process that does what the test says. */
interface Scripted extends ChildPort {
  readonly asked: CountRequest[]
  answer(message: unknown): void
  exit(): void
  killed: boolean
}

function scripted(refuse: () => boolean = () => false) {
  const started: Scripted[] = []
  const clock = testClock()
  const start = (): ChildPort => {
    if (refuse()) throw new Error('no such file')
    const listeners: ((message: unknown) => void)[] = []
    const exits: (() => void)[] = []
    const port: Scripted = {
      asked: [],
      killed: false,
      post: (message) => void port.asked.push(message),
      onMessage: (listener) => void listeners.push(listener),
      onExit: (listener) => void exits.push(listener),
      kill: () => void (port.killed = true),
      answer: (message) => listeners.forEach((listener) => listener(message)),
      exit: () => exits.forEach((listener) => listener()),
    }
    started.push(port)
    return port
  }
  return { counter: createTokenCounter({ start, clock }), clock, started }
}

describe('a counter', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const idOf = (port: Scripted | undefined, index = -1): number => port?.asked.at(index)?.id ?? Number.NaN

  it('gives each answer to the one who asked, in whatever order they come', async () => {
    const { counter, started } = scripted()
    const first = counter.count(['a'], 1000)
    const second = counter.count(['b', 'c'], 1000)
    started[0]?.answer({ id: idOf(started[0], 1), counts: [2, 3] })
    started[0]?.answer({ id: idOf(started[0], 0), counts: [1] })
    expect(await Promise.all([first, second])).toEqual([[1], [2, 3]])
    expect(started).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  // Would catch a count of another text, or of no text, that becomes money in an estimate.
  it.each([
    ['nothing', undefined],
    ['a word', '1'],
    ['too few', [1]],
    ['too many', [1, 2, 3]],
    ['a fraction', [1, 1.5]],
    ['less than nothing', [1, -1]],
    ['no number', [1, Number.NaN]],
    ['more than a number holds', [1, 2 ** 53]],
    ['a text', [1, '2']],
    ['a big integer', [1, 2n]],
    ['a hole', Object.assign(Array(2), [1])],
    ['a list in disguise', { 0: 1, 1: 2, length: 2 }],
  ])('takes %s for no answer', async (_, counts) => {
    const { counter, started } = scripted()
    const counted = counter.count(['a', 'b'], 1000)
    started[0]?.answer({ id: idOf(started[0]), counts })
    expect(await counted).toBeNull()
  })

  it.each([
    null,
    undefined,
    'words',
    7,
    [],
    {},
    { id: 'x', counts: [9] },
    { id: -1, counts: [9] },
    { id: 99, counts: [9] },
  ])('passes over %j, which answers nobody', async (message) => {
    const { counter, started } = scripted()
    const counted = counter.count(['a'], 1000)
    started[0]?.answer(message)
    started[0]?.answer({ id: idOf(started[0]), counts: [1] })
    expect(await counted).toEqual([1])
  })

  it('answers everybody who waits when the process ends, and starts another', async () => {
    const { counter, started } = scripted()
    const waiting = [counter.count(['a'], 1000), counter.count(['b'], 1000)]
    started[0]?.exit()
    expect(await Promise.all(waiting)).toEqual([null, null])
    const again = counter.count(['a'], 1000)
    expect(started).toHaveLength(2)
    // What the dead one still had on the line is nobody's answer.
    started[0]?.answer({ id: idOf(started[1]), counts: [7] })
    started[1]?.answer({ id: idOf(started[1]), counts: [1] })
    expect(await again).toEqual([1])
  })

  it('answers everybody who waits when the app closes', async () => {
    const { counter, started } = scripted()
    const waiting = counter.count(['a'], 1000)
    counter.close()
    expect(await waiting).toBeNull()
    expect(started[0]?.killed).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('waits no longer than it was told to, and kills the process that was too slow', async () => {
    const { counter, started } = scripted()
    const quick = counter.count(['a'], 1000)
    started[0]?.answer({ id: idOf(started[0]), counts: [1] })
    await quick
    const slow = counter.count(['b'], 1000)
    const behind = counter.count(['c'], 5000)
    await vi.advanceTimersByTimeAsync(999)
    expect(started[0]?.killed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await Promise.all([slow, behind])).toEqual([null, null])
    expect(started[0]?.killed).toBe(true)
  })

  // Would catch a slow disk on which every process is killed while it still loads, and nothing is ever counted.
  it('lets a process that has not answered yet go on loading, but not for ever', async () => {
    const { counter, started } = scripted()
    const early = counter.count(['a'], 200)
    await vi.advanceTimersByTimeAsync(200)
    expect(await early).toBeNull()
    expect(started[0]?.killed).toBe(false)
    const later = counter.count(['b'], 200)
    started[0]?.answer({ id: idOf(started[0], 0), counts: [1] })
    started[0]?.answer({ id: idOf(started[0], 1), counts: [2] })
    expect(await later).toEqual([2])
    expect(vi.getTimerCount()).toBe(0)

    started[0]?.exit()
    void counter.count(['a'], 200)
    await vi.advanceTimersByTimeAsync(10_199)
    expect(started[1]?.killed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(started[1]?.killed).toBe(true)
  })

  // Would catch a broken installation that starts a process with every key stroke.
  it('gives up for a minute after three deaths in a row, then tries once', async () => {
    const { counter, clock, started } = scripted()
    const die = async (): Promise<void> => {
      const counted = counter.count(['a'], 1000)
      const port = started.at(-1)
      // Neither words that are no counts nor counts that come too late are a sign of life.
      port?.answer({ id: idOf(port), counts: 'none' })
      port?.exit()
      port?.answer({ id: idOf(port), counts: [1] })
      expect(await counted).toBeNull()
    }
    for (let deaths = 0; deaths < 5; deaths += 1) await die()
    expect(started).toHaveLength(3)
    clock.advance(59_999)
    await die()
    expect(started).toHaveLength(3)
    clock.advance(1)
    await die()
    await die()
    expect(started).toHaveLength(4)
    // A clock that was set back must not make it longer.
    clock.advance(-3_600_000)
    const counted = counter.count(['a'], 1000)
    expect(started).toHaveLength(5)
    started[4]?.answer({ id: idOf(started[4]), counts: [1] })
    expect(await counted).toEqual([1])
    started[4]?.exit()
    for (let deaths = 0; deaths < 5; deaths += 1) await die()
    expect(started).toHaveLength(7)
  })

  it('gives up likewise when no process can be started at all', async () => {
    let tries = 0
    const { counter } = scripted(() => (tries += 1) > 0)
    for (let count = 0; count < 5; count += 1) expect(await counter.count(['a'], 1000)).toBeNull()
    expect(tries).toBe(3)
  })

  it('answers null when the text cannot be handed over', async () => {
    const { counter, started } = scripted()
    void counter.count(['a'], 1000)
    const [port] = started
    if (port !== undefined) port.post = () => raise('gone')
    expect(await counter.count(['b'], 1000)).toBeNull()
    expect(port?.killed).toBe(true)
  })
})

function raise(message: string): never {
  throw new Error(message)
}
