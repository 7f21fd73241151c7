import { expect, it } from 'vitest'
import { describeStandin, sharedProbe } from './support/launch.mjs'
import { until } from './support/processes.mjs'

describeStandin('messages between page and main', () => {
  let app
  let page
  sharedProbe((probe) => {
    ;({ app, page } = probe)
  })

  it('keep what structured clone keeps, both ways', async () => {
    const back = await page.evaluate(async () => {
      const { probe } = globalThis
      const sent = {
        date: new Date(5),
        map: new Map([['a', new Set([1])]]),
        bytes: new Uint8Array([1, 2, 3]),
        nothing: undefined,
        numbers: [NaN, -0, Infinity],
        big: 12n,
      }
      const echo = await probe.echo(sent)
      return [
        echo.date.getTime(),
        echo.map.get('a').has(1),
        echo.bytes instanceof Uint8Array && echo.bytes.join(),
        'nothing' in echo && echo.nothing === undefined,
        Number.isNaN(echo.numbers[0]) && Object.is(echo.numbers[1], -0) && echo.numbers[2] === Infinity,
        echo.big === 12n,
      ]
    })
    expect(back).toEqual([5, true, '1,2,3', true, true, true])
  })

  it('carry an own __proto__ key to main as it is', async () => {
    await page.evaluate(() => globalThis.probe.echo(JSON.parse('{"__proto__": {"admin": true}, "a": 1}')))
    const arrived = await app.evaluate(() => ({
      keys: Object.getOwnPropertyNames(globalThis.lastEcho),
      inherits: globalThis.lastEcho.admin === true,
      plain: Object.getPrototypeOf(globalThis.lastEcho) === Object.prototype,
    }))
    expect(arrived).toEqual({ keys: ['__proto__', 'a'], inherits: false, plain: true })
  })

  it('tell main the address in its own words', async () => {
    await page.evaluate(() => globalThis.probe.echo('hello'))
    const { detail } = await app.evaluate(() => globalThis.events.findLast(({ name }) => name === 'echo'))
    expect(detail.url).toBe('app://bundle/index.html')
  })

  it("carry a handler's error in Electron's wording, and nothing but its message", async () => {
    const error = await page.evaluate(() => globalThis.probe.fail().catch(({ message, name }) => ({ message, name })))
    expect(error).toEqual({ name: 'Error', message: "Error invoking remote method 'fail': TypeError: boom" })
  })

  it('arrive in order, each in a task of its own', async () => {
    const result = await page.evaluate(async () => {
      const { probe } = globalThis
      const turns = []
      probe.onPushed((value) => {
        turns.push(['message', value])
        queueMicrotask(() => turns.push(['its microtask', value]))
      })
      await probe.push(50)
      while (turns.length < 100) await new Promise((resolve) => setTimeout(resolve, 10))
      return turns
    })
    expect(result).toEqual(
      Array.from({ length: 50 }, (_, i) => [
        ['message', i],
        ['its microtask', i],
      ]).flat(),
    )
  })

  it('are refused when they cannot be cloned', async () => {
    const refusal = await app.evaluate(({ BrowserWindow }) => {
      try {
        BrowserWindow.getAllWindows()[0].webContents.send('pushed', () => {})
        return 'sent'
      } catch (error) {
        return error.name
      }
    })
    expect(refusal).toBe('DataCloneError')
  })

  it('pass a bridge that is synchronous, frozen and all the page can see', async () => {
    const seen = await page.evaluate(() => {
      const { probe } = globalThis
      const leaks = ['require', 'process', 'module', 'Buffer', '__standinPost', '__standinDeliver']
      return {
        twice: probe.twice((value) => value),
        frozen: Object.isFrozen(probe) && Object.isFrozen(probe.nested),
        leaks: leaks.filter((name) => name in globalThis),
      }
    })
    expect(seen).toEqual({ twice: 42, frozen: true, leaks: [] })
  })

  it('come only from the main frame: a subframe has no bridge', async () => {
    await page.evaluate(() => {
      const frame = document.createElement('iframe')
      frame.src = '/other.html'
      document.body.append(frame)
    })
    await until(() => page.frames().length).toBe(2)
    const frame = page.frames()[1]
    await frame.getByRole('heading', { name: 'Other' }).waitFor()
    expect(await frame.evaluate(() => 'probe' in globalThis)).toBe(false)
  })
})
