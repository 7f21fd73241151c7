import { beforeEach, expect, it } from 'vitest'
import { failure } from '../../src/core/failure'
import type { Request } from '../../src/renderer/bridge/client'
import { checkOf, useChecks } from '../../src/renderer/features/vault/checks-store'
import { useVault } from '../../src/renderer/features/vault/vault-store'
import { connection, storedKey } from './views'

const works = { ok: true, value: { ok: true, modelCount: 3 } }
const router = connection(1, { provider: 'openrouter' })

/** A bridge that answers requests by their name. */
function bridge(answers: Record<string, unknown>) {
  const asked: string[] = []
  const request = ((name: string) => {
    asked.push(name)
    const answer: unknown = answers[name] ?? works
    return Promise.resolve(answer)
  }) as Request
  return { asked, request }
}

beforeEach(() => useChecks.setState({ checks: {}, unasked: true }))

const resultOf = () => checkOf(useChecks.getState().checks, router)?.result

it('what a key may spend is asked by hand, and never with a key that was just entered', async () => {
  const unasked = bridge({})
  await useChecks.getState().checkUnasked(router, unasked.request)
  expect(unasked.asked).toEqual(['connection.check'])
  const byHand = bridge({})
  await useChecks.getState().check(router, byHand.request)
  expect(byHand.asked).toEqual(['connection.check', 'key.checkLimit'])
  expect(resultOf()).toEqual(works)
})

it.each([
  ['a provider that does not tell', connection(1), works],
  ['a connection without a key', connection(1, { provider: 'openrouter', key: { state: 'none' } }), works],
  ['a check that failed', router, { ok: true, value: { ok: false, failure: failure('network') } }],
])('is not asked what the key may spend: %s', async (_, checked, answer) => {
  const { asked, request } = bridge({ 'connection.check': answer })
  await useChecks.getState().check(checked, request)
  expect(asked).toEqual(['connection.check'])
})

it('a key that is none is told, though its models are listed to anybody', async () => {
  const refused = { ok: false, failure: failure('key_invalid', { status: 401 }) }
  await useChecks.getState().check(router, bridge({ 'key.checkLimit': { ok: true, value: refused } }).request)
  expect(resultOf()).toEqual({ ok: true, value: refused })
})

it('a limit that cannot be read says nothing against the key', async () => {
  for (const answer of [
    { ok: true, value: { ok: false, failure: failure('protocol') } },
    { ok: false, error: { code: 'not_found' } },
  ]) {
    await useChecks.getState().check(router, bridge({ 'key.checkLimit': answer }).request)
    expect(resultOf()).toEqual(works)
  }
})

it('what is known of keys is asked for anew, and a refusal leaves what was known', async () => {
  const vault = useVault.getState()
  const known = [connection(1, { key: storedKey({ label: 'Laptop' }) })]
  await vault.refresh(bridge({ 'key.status': { ok: true, value: { vault: null, connections: known } } }).request)
  expect(useVault.getState().connections).toEqual(known)
  await vault.refresh(bridge({ 'key.status': { ok: false, error: { code: 'shutting_down' } } }).request)
  expect(useVault.getState().connections).toEqual(known)
})
