// From an evaluated main to `ready`.
import { browser } from '../chromium/devtools.mjs'
import { launchChromium } from '../chromium/browser.mjs'
import { lastingProfile, passingProfile } from '../chromium/profile.mjs'
import { followTargets } from '../chromium/targets.mjs'
import { launched } from '../launch/launched.mjs'
import { preview } from '../launch/options.mjs'
import { setChromeVersion } from '../launch/process-identity.mjs'
import { giveAdmission } from '../serving/admission.mjs'
import { startAppServer } from '../serving/app-server.mjs'
import { app } from './app.mjs'
import { pageClosed, popupOpened } from './popups.mjs'

export async function startChromium() {
  if (app.standin.isQuitting) return // a second instance, for one, quits before it needs a browser
  try {
    const serverPort = await startAppServer()
    const profile = preview ? passingProfile() : await lastingProfile(app.getPath('userData'))
    setChromeVersion(await launchChromium({ profile, serverPort, switches: launched.switches }))
    const context = await openContext()
    await giveAdmission(context)
    await followTargets({ context, popupOpened, pageClosed })
    app.standin.becomeReady()
  } catch (error) {
    if (app.standin.isQuitting) return
    console.error(error.message.startsWith('electron stand-in') ? error.message : error)
    process.exit(1)
  }
}

// A preview's pages live in a context that exists only in memory. Playwright sees only the default context.
async function openContext() {
  if (!preview) return undefined
  return (await browser.send('Target.createBrowserContext', { disposeOnDetach: true })).browserContextId
}
