import { defineConfig } from 'playwright/test'

/** Not a test: Playwright's runner opens the demo, because it can drive the app and runs TypeScript as it is. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.demo.ts',
  outputDir: '../../test-results/demo-output',
  workers: 1,
  timeout: 0,
  reporter: [['line']],
})
