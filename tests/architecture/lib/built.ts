import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { ROOT } from './source-tree'

/**
 * Builds into `out/` what the sources of this moment make; does nothing when that is there already. In a process of its
 * own, because a build leaves settings behind that the next test would inherit.
 */
export async function ensureBuilt(): Promise<void> {
  const script = pathToFileURL(join(ROOT, 'scripts/lib/build.mjs')).href
  const code = `const { ensureBuilt } = await import(${JSON.stringify(script)}); await ensureBuilt(process.execPath)`
  const environment = { ...process.env }
  // Vitest says "test" here, and a build for tests is not the one that ships.
  delete environment['NODE_ENV']
  delete environment['VITEST']
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], { cwd: ROOT, env: environment })
}
