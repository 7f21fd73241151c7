import { Problem } from '../../../scripts/lib/problem.mjs'
import type { Trial } from '../harness'
import type { Text } from '../texts/answer'
import type { BenchWindow } from './window'

/** Opens a window, does something in it, and closes it. */
export async function inWindow<Result>(
  open: () => Promise<BenchWindow>,
  work: (view: BenchWindow) => Promise<Result>,
): Promise<Result> {
  const view = await open()
  try {
    return await work(view)
  } finally {
    await view.close()
  }
}

export interface Streamed {
  readonly text: Text
  /** What the page shows of the text; the source, where it is shown as it is. */
  readonly shown: string
  readonly perFrame: number
}

/** Streams a text in a window that was just opened and measures that by `meter`. */
export async function streamIn(
  view: BenchWindow,
  { text, shown, perFrame }: Streamed,
  meter: 'cpu' | 'longest',
): Promise<number> {
  await view.page.evaluate((source) => window.bench?.take(source), text.source)
  const figure = await view[meter](() => view.page.evaluate((size) => window.bench?.stream(size), perFrame))
  await proveShown(view, shown)
  return figure
}

/** Throws where a page shows another text than it was sent: then it measured something else. */
export async function proveShown({ page }: BenchWindow, must: string): Promise<void> {
  const is = await page.evaluate(() => window.bench?.shown() ?? '')
  if (is === must) return
  const at = must.split('').findIndex((letter, index) => is[index] !== letter)
  const place = `at character ${at} it shows “${is.slice(at, at + 30)}” and not “${must.slice(at, at + 30)}”`
  throw new Problem(
    `Wrong result, so there is no figure: of ${must.length} characters the page shows ${is.length}; ${place}.`,
  )
}

/** A trial whose parts open a window each, every time, and answer with a figure. */
export function trialOf(parts: {
  readonly baseline: () => Promise<number>
  readonly subject: () => Promise<number>
  readonly peer?: (() => Promise<number>) | undefined
}): Trial {
  return {
    ...parts,
    // Each window proves what it shows, every time.
    check: () => undefined,
    close: () => undefined,
    measuresItself: true,
  }
}

/** The value below which this part of all lies. */
export function percentile(values: readonly number[], part: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]
  if (value === undefined) throw new RangeError('nothing was measured')
  return value
}
