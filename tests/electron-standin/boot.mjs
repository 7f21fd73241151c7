// The entry. Only what every Node can link may stand here: an old Node must get a sentence, not a stack trace.
import * as nodeModule from 'node:module'

if (typeof nodeModule.registerHooks === 'function') {
  await import('./launch/run.mjs')
} else {
  console.error(
    `electron stand-in: needs Node 22.15 or newer (Node 24 recommended) but was started with ${process.version}. ` +
      'Run `npm ci` in the repository, or set ELECTRON_STANDIN_NODE to a newer node.',
  )
  process.exitCode = 1
}
