import type { Browser, CDPSession, Page } from 'playwright'
import { Problem } from '../../../scripts/lib/problem.mjs'
import { longestTask, TRACED, type TraceEvent } from './trace'

/** A page of the benchmarks in a window of its own. */
export interface BenchWindow {
  readonly page: Page
  readonly devtools: CDPSession
  /** CPU time of the page's main thread while `work` goes on, in ms. */
  cpu(work: () => Promise<unknown>): Promise<number>
  /** CPU time of the longest task of the page's main thread meanwhile, in ms. */
  longest(work: () => Promise<unknown>): Promise<number>
  /** Throws what went wrong in the page so far. */
  proveWell(): Promise<void>
  close(): Promise<void>
}

const SIZE = { width: 1280, height: 800 }
const PATIENCE_MS = 60_000

/** Opens a page and waits until it is ready and idle. */
export async function openWindow(browser: Browser, url: string, script: string | null): Promise<BenchWindow> {
  const context = await browser.newContext({ viewport: SIZE, colorScheme: 'light' })
  const page = await context.newPage()
  const faults = new Set<string>()
  page.on('pageerror', (error) => faults.add(error.message))
  page.on('crash', () => faults.add('the page is gone'))
  page.setDefaultTimeout(PATIENCE_MS)
  if (script !== null) await page.addInitScript({ content: script })
  await page.goto(url)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })

  const threadTime = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    const time = metrics.find(({ name }) => name === 'ThreadTime')?.value
    if (time === undefined) throw new Problem('This Chromium does not tell how much CPU time a page takes.')
    return time * 1000
  }

  const proveWell = async (): Promise<void> => {
    const unanswered = await page.evaluate(() => window.benchUnanswered ?? [])
    const all = [...faults, ...unanswered.map((name) => `${name} was asked, which nobody answers here`)]
    if (all.length > 0) throw new Problem(`The page failed, so there is no figure: ${all.join('; ')}.`)
  }

  await page
    .waitForFunction(() => window.bench?.ready() === true, null, { timeout: READY_MS })
    .catch(async () => {
      await proveWell()
      throw new Problem('The page shows nothing, so there is no figure.')
    })
  // What starts late, such as what is fetched once there is time for it, is no part of what follows.
  await page.waitForTimeout(IDLE_MS)
  await devtools.send('HeapProfiler.collectGarbage')

  return {
    page,
    devtools,
    proveWell,
    async cpu(work) {
      const before = await threadTime()
      await work()
      const after = await threadTime()
      await proveWell()
      return after - before
    },
    async longest(work) {
      await browser.startTracing(page, { categories: TRACED })
      await work()
      const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
      await proveWell()
      const longest = longestTask(trace.traceEvents)
      if (longest === null) throw new Problem('This Chromium does not tell how long the tasks of a page take.')
      return longest
    },
    close: () => context.close(),
  }
}

const READY_MS = 45_000
const IDLE_MS = 250
