// Puts contextBridge into the page's world and the preload into an isolated one, ahead of the page's own scripts.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { createEvent } from '../api/events.mjs'
import { makeBridge } from '../in-page/bridge.mjs'
import { makeCodec } from '../in-page/codec.mjs'
import { hostPreload } from '../in-page/preload-host.mjs'
import { sourceOf } from '../in-page/source-of.mjs'
import { launched } from '../launch/launched.mjs'

export const ISOLATED_WORLD = 'Electron Isolated Context'
export const POST = '__standinPost'

// The name of the event channel between the worlds. The page cannot listen on what it cannot guess.
const secret = JSON.stringify(randomUUID())

/** @param {import('./page.mjs').Page} page */
export async function injectPreload(page) {
  const { preload } = page.preferences
  if (!preload) return
  const source = readPreload(page, preload)
  const script = (text, worldName) =>
    page.send('Page.addScriptToEvaluateOnNewDocument', { source: inMainFrameOnly(text), worldName })
  await Promise.all([
    // Only the isolated world is given the way out to this process.
    page.send('Runtime.addBinding', { name: POST, executionContextName: ISOLATED_WORLD }),
    script(`${sourceOf(makeBridge)}(${secret}, 'main', 'isolated')`),
    script(isolatedWorldScript(source, preload), ISOLATED_WORLD),
  ])
}

const inMainFrameOnly = (text) => `if (self === top && location.href !== 'about:blank') {${text}\n}`

function isolatedWorldScript(source, preload) {
  return `const post = ${POST}; delete globalThis.${POST};
${sourceOf(hostPreload)}(
  ${sourceOf(makeBridge)}(${secret}, 'isolated', 'main'), ${sourceOf(makeCodec)}(), post, ${JSON.stringify(processFacts())},
  function (require, process, module, exports) {${source}
})
//# sourceURL=${pathToFileURL(preload).href}`
}

function readPreload(page, preload) {
  try {
    return readFileSync(preload, 'utf8')
  } catch (error) {
    console.error(`Unable to load preload script: ${preload}`, error)
    page.contents.emit('preload-error', createEvent(), preload, error)
    return ''
  }
}

function processFacts() {
  const { platform, arch, versions, env } = process
  return { platform, arch, versions, env, argv: [launched.executable], execPath: launched.executable, pid: 0 }
}
