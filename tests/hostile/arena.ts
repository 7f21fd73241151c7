import { join } from 'node:path'
import { chromium, type Browser, type Frame, type Page, type Request } from 'playwright'
import { CHROMIUM_ADVICE, findChromium } from '../../scripts/lib/chromium.mjs'
import { makeTempDir } from '../support/temp-dir'
import { buildPage } from './build-page'
import { cutsOf } from './generator'
import type { Job, Report } from './page/harness'
import { SINK_HOST, type Payload } from './payload'
import { PLACES, type Place, type PlaceName } from './registry'
import { servePage, startSink } from './servers'

/** What was seen of an attack from outside of the page, and what the page itself saw. */
export interface Seen {
  /** Numbers of the payloads whose script ran; -1 for a dialog or window that any of them opened. */
  readonly executions: number[]
  readonly requests: string[]
  readonly navigations: string[]
  /** Windows, dialogs, downloads and sockets. */
  readonly openings: string[]
  /** What the policy had to stop, and errors nobody caught. */
  readonly violations: string[]
  readonly errors: string[]
  readonly problems: string[]
  readonly asked: string[]
  shown: number
}

/** Nothing happened at all. */
export const NOTHING = { executions: [], requests: [], navigations: [], openings: [], violations: [], errors: [] }

/** `renderer`: the app's own, under its policy. `control`: innerHTML without one. `stopped`: innerHTML under it. */
export type Opponent = 'renderer' | 'control' | 'stopped'

export interface Arena {
  attack(payloads: readonly Payload[], opponent: Opponent, place?: PlaceName): Promise<Seen>
  /** Connections that reached the sink since the arena was opened. */
  readonly arrivals: () => number
  close(): Promise<void>
}

const BATCH = { renderer: 200, control: 60, stopped: 200, place: 26 }
/** Pages at work at once; two cores are the smallest machine we promise to pass on. */
const PAGES = 2

/** Builds the page, serves it, and starts a Chromium that finds the sink and no other host. */
export async function openArena(): Promise<Arena> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error(`no Chromium: ${CHROMIUM_ADVICE}`)
  const folder = await makeTempDir()
  await buildPage(join(folder.path, 'page'))
  const server = await servePage(join(folder.path, 'page'))
  const sink = await startSink()
  const browser = await chromium.launch({
    executablePath,
    args: [`--host-resolver-rules=MAP ${SINK_HOST} 127.0.0.1:${sink.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`],
  })
  const addresses = {
    renderer: `${server.guarded}/index.html`,
    control: `${server.open}/control.html`,
    stopped: `${server.guarded}/control.html`,
  }

  return {
    async attack(payloads, opponent, place = 'markdown') {
      const seen: Seen = { ...structuredClone(NOTHING), problems: [], asked: [], shown: 0 }
      const batches = inBatches(payloads, batchFor(opponent, place))
      const work = async (): Promise<void> => {
        let page = await openPage(browser, addresses[opponent], server.serves, seen)
        for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
          if (await runBatch(page, batch, place, seen)) continue
          await page.context().close()
          page = await openPage(browser, addresses[opponent], server.serves, seen)
        }
        await page.context().close()
      }
      await Promise.all(Array.from({ length: PAGES }, work))
      return seen
    },
    arrivals: sink.connections,
    async close() {
      await browser.close()
      await Promise.all([server.close(), sink.close()])
      await folder.remove()
    },
  }
}

function batchFor(opponent: Opponent, place: PlaceName): number {
  if (place === 'markdown') return BATCH[opponent]
  return PLACES.some((known: Place) => known.name === place && known.alone === true) ? 1 : BATCH.place
}

/** A page that watches everything that leaves it, and lets nothing leave. */
async function openPage(
  browser: Browser,
  address: string,
  serves: (url: string) => boolean,
  seen: Seen,
): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await context.route(
    (url) => !serves(url.href),
    async (route) => {
      const request = route.request()
      const frame = frameOf(request)
      if (frame === null) seen.openings.push(`window ${request.url()}`)
      else if (request.isNavigationRequest() && frame === page.mainFrame()) seen.navigations.push(request.url())
      else seen.requests.push(request.url())
      await route.abort('aborted').catch(() => undefined)
    },
  )
  await context.exposeFunction('struck', (id: number) => void seen.executions.push(id))
  context.on('page', (opened) => {
    seen.openings.push(`window ${opened.url()}`)
    void opened.close().catch(() => undefined)
  })
  page.on('dialog', (dialog) => {
    seen.openings.push(`dialog ${dialog.message()}`)
    void dialog.dismiss().catch(() => undefined)
  })
  page.on('download', (download) => void seen.openings.push(`download ${download.url()}`))
  page.on('websocket', (socket) => void seen.openings.push(`socket ${socket.url()}`))
  page.on('pageerror', (error) => void seen.errors.push(error.message))
  await page.goto(address)
  await page.waitForFunction(() => 'harness' in window)
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) seen.navigations.push(frame.url())
  })
  return page
}

/** Null for a window that has not even opened yet. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame()
  } catch {
    return null
  }
}

/** Whether the page is still there afterwards. */
async function runBatch(page: Page, batch: readonly Payload[], place: string, seen: Seen): Promise<boolean> {
  const jobs: Job[] = batch.map((payload) => ({ id: payload.id, text: payload.text, cuts: cutsOf(payload) }))
  let report: Report
  try {
    report = await page.evaluate(([texts, where]) => window.harness.run(texts, where), [jobs, place] as const)
  } catch (error) {
    // The page is gone: that is what a navigation looks like from here.
    const [first = '', last = first] = [batch[0], batch.at(-1)].map((payload) => String(payload?.id))
    seen.navigations.push(`payloads ${first} to ${last}: ${error instanceof Error ? error.message.slice(0, 200) : ''}`)
    return false
  }
  seen.violations.push(...report.violations)
  seen.problems.push(...report.problems)
  seen.asked.push(...report.asked)
  seen.shown += batch.length
  return true
}

function inBatches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}
