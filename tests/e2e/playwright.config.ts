import { defineConfig } from 'playwright/test'

const inCi = process.env['CI'] !== undefined && process.env['CI'] !== ''

/** The built app as a person uses it, on Electron where it is installed and on the stand-in elsewhere. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e-output',
  // Two cores do more than two at once: much of a test is waiting.
  workers: 3,
  // A test that passes the second time has told us something; it is not repeated until it agrees.
  retries: 0,
  timeout: 60_000,
  forbidOnly: inCi,
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
})
