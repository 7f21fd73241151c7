// A window without tabs and without a field to type addresses into. Chromium's --app= cannot be had in a browser
// context that lives in memory only; a popup's window can, and is nearly as bare.
import { closePage, createPage, popupOf } from '../chromium/targets.mjs'

/** @param {{ width: number, height: number }} size */
export async function createAppWindow({ width, height }) {
  const doorstep = await createPage({ width: 100, height: 100 })
  const popup = popupOf(doorstep.targetId)
  const expression = `void open('about:blank', '', 'popup,width=${width},height=${height}')`
  doorstep.session.send('Runtime.runIfWaitingForDebugger').catch(() => {})
  doorstep.session.send('Runtime.evaluate', { expression, userGesture: true }).catch(() => {})
  const page = await popup
  await closePage(doorstep.targetId) // only now: Chromium would leave with its last window
  return page
}
