import { cpSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import type { ProviderId } from '../../src/core/provider'
import type { BridgeEvent, RequestInput, RequestName } from '../../src/shared/ipc/transport'
import type { ConnectionView } from '../../src/shared/ipc/views'
import {
  filesBelow,
  makeCanary,
  PROFILE_FILES,
  SINKS,
  unregistered,
  watchSinks,
  type CanaryWatch,
  type Sink,
} from '../support/canary'
import {
  startLatchkey,
  testCipher,
  testClock,
  TEST_MODEL,
  type Harness,
  type HarnessOptions,
} from '../support/latchkey'
import {
  anthropicModels,
  eventsOf,
  fixture,
  gateAfter,
  httpError,
  json,
  redirect,
  startProviderServer,
  stream,
  type ProviderServer,
  type Reply,
} from '../support/provider-server'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// A key is entered, used, refused, echoed, redirected, replaced, and lives through a crash and a restart. Then every
// place where something leaves Latchkey or stays behind is searched for it, in every form. It may stand in one header of
// each request to the origin it was entered for, and nowhere else.

/** The sinks there are without a window. */
const HERE = SINKS.filter((sink) => sink !== 'page' && sink !== 'heap of the page')

const keys = {
  first: makeCanary(),
  second: makeCanary(),
  spare: makeCanary(),
  malformed: makeCanary(),
  openai: makeCanary(),
  google: makeCanary(),
  compatible: makeCanary(),
  openrouter: makeCanary(),
  /** Not a key, and yet it opens them all. */
  passphrase: makeCanary(),
}
/** Goes the same ways on purpose, in places where text of the user's own belongs. No shape of a key. */
const control = `control ${makeCanary().slice(10)}`

let watch: CanaryWatch
let bound: ProviderServer
let elsewhere: ProviderServer
let temp: TempDir
let profile: TempDir
let crashed: TempDir
let saved: TempDir
const harnesses: Harness[] = []

/** Whatever this process writes meanwhile. */
function watchOutput(): () => void {
  const places = [
    ['standard output', process.stdout],
    ['standard error', process.stderr],
  ] as const
  const undo = places.map(([sink, where]) => {
    const { write } = where
    where.write = ((...of: Parameters<typeof write>) => {
      watch.record(sink, 'the process', typeof of[0] === 'string' ? of[0] : Buffer.from(of[0]))
      return write.apply(where, of)
    }) as typeof write
    return () => void (where.write = write)
  })
  return () => undo.forEach((each) => each())
}

async function open(options: HarnessOptions): Promise<Harness> {
  const harness = await startLatchkey({ saveTo: (name) => saved.file(`${harnesses.length} ${name}`), ...options })
  harnesses.push(harness)
  return harness
}

/** Asks as the page does, and keeps the answer for the search. */
async function say<Name extends RequestName>(
  harness: Harness,
  name: Name,
  input: RequestInput<Name>,
): Promise<unknown> {
  const answer = await harness.latchkey.router.dispatch(name, input)
  watch.record('answer to the page', name, answer)
  return answer.ok ? answer.value : answer.error
}

type Settled = Extract<BridgeEvent, { name: 'turn.settled' }>

async function ask(
  harness: Harness,
  connectionId: ConnectionId,
  model: string,
  text: string,
  meanwhile?: () => unknown,
) {
  const started = await say(harness, 'turn.start', { conversationId: null, connectionId, model, text })
  if (typeof started !== 'object' || started === null || !('turnId' in started))
    throw new Error(JSON.stringify(started))
  const { turnId, conversationId } = started as { turnId: Settled['payload']['turnId']; conversationId: string }
  await meanwhile?.()
  await harness.event((event): event is Settled => event.name === 'turn.settled' && event.payload.turnId === turnId)
  return { turnId, conversationId: conversationId as Settled['payload']['conversationId'] }
}

const echo = (key: string): Reply =>
  httpError(
    401,
    {
      type: 'error',
      error: {
        type: 'authentication_error',
        code: key,
        message: `invalid x-api-key ${key} (${key.slice(0, 14)}****${key.slice(-12)}), ${Buffer.from(key).toString('base64')}`,
      },
    },
    { 'request-id': key, 'x-request-id': key },
  )

/** Answers well, but says the key wherever it can: as its model, its id, and in its usage. */
const gossip = (key: string): Reply =>
  stream(
    eventsOf('anthropic/text').map((event) => ({
      ...event,
      data: event.data
        .replace(/"id":"msg[^"]*"/, `"id":"${key}"`)
        .replace(/"model":"[^"]*"/, `"model":"${key}"`)
        .replace(/"service_tier":"[^"]*"/, `"service_tier":"${key}"`),
    })),
  )

async function connectTo(harness: Harness, provider: ProviderId, baseUrl: string, key: string): Promise<ConnectionId> {
  const { id } = (await say(harness, 'connection.add', { provider, label: provider, baseUrl })) as { id: ConnectionId }
  await say(harness, 'key.set', { connectionId: id, key })
  return id
}

beforeAll(async () => {
  watch = watchSinks()
  temp = await makeTempDir()
  profile = await makeTempDir()
  crashed = await makeTempDir()
  saved = await makeTempDir()
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = temp.path
  const quiet = watchOutput()
  bound = await startProviderServer()
  elsewhere = await startProviderServer()
  try {
    await scenario()
  } finally {
    quiet()
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  for (const harness of harnesses) {
    for (const line of harness.logged) watch.record('log line', 'the log', line)
    for (const { name, payload } of harness.events) watch.record('event to the page', name, payload)
  }
  for (const request of [...bound.requests, ...elsewhere.requests]) watch.request(request)
  watch.folder('file of the profile', profile.path)
  watch.folder('temporary file', temp.path)
  watch.folder('saved file', saved.path)
})
afterAll(async () => {
  for (const harness of harnesses) await harness.close()
  await bound.close()
  await elsewhere.close()
  for (const folder of [temp, profile, crashed, saved]) await folder.remove()
})

async function scenario(): Promise<void> {
  const cipher = testCipher()
  const clock = testClock()
  let harness = await open({ profile, cipher, clock })
  bound.always(fixture('anthropic/text'), 'POST /v1/messages')
  const id = await connectTo(harness, 'anthropic', bound.origin, keys.first)

  // Used, and named by its provider wherever it can be.
  const first = await ask(harness, id, TEST_MODEL, `A question with ${control}`)
  bound.enqueue(gossip(keys.first), 'POST /v1/messages')
  await ask(harness, id, TEST_MODEL, 'Hi')
  bound.enqueue(echo(keys.first), 'POST /v1/messages')
  await ask(harness, id, TEST_MODEL, 'Hi')
  for (const reply of [echo(keys.first), anthropicModels(keys.first), anthropicModels(TEST_MODEL)]) {
    bound.enqueue(reply, 'GET /v1/models')
    await say(harness, 'connection.check', { connectionId: id })
  }

  // Sent elsewhere.
  for (const status of [301, 302, 303, 307, 308]) {
    bound.enqueue(redirect(status, `${elsewhere.origin}/v1/messages?key=${keys.first}`), 'POST /v1/messages')
    await ask(harness, id, TEST_MODEL, 'Hi')
  }

  // In the wrong places.
  const half = keys.malformed.length / 2
  for (const key of [`${keys.malformed.slice(0, half)}\n${keys.malformed.slice(half)}`, `${keys.malformed}\u00e9`]) {
    expect(await say(harness, 'key.replace', { connectionId: id, key })).toMatchObject({ code: 'key_malformed' })
    expect(await say(harness, 'key.set', { connectionId: id, key })).toMatchObject({ code: 'key_malformed' })
  }
  await say(harness, 'connection.update', { connectionId: id, label: keys.first, baseUrl: bound.origin })
  await say(harness, 'key.describe', { connectionId: id, label: keys.first, expires: null, remindMonths: null })
  await say(harness, 'connection.update', { connectionId: id, label: 'x', baseUrl: `${bound.origin}/${keys.first}` })
  const misplaced = { conversationId: null, connectionId: id, model: TEST_MODEL, text: keys.first }
  expect(await say(harness, 'turn.start', misplaced)).toMatchObject({ code: 'key_misplaced' })
  harness.clipboard.text = keys.first
  await say(harness, 'clipboard.clearIf', {})

  // The other ways of speaking to a provider.
  const others = [
    ['openai', `${bound.origin}/openai`, keys.openai, 'gpt-6-sol', 'openai-responses/text'],
    ['google', `${bound.origin}/google`, keys.google, 'gemini-3.5-flash', 'google/text'],
    ['compatible', `${bound.origin}/compatible`, keys.compatible, 'm', 'openai-compatible/openrouter-text'],
  ] as const
  for (const [provider, baseUrl, key, model, answer] of others) {
    const connectionId = await connectTo(harness, provider, baseUrl, key)
    for (const reply of provider === 'compatible' ? [echo(key), json({ data: [{ id: model }] })] : [echo(key)]) {
      bound.enqueue(reply)
      await say(harness, 'connection.check', { connectionId })
    }
    for (const reply of [fixture(answer), echo(key), redirect(307, `${elsewhere.origin}/?key=${key}`)]) {
      bound.enqueue(reply)
      await ask(harness, connectionId, model, 'Hi')
    }
  }

  // What a provider says of the key itself.
  const routed = await connectTo(harness, 'openrouter', `${bound.origin}/openrouter`, keys.openrouter)
  for (const reply of [
    echo(keys.openrouter),
    json({ data: { label: keys.openrouter, limit: 5, limit_remaining: keys.openrouter, usage: 1.5 } }),
    json({ data: { label: keys.openrouter, limit: 5, limit_remaining: 2.5, usage: 1.5, expires_at: keys.openrouter } }),
    json({ data: { label: keys.openrouter, limit: 5, limit_remaining: 2.5, usage: 1.5 } }),
  ]) {
    bound.enqueue(reply)
    await say(harness, 'key.checkLimit', { connectionId: routed })
  }

  // Replaced while an answer runs on it, and what is on disk at that moment is what a crash leaves.
  const gate = gateAfter(3)
  bound.enqueue(fixture('anthropic/text', { gates: [gate] }), 'POST /v1/messages')
  await ask(harness, id, TEST_MODEL, 'Hi', async () => {
    await gate.reached
    await say(harness, 'key.replace', { connectionId: id, key: keys.second })
    cpSync(profile.path, crashed.path, { recursive: true })
    watch.folder('file of the profile', crashed.path)
    gate.release()
  })
  await ask(harness, id, TEST_MODEL, 'Hi')

  // One more key beside it, which answers when the first is refused with both in the refusal.
  const { spareKeys } = (await say(harness, 'key.add', { connectionId: id, key: keys.spare })) as ConnectionView
  await say(harness, 'connection.setFailover', { connectionId: id, on: true })
  bound.enqueue(echo(keys.second), 'POST /v1/messages')
  await ask(harness, id, TEST_MODEL, 'Hi')
  bound.enqueue(echo(keys.second), 'POST /v1/messages')
  bound.enqueue(echo(keys.spare), 'POST /v1/messages')
  await ask(harness, id, TEST_MODEL, 'Hi')
  await say(harness, 'key.remove', { connectionId: id, keyId: spareKeys[0]?.id })

  // What is thrown where nobody expected it, with text in it that is not ours.
  harness.latchkey.subscribe(() => {
    throw new Error(`${keys.second} and ${control}`)
  })
  await say(harness, 'conversation.rename', { conversationId: first.conversationId, title: `About ${control}` })

  // After the crash, and after a restart.
  const recovered = await open({ profile: crashed, cipher, clock })
  await readEverything(recovered)
  await ask(recovered, id, TEST_MODEL, 'Hi')
  watch.folder('file of the profile', crashed.path)
  harness = await harness.restart()
  harnesses.push(harness)
  await ask(harness, id, TEST_MODEL, 'Hi')
  await readEverything(harness)

  // Locked with a passphrase, and opened again.
  await say(harness, 'vault.setPassphrase', { passphrase: keys.passphrase })
  expect(await say(harness, 'vault.lock', {})).toMatchObject({ passphrase: 'locked' })
  const held = { conversationId: null, connectionId: id, model: TEST_MODEL, text: 'Hi' }
  expect(await say(harness, 'turn.start', held)).toMatchObject({ code: 'key_locked' })
  const wrong = { passphrase: keys.passphrase.toUpperCase() }
  expect(await say(harness, 'vault.unlock', wrong)).toMatchObject({ code: 'passphrase_wrong' })
  await readEverything(harness)
  await say(harness, 'vault.unlock', { passphrase: keys.passphrase })
  await ask(harness, id, TEST_MODEL, 'Hi')

  // The ways of the control that are not the app's own.
  bound.always(httpError(404, { error: 'no' }))
  const far = { provider: 'compatible', label: 'Far', baseUrl: `${bound.origin}/${control.slice(8)}` } as const
  const { id: farId } = (await say(harness, 'connection.add', far)) as { id: ConnectionId }
  await say(harness, 'connection.check', { connectionId: farId })
  process.stdout.write(`${control}\n`)
  process.stderr.write(`${control}\n`)
  writeFileSync(temp.file('control.txt'), control)
}

/** Every request that takes nothing and shows something. */
async function readEverything(harness: Harness): Promise<void> {
  for (const name of ['app.open', 'conversation.list', 'key.status', 'spend.month', 'budget.list'] as const) {
    await say(harness, name, {})
  }
  await say(harness, 'ledger.verify', {})
  await say(harness, 'network.list', { before: null, host: null, purpose: null })
  const query = { range: { from: '2020-01-01', to: '2027-12-31' }, filter: {}, by: 'conversation' } as const
  for (const format of ['csv', 'json'] as const) {
    await say(harness, 'network.export', { format })
    for (const what of ['groups', 'steps', 'calls'] as const) await say(harness, 'spend.save', { query, what, format })
    await say(harness, 'budget.saveHistory', { budgetId: null, format })
  }
  const list = (await say(harness, 'conversation.list', {})) as { id: Settled['payload']['conversationId'] }[]
  for (const { id } of list) await say(harness, 'conversation.open', { conversationId: id })
}

it('every request reached the origin its key was entered for, and none the other one', () => {
  expect(bound.waiting).toBe(0)
  expect(bound.requests.length).toBeGreaterThanOrEqual(29)
  expect(elsewhere.requests).toEqual([])
})

it.each(Object.keys(keys) as (keyof typeof keys)[])('“%s” is in one header of each request at most', (name) => {
  const headers = new Set(['x-api-key', 'authorization', 'x-goog-api-key'])
  const found = watch.find(keys[name])
  const astray = found.filter(({ sink, place }) => sink !== 'header' || !headers.has(place.split(' ').at(-1) ?? ''))
  expect(astray).toEqual([])
  const carrying = bound.requests.map(({ rawHeaders }) => rawHeaders.filter((text) => text.includes(keys[name])).length)
  expect(Math.max(...carrying)).toBe(name === 'malformed' || name === 'passphrase' ? 0 : 1)
})

it('every request carries exactly one key', () => {
  const known = Object.values(keys)
  const carried = bound.requests
    .filter(({ url }) => !url.includes(control.slice(8)))
    .map(({ rawHeaders }) => rawHeaders.filter((text) => known.some((key) => text.includes(key))).length)
  expect(new Set(carried)).toEqual(new Set([1]))
})

it.each(HERE.filter((sink) => sink !== 'header'))('the search sees the control in the sink “%s”', (sink: Sink) => {
  // A sink that was not watched, or a search that is blind in it, would make every other test here pass.
  expect(watch.find(control.slice(8)).map((finding) => finding.sink)).toContain(sink)
})

it('what Latchkey writes below the profile is registered, and anything else is noticed', async () => {
  expect(unregistered(profile.path)).toEqual([])
  expect(unregistered(crashed.path)).toEqual([])
  expect(filesBelow(profile.path)).toContain('latchkey.db')
  const other = await makeTempDir()
  writeFileSync(other.file('export.json'), '{}')
  writeFileSync(other.file('latchkey.db'), '')
  expect(unregistered(other.path, PROFILE_FILES)).toEqual(['export.json'])
  await other.remove()
})
