import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeStandin, launch, probe, sharedProbe, temporaryFolder } from './support/launch.mjs'
import { isAlive, until } from './support/processes.mjs'

const module = join(probe, 'utility.mjs')

describeStandin('utilityProcess', () => {
  let app
  sharedProbe((probe) => {
    app = probe.app
  })

  it('exchanges structured-cloned messages with its child', async () => {
    const answer = await app.evaluate(
      ({ utilityProcess }, module) =>
        new Promise((resolve) => {
          const child = utilityProcess.fork(module, [], { stdio: 'ignore' })
          child.once('message', (message) => {
            child.kill()
            const { bytes, when, map, ports } = message
            resolve([bytes instanceof Uint8Array, [...bytes], when.getTime(), map.get('k'), ports])
          })
          const bytes = new Uint8Array([1, 2])
          child.postMessage({ ask: 'echo', bytes, when: new Date(7), map: new Map([['k', 1n]]) })
        }),
      module,
    )
    expect(answer).toEqual([true, [1, 2], 7, 1n, 0])
  })

  it('passes arguments, reports spawn and exit in order, and the exit code', async () => {
    const events = await app.evaluate(
      ({ utilityProcess }, module) =>
        new Promise((resolve) => {
          const seen = []
          const child = utilityProcess.fork(module, ['--one', 'two'], { stdio: 'ignore' })
          seen.push(['pid', typeof child.pid])
          child.on('spawn', () => seen.push(['spawn', typeof child.pid]))
          child.on('message', (message) => {
            seen.push(['message', message])
            child.postMessage({ ask: 'leave', code: 3 })
          })
          child.on('exit', (code) => {
            seen.push(['exit', code, child.pid])
            resolve(seen)
          })
          child.postMessage({ ask: 'arguments' })
        }),
      module,
    )
    expect(events).toEqual([
      ['pid', 'undefined'],
      ['spawn', 'number'],
      ['message', { argv: ['--one', 'two'], type: 'utility' }],
      ['exit', 3, undefined],
    ])
  })

  it('pipes what the child prints when asked to', async () => {
    const printed = await app.evaluate(
      ({ utilityProcess }, module) =>
        new Promise((resolve) => {
          const child = utilityProcess.fork(module, [], { stdio: 'pipe' })
          child.stdout.once('data', (data) => {
            child.kill()
            resolve(String(data).trim())
          })
        }),
      module,
    )
    expect(printed).toBe('utility says hello')
  })

  it('refuses what cannot be cloned', async () => {
    const refusal = await app.evaluate(({ utilityProcess }, module) => {
      const child = utilityProcess.fork(module, [], { stdio: 'ignore' })
      try {
        child.postMessage({ f() {} })
        return 'sent'
      } catch (error) {
        return error.name
      } finally {
        child.kill()
      }
    }, module)
    expect(refusal).toBe('DataCloneError')
  })

  it('goes when main goes, however that ends', async () => {
    const other = await launch({ userData: temporaryFolder() })
    await other.firstWindow()
    const pid = await other.evaluate(
      ({ utilityProcess }, module) =>
        new Promise((resolve) => {
          const child = utilityProcess.fork(module, [], { stdio: 'ignore' })
          child.once('spawn', () => resolve(child.pid))
        }),
      module,
    )
    expect(isAlive(pid)).toBe(true)
    other.process().kill('SIGKILL')
    await until(() => isAlive(pid)).toBe(false)
  })
})
