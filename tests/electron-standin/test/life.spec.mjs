import { expect, it } from 'vitest'
import { describeStandin, DrivenProbe, launch, temporaryFolder } from './support/launch.mjs'
import { descendants, isAlive, until } from './support/processes.mjs'

const allGone = (pids) => until(() => pids.filter(isAlive)).toEqual([])

async function startedProbe(userData = temporaryFolder()) {
  const probe = await new DrivenProbe({ userData }).started()
  const browserProcesses = descendants(probe.process.pid)
  expect(browserProcesses.length).toBeGreaterThan(0)
  return { probe, browserProcesses }
}

describeStandin("a process's life", () => {
  it('takes Chromium along when it is killed', async () => {
    const { probe, browserProcesses } = await startedProbe()
    probe.process.kill('SIGKILL')
    await allGone(browserProcesses)
  })

  it('ends cleanly on SIGTERM, asking the app first', async () => {
    const { probe, browserProcesses } = await startedProbe()
    await probe.evaluate(({ app }) => void app.on('will-quit', () => console.log('will-quit was told')))
    probe.process.kill('SIGTERM')
    expect(await probe.exit).toBe(0)
    expect(probe.output).toContain('will-quit was told')
    await allGone(browserProcesses)
  })

  it('ends with an error when Chromium is killed under it', async () => {
    const { probe, browserProcesses } = await startedProbe()
    process.kill(browserProcesses[0], 'SIGKILL')
    expect(await probe.exit).toBe(1)
    expect(probe.output).toContain('Chromium ended unexpectedly')
  })

  it('exits with the code it is told, without asking anybody', async () => {
    const { probe, browserProcesses } = await startedProbe()
    await probe.evaluate(({ app }) => {
      app.on('before-quit', () => console.log('before-quit was told'))
      setTimeout(() => app.exit(7), 0)
    })
    expect(await probe.exit).toBe(7)
    expect(probe.output).not.toContain('before-quit was told')
    await allGone(browserProcesses)
  })

  it('quits when its last window is closed', async () => {
    const { probe } = await startedProbe()
    await probe.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close())
    expect(await probe.exit).toBe(0)
  })

  it('says an uncaught error and ends, unless the app listens for itself', async () => {
    const { probe } = await startedProbe()
    await probe.evaluate(() => {
      process.once('uncaughtException', (error) => console.log(`the app heard: ${error.message}`))
      setTimeout(() => {
        throw new Error('first')
      }, 0)
    })
    await until(() => probe.output).toContain('the app heard: first')
    await probe.evaluate(() => {
      setTimeout(() => {
        throw new Error('second')
      }, 0)
    })
    expect(await probe.exit).toBe(1)
    expect(probe.output).toMatch(/A JavaScript error occurred in the main process\nError: second/)
  })

  it('goes on after an unhandled rejection, saying so', async () => {
    const { probe } = await startedProbe()
    await probe.evaluate(() => void Promise.reject(new Error('nobody listened')))
    await until(() => probe.output).toMatch(/Unhandled promise rejection in the main process: Error: nobody listened/)
    expect(await probe.evaluate(() => 'still there')).toBe('still there')
  })

  it("keeps the page's storage over a restart", async () => {
    const userData = temporaryFolder()
    const run = async (work) => {
      const app = await launch({ userData })
      const page = await app.firstWindow()
      await page.getByRole('heading').waitFor()
      const result = await page.evaluate(work)
      await app.close()
      return result
    }
    await run(() => localStorage.setItem('kept', 'yes'))
    expect(await run(() => localStorage.getItem('kept'))).toBe('yes')
  })
})
