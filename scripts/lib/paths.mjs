import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Full output of steps that failed. Not packaged, not committed. */
export const LOGS = join(ROOT, 'out', 'logs')

/** Where test runners leave their reports. */
export const REPORTS = join(ROOT, 'test-results')
