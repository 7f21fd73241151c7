// What else a page reports, in Electron's words.
import { app } from '../api/app.mjs'
import { createEvent } from '../api/events.mjs'

const crash = { reason: 'crashed', exitCode: 5 }
const consoleLevels = { error: 'error', assert: 'error', warning: 'warning', debug: 'debug' }

/** @param {import('./page.mjs').Page} page */
export function followPageEvents(page) {
  const { contents } = page

  page.on('Page.windowOpen', (request) => page.openedPopups.push(request))

  page.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const message = args.map((arg) => arg.value ?? arg.description ?? '').join(' ')
    const { lineNumber = 0, url: sourceId = '' } = stackTrace?.callFrames[0] ?? {}
    const level = consoleLevels[type] ?? 'info'
    contents.emit('console-message', createEvent({ level, message, lineNumber, sourceId, frame: contents.mainFrame }))
  })

  page.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    console.error('[renderer]', exceptionDetails.exception?.description ?? exceptionDetails.text)
  })

  page.on('Inspector.targetReloadedAfterCrash', () => (page.isCrashed = false))
  page.on('Inspector.targetCrashed', () => {
    page.isCrashed = true
    contents.emit('render-process-gone', createEvent(), crash)
    app.emit('render-process-gone', createEvent(), contents, crash)
  })

  page.on('Page.javascriptDialogOpening', ({ type }) => {
    if (type === 'beforeunload') void unload(page)
  })
}

// The page wants to stay, unless the app overrides it.
async function unload(page) {
  const event = createEvent()
  page.contents.emit('will-prevent-unload', event)
  const leave = event.defaultPrevented
  await page.send('Page.handleJavaScriptDialog', { accept: leave }).catch(() => {})
  if (!leave) page.keptOpen?.()
}
