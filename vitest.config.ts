import { defineConfig } from 'vitest/config'

/**
 * `unit`: pure rules and single modules. `integration`: real SQLite files, the real SDKs over real sockets, the
 * composition as the app builds it, the fences over the built bundles, and the stand-in.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/{build,core,shared,main,preload,renderer,scripts}/**/*.test.{ts,tsx}'],
          environment: 'node',
          setupFiles: ['tests/support/seed.ts'],
          // A machine that does other things too is slow, and not wrong.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            'tests/{integration,architecture,support,demo}/**/*.test.ts',
            'tests/electron-standin/test/**/*.spec.mjs',
          ],
          environment: 'node',
          setupFiles: ['tests/support/seed.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Two cores are the smallest machine we promise to pass on.
          maxWorkers: 2,
        },
      },
    ],
  },
})
