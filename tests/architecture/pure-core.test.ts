import { describe, expect, it } from 'vitest'
import { compile } from './lib/compile'

/** Each is an error by itself; one is enough to tie the rules to a process. */
const IMPURE = {
  'node-global.ts': 'export const home = process.env',
  'node-module.ts': `import { join } from 'node:path'\nexport const path = join('a', 'b')`,
  'node-buffer.ts': `export const bytes = Buffer.from('a')`,
  'dom.ts': 'export const title = document.title',
  'network.ts': `export const answer = fetch('a')`,
  'timer.ts': 'export const timer = setTimeout(() => undefined, 1)',
  'electron.ts': `import { app } from 'electron'\nexport const name = app.getName()`,
}

describe.each(['src/core', 'src/shared'])('%s', (project) => {
  it('compiles without the types of Node and of the browser', async () => {
    expect(await compile(project)).toBe('')
  })
})

describe('the settings of core', () => {
  it('make a compile error of everything that only one process has', async () => {
    const output = await compile('src/core', IMPURE)
    expect(Object.keys(IMPURE).filter((file) => !output.includes(`${file}(`))).toEqual([])
    // Nothing but the bad examples fails: the rest of core is what the first test compiles.
    expect(output).not.toContain('src/core/')
  })
})
