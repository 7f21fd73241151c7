import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const STEPS = new URL('../../scripts/lib/steps.mjs', import.meta.url).href
const PROBLEM = new URL('../../scripts/lib/problem.mjs', import.meta.url).href

/** Runs a small script of its own and answers with what a person at the terminal would see. */
function run(script: string, ci = ''): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, CI: ci },
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk) => (output.stdout += String(chunk)))
    child.stderr.on('data', (chunk) => (output.stderr += String(chunk)))
    child.on('close', (code) => {
      resolve({ code, ...output })
    })
  })
}

it('shows a problem as its sentence, without a stack trace', async () => {
  const { code, stdout, stderr } = await run(`
    import { Problem, runScript } from '${PROBLEM}'
    await runScript('test-of-problems', async () => { throw new Problem('Install a newer one.', 'long output') })
  `)
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: 'Install a newer one.\n' })
})

it('shows the output behind a problem on a build machine, where nobody can open the log', async () => {
  const script = `
    import { Problem, runScript } from '${PROBLEM}'
    await runScript('test-of-problems', async () => { throw new Problem('It did not build.', 'long output\\n') })
  `
  expect((await run(script, 'true')).stderr).toBe('long output\nIt did not build.\n')
})

it('shows an unexpected error as one line that names the log', async () => {
  const { code, stderr } = await run(`
    import { runScript } from '${PROBLEM}'
    await runScript('test-of-problems', async () => { undefined.property })
  `)
  expect(code).toBe(1)
  expect(stderr).toMatch(/^Something unexpected went wrong: TypeError: .*test-of-problems\.log\)\n$/)
})

it("leaves with the child's exit code", async () => {
  const { code } = await run(`
    import { runVisibly } from '${STEPS}'
    process.exitCode = await runVisibly({ file: process.execPath, args: ['-e', 'process.exit(5)'] })
  `)
  expect(code).toBe(5)
})

it('passes a signal on and stays until the child has ended', async () => {
  const { code, stdout } = await run(`
    import { runVisibly } from '${STEPS}'
    const child = \`
      process.on('SIGTERM', () => setTimeout(() => { console.log('closed the window'); process.exit(0) }, 100))
      setInterval(() => {}, 1000)
      process.kill(process.ppid, 'SIGTERM')
    \`
    process.exitCode = await runVisibly({ file: process.execPath, args: ['-e', child] })
  `)
  expect(stdout).toBe('closed the window\n')
  expect(code).toBe(0)
})

it('says what it does, how it ended and how long it took', async () => {
  const { stdout } = await run(`
    import { step } from '${STEPS}'
    await step('Counting', async () => 1)
    await step('Fetching', async () => 0, (result) => result > 0)
    await step('Breaking', async () => { throw new Error('broken') }).catch(() => {})
  `)
  expect(stdout).toBe('Counting …\n  done after 0 s\nFetching …\n  failed after 0 s\nBreaking …\n  failed after 0 s\n')
})

it('keeps the output of a quiet step for the log and says where that is', async () => {
  const { stderr, stdout, code } = await run(`
    import { runScript } from '${PROBLEM}'
    import { runQuietly } from '${STEPS}'
    await runScript('test-of-steps', async () => {
      await runQuietly({ file: 'no-such-program-anywhere', args: [] }, { log: 'test-of-steps', sentence: () => 'It did not work' })
      return 0
    })
  `)
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^It did not work \(details in out.logs.test-of-steps\.log\)\.\n$/)
})
