import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDoor } from '../../src/main/electron/door'
import { APP_URL, type Frame } from '../../src/main/electron/own-page'
import { wellFormed } from '../support/hostile-input'
import { connect, startLatchkey, type Harness } from '../support/latchkey'
import { MARK, requestNames } from '../support/malformed'
import { stateOf } from '../support/state-of'

// Everybody who could reach the one request channel and is not the page. Frames are the stand-in's, as its events name
// them; those that its Chromium cannot open are made from them.

const standIn = new URL('../electron-standin/api/web-frame-main.mjs', import.meta.url).href
const { createMainFrame } = (await import(standIn)) as { createMainFrame(contents: object): Frame }

/** A window that shows this address, as its events name its top frame. */
function windowAt(url: string, id = 2): Frame {
  return createMainFrame({ id, ipc: {}, getURL: () => url, isDestroyed: () => false, send: () => undefined })
}

const own = windowAt(APP_URL, 1)
const as = (frame: Frame, difference: Partial<Frame>): Frame => Object.create(frame, describeOwn(difference)) as Frame
const describeOwn = (fields: object) => Object.getOwnPropertyDescriptors(fields)
const throwing = as(own, {
  get url(): string {
    throw new Error(`Render frame was disposed before WebFrameMain could be accessed ${MARK}`)
  },
})

const detached = as(own, { detached: true })

/** Who asks, and the top frame of the own window at that moment. */
const STRANGERS: readonly (readonly [who: string, sender: Frame | null, top: Frame | null])[] = [
  ['a frame that has gone since it asked', null, own],
  ['a frame of a process that has ended', throwing, throwing],
  ['a frame that is about to be another one', detached, detached],
  ['the page after its window was closed', own, null],
  ['nobody, of no window', null, null],
  ['another window with the same page', windowAt(APP_URL), own],
  ['another window with a page of the web', windowAt(`https://${MARK}.example/`), own],
  ['the developer tools', windowAt(`devtools://devtools/bundled/devtools_app.html?${MARK}`), own],
  ['an extension', windowAt(`chrome-extension://${MARK}/background.html`), own],
  ['a frame of the own page inside it', as(own, { parent: own }), own],
  ['a frame of the web inside it', as(windowAt(`https://${MARK}.example/`), { parent: own }), own],
  ['a frame inside a frame', as(windowAt('about:srcdoc'), { parent: as(own, { parent: own }) }), own],
  ...[
    `http://${MARK}.example/`,
    `https://latchkey/index.html#${MARK}`,
    `http://latchkey.app.example/${MARK}`,
    'http://127.0.0.1:8080/index.html',
    `file:///app/latchkey/index.html?${MARK}`,
    `data:text/html,${MARK}`,
    `blob:app://latchkey/${MARK}`,
    `filesystem:app://latchkey/temporary/${MARK}`,
    'about:blank',
    'about:srcdoc',
    `app://other/index.html?${MARK}`,
    `app://latchkey.${MARK}.example/index.html`,
    `app://latchkey:81/${MARK}`,
    'app://',
    `javascript:${MARK}`,
    `view-source:app://latchkey/${MARK}`,
    '',
    MARK,
  ].map((url): [string, Frame, Frame] => {
    const moved = windowAt(url, 1)
    return [`the own window gone to ${JSON.stringify(url)}`, moved, moved]
  }),
]

let harness: Harness

beforeAll(async () => {
  harness = await startLatchkey()
  await connect(harness, 'http://127.0.0.1:1')
})
afterAll(() => harness.close())

const door = () => createDoor<Frame>(harness.latchkey.router, harness.latchkey.strangerRefused)

it('the page itself is let in', async () => {
  // Without it a door that is nailed shut would pass.
  expect(await door().answer(own, own, 'app.open', {})).toMatchObject({ ok: true })
  expect(await door().answer(windowAt(`${APP_URL}#a`, 1), own, 'app.open', {})).toMatchObject({ ok: false })
})

describe.each(STRANGERS)('%s', (_, sender, top) => {
  it('is refused whatever it asks, which is logged once and says nothing of it', async () => {
    const before = stateOf(harness)
    const logged = harness.logged.length
    const events = harness.events.length
    const { answer } = door()
    for (const name of [...requestNames, 'key.get', '__proto__', undefined]) {
      const input: unknown = wellFormed[name as keyof typeof wellFormed] ?? { [MARK]: MARK }
      expect(await answer(sender, top, name, input)).toEqual({ ok: false, error: { code: 'forbidden' } })
    }
    expect(stateOf(harness)).toBe(before)
    expect(harness.events.length).toBe(events)
    expect(harness.opened).toEqual([])
    expect(harness.logged.slice(logged)).toHaveLength(1)
    expect(harness.logged.at(-1)).toMatch(
      /^refused a request of (?:a frame that is gone|another window|a frame inside the page|another page)$/,
    )
  })
})

it('a flood of strangers is one line for each kind of them', async () => {
  const logged = harness.logged.length
  const { answer } = door()
  for (let count = 0; count < 1_000; count += 1) {
    for (const [, sender, top] of STRANGERS) await answer(sender, top, 'app.open', {})
  }
  expect(harness.logged.slice(logged)).toHaveLength(4)
})
