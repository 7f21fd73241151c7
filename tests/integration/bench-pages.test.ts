import { mkdir, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeLab, labOf } from '../bench/browser/lab'
import { inWindow, streamIn } from '../bench/browser/streams'
import type { Run } from '../bench/harness'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// The bench in a real Chromium, with a small page in the place of the app's: what must not be measured is not.

const SOURCE = 'some words of an answer, over and over '.repeat(50)
const TEXT = { source: SOURCE, shown: SOURCE.replaceAll(/\s/g, '') }
const PAGE =
  '<!doctype html><div role="log"><article><div class="prose"></div></article></div><script src="./page.js"></script>'

/** Shows each piece as it comes, changed by `change`. */
const pageThat = (change: string) => `
  const prose = document.querySelector('.prose')
  latchkey.subscribe(({ name, payload }) => {
    if (name !== 'turn.delta') return
    const text = payload.deltas.map((delta) => delta.text).join('')
    prose.append(${change})
  })`

describe('a page that is measured', () => {
  let folder: TempDir
  let run: Run

  beforeEach(async () => {
    folder = await makeTempDir()
    run = { folder: folder.path, rows: 1000, calls: 1000, tell: () => undefined, app: folder.file('app') }
    await mkdir(folder.file('app'))
    await writeFile(folder.file('app', 'index.html'), PAGE)
  })

  afterEach(async () => {
    await closeLab(run)
    await folder.remove()
  })

  async function figureOf(script: string, meter: 'cpu' | 'longest' = 'cpu'): Promise<number> {
    await writeFile(folder.file('app', 'page.js'), script)
    const { app } = await labOf(run)
    return inWindow(
      () => app({ messages: [0], running: true }),
      (view) => streamIn(view, { text: TEXT, shown: TEXT.shown, perFrame: 400 }, meter),
    )
  }

  it('gives a figure when it shows what it was sent', async () => {
    expect(await figureOf(pageThat('text'))).toBeGreaterThan(0)
    expect(await figureOf(pageThat('text'), 'longest')).toBeGreaterThan(0)
  })

  it('is an error and no figure when it shows something else, fails, or asks what nobody answers', async () => {
    // Bug: a renderer that drops half of an answer, and is praised for its speed.
    await expect(figureOf(pageThat("text.replace('over', '')"))).rejects.toThrow('Wrong result')
    await expect(figureOf(pageThat('nothing.there'))).rejects.toThrow('nothing is not defined')
    await expect(figureOf(`latchkey.request('no.such', {});${pageThat('text')}`)).rejects.toThrow('no.such was asked')
  })
})
