import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Result } from '../../src/shared/ipc/transport'
import { connect, startLatchkey, type Harness } from '../support/latchkey'
import { malformedInputs, requestNames } from '../support/malformed'
import { anthropicModels, startProviderServer, type ProviderServer } from '../support/provider-server'

let server: ProviderServer
let harness: Harness

beforeEach(async () => {
  server = await startProviderServer()
  harness = await startLatchkey()
})
afterEach(async () => {
  await harness.close()
  await server.close()
})

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code)

/** How many there are of each. */
function tally(codes: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(Object.groupBy(codes, (code) => code)).map(([code, of = []]) => [code, of.length]),
  )
}

it('no more than 256 requests run at once, and the next are taken when those are done', async () => {
  // Bug: a page taken over that opens ten thousand connections, each for as long as a provider is patient.
  const connectionId = await connect(harness, server.origin)
  server.always(anthropicModels('claude-sonnet-5-5'))
  const flood = Array.from({ length: 10_000 }, () => harness.request('connection.check', { connectionId }))
  const answers = await Promise.all(flood)
  expect(tally(answers.map(codeOf))).toEqual({ ok: 256, too_many: 9_744 })
  expect(server.requests).toHaveLength(256)
  expect(await harness.request('connection.check', { connectionId })).toMatchObject({ ok: true })
  expect(harness.logged).toEqual([])
})

it('refused requests take no place of the others', async () => {
  // Bug: a count that goes up for what is refused and never down.
  for (const name of requestNames) {
    for (const { value } of malformedInputs(name).slice(0, 20)) await harness.latchkey.router.dispatch(name, value)
  }
  expect(await harness.request('app.open', {})).toMatchObject({ ok: true })
})

it('malformed requests do not keep the keys unlocked', async () => {
  // Bug: a page that asks for nonsense once a minute counts as somebody who is there.
  const connectionId = await connect(harness, server.origin)
  await harness.ask('vault.setPassphrase', { passphrase: 'correct horse battery' })
  await harness.ask('settings.setLockAfter', { minutes: 5 })
  const passphrase = async () => (await harness.ask('key.status', {})).vault.passphrase
  for (let minute = 0; minute < 4; minute += 1) {
    harness.clock.advance(60_000)
    await harness.latchkey.router.dispatch('turn.stop', { turnId: 7 })
    await harness.latchkey.router.dispatch('key.get', {})
  }
  harness.clock.advance(60_000)
  expect(await passphrase()).toBe('locked')
  // And one that can be done does.
  await harness.ask('vault.unlock', { passphrase: 'correct horse battery' })
  for (let minute = 0; minute < 8; minute += 1) {
    harness.clock.advance(60_000)
    await harness.ask('price.list', { connectionId })
  }
  expect(await passphrase()).toBe('open')
})
