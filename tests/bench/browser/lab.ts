import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { ensureBuilt } from '../../../scripts/lib/build.mjs'
import { CHROMIUM_ADVICE, findChromium } from '../../../scripts/lib/chromium.mjs'
import { usableNode } from '../../../scripts/lib/node-choice.mjs'
import { ROOT } from '../../../scripts/lib/paths.mjs'
import { Problem } from '../../../scripts/lib/problem.mjs'
import type { Run } from '../harness'
import type { Setup } from '../page/fake-main'
import { buildAppStage, buildPages } from './build-pages'
import { serveFolders } from './server'
import { openWindow, type BenchWindow } from './window'

/** Where pages are measured. */
export interface Lab {
  /** The built app, with an answer to be written into a conversation. */
  app(setup: Setup): Promise<BenchWindow>
  /** Plain text: the least there is to do. */
  limit(): Promise<BenchWindow>
  /** react-markdown; null where it is not there. */
  readonly peer: (() => Promise<BenchWindow>) | null
}

const open = new WeakMap<Run, Promise<Lab & { close(): Promise<void> }>>()

/** The lab of a run; it is made for the first benchmark that needs it. */
export function labOf(run: Run): Promise<Lab> {
  const lab = open.get(run) ?? makeLab(run)
  open.set(run, lab)
  return lab
}

/** Closes the lab of a run, if there is one. */
export async function closeLab(run: Run): Promise<void> {
  const lab = await open.get(run)?.catch(() => null)
  await lab?.close()
}

async function makeLab(run: Run) {
  const executablePath = findChromium()
  if (executablePath === undefined) {
    throw new Problem(`This is measured in Chromium, and there is none: ${CHROMIUM_ADVICE}.`)
  }
  const app = run.app ?? (await builtApp())
  const peers = process.env['LATCHKEY_BENCH_PEERS'] ?? null
  const pages = join(run.folder, 'pages')
  await buildPages(pages, peers)
  const stage = await buildAppStage()
  const server = await serveFolders({ app, pages })
  const browser = await launch(executablePath).catch((error: unknown) => {
    server.close()
    throw error
  })
  const at = (path: string) => `${server.address}/${path}`
  return {
    app: (setup: Setup) =>
      openWindow(browser, at('app/index.html'), `globalThis.benchSetup = ${JSON.stringify(setup)};\n${stage}`),
    limit: () => openWindow(browser, at('pages/limit.html'), null),
    peer: peers === null ? null : () => openWindow(browser, at('pages/peer.html'), null),
    async close() {
      await browser.close()
      server.close()
    },
  }
}

async function builtApp(): Promise<string> {
  await ensureBuilt(usableNode())
  return join(ROOT, 'out', 'renderer')
}

function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--disable-gpu',
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--no-first-run',
    ],
  })
}
