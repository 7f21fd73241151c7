import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeStandin, DrivenProbe, temporaryFolder } from './support/launch.mjs'
import { until } from './support/processes.mjs'

const secondInstances = (probe) =>
  probe.evaluate(() => globalThis.events.filter(({ name }) => name === 'second-instance').map(({ detail }) => detail))

describeStandin('the single instance lock', () => {
  it('refuses the second instance, tells the first, and the second leaves without a browser', async () => {
    const userData = temporaryFolder()
    const first = await new DrivenProbe({ userData }).started()
    const second = new DrivenProbe({ userData, args: ['--open=this'], env: { PROBE_GREETING: 'hello' } })
    expect(await second.exit).toBe(0)
    expect(second.output).toContain('second instance leaves')
    expect(second.output).not.toContain('DevTools listening')
    await until(async () => (await secondInstances(first)).length).toBe(1)
    const [message] = await secondInstances(first)
    expect(message.data).toEqual({ greeting: 'hello' })
    expect(message.directory).toBe(process.cwd())
    expect(message.argv).toContain('--open=this')
    expect(await first.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true)
  })

  it('tells of every second instance, in a crowd too', async () => {
    const userData = temporaryFolder()
    const first = await new DrivenProbe({ userData }).started()
    const names = ['a', 'b', 'c', 'd']
    const crowd = names.map((name) => new DrivenProbe({ userData, env: { PROBE_GREETING: name } }))
    expect(await Promise.all(crowd.map(({ exit }) => exit))).toEqual([0, 0, 0, 0])
    const greetings = async () => (await secondInstances(first)).map(({ data }) => data.greeting).toSorted()
    await until(greetings).toEqual(names)
    expect(readdirSync(join(userData, 'standin/second-instances'))).toEqual([])
  })

  it('is free again after kill -9, and the next instance runs', async () => {
    const userData = temporaryFolder()
    const first = await new DrivenProbe({ userData }).started()
    first.process.kill('SIGKILL')
    await first.exit
    const next = await new DrivenProbe({ userData }).started()
    expect(await next.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true)
  })

  it('is one per user data folder', async () => {
    await new DrivenProbe({ userData: temporaryFolder() }).started()
    const elsewhere = await new DrivenProbe({ userData: temporaryFolder() }).started()
    expect(await elsewhere.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true)
  })

  it('can be given back', async () => {
    const userData = temporaryFolder()
    const first = await new DrivenProbe({ userData }).started()
    await first.evaluate(({ app }) => app.releaseSingleInstanceLock())
    expect(await first.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(false)
    const other = new DrivenProbe({ userData })
    expect(await other.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true)
  })
})
