import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationId } from '../../src/core/ids'
import { filesHolding, word } from '../support/forgetting/files-holding'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, startProviderServer, type ProviderServer } from '../support/provider-server'

// Bugs: a draft that is lost in a kill; one that comes back after it was sent; and words on a disk that were never to be
// there: of a private conversation, of one that is gone, or with a key in them.

const DAY_MS = 86_400_000
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

const keep = (conversationId: ConversationId | null, text: string) =>
  harness.ask('draft.keep', { conversationId, text })
const drafts = async () => (await harness.ask('app.open', {})).drafts
const onDisk = (text: string) => filesHolding(harness.profile.path, text)

async function begin(over: { readonly private?: true; readonly text?: string } = {}): Promise<ConversationId> {
  const connectionId =
    (await harness.ask('key.status', {})).connections[0]?.id ?? (await connect(harness, server.origin))
  server.enqueue(fixture('anthropic/text'))
  const to = { conversationId: null, connectionId, model: TEST_MODEL }
  const started = await harness.ask('turn.start', { ...to, text: 'Which index?', ...over })
  await settled(harness, started.turnId)
  return started.conversationId
}

it('a draft of each conversation and of a new one is there after a restart, until it is emptied', async () => {
  const id = await begin()
  await keep(id, 'And the other one?')
  await keep(null, 'Something else')
  await keep(null, 'Something else entirely')
  harness = await harness.restart()
  expect(await drafts()).toEqual([
    { conversationId: id, text: 'And the other one?' },
    { conversationId: null, text: 'Something else entirely' },
  ])
  await keep(id, '')
  expect(await drafts()).toEqual([{ conversationId: null, text: 'Something else entirely' }])
})

it('what is sent is no draft any more, and a private message takes no other draft along', async () => {
  await begin()
  await keep(null, 'Which index?')
  await begin({ private: true })
  expect(await drafts()).toHaveLength(1)
  await begin()
  expect(await drafts()).toEqual([])
})

it('a draft waits with its conversation: there when it is restored, also after a restart; gone when that is', async () => {
  const id = await begin()
  const text = word('draft')
  await keep(id, text)
  await harness.ask('conversation.delete', { conversationId: id })
  // Typed before, and handed over half a second later.
  const last = `${text} and more`
  await keep(id, last)
  harness = await harness.restart()
  await harness.ask('conversation.restore', { conversationId: id })
  expect(await drafts()).toEqual([{ conversationId: id, text: last }])
  await harness.ask('conversation.delete', { conversationId: id })
  await harness.ask('conversation.deleteForGood', { conversationId: id })
  await keep(id, last)
  expect(await drafts()).toEqual([])
  expect(onDisk(text)).toEqual([])
})

it('a key that is stored afterwards goes from the draft of a deleted conversation as well', async () => {
  const id = await begin()
  const key = word('')
  await keep(id, `about ${key}`)
  await harness.ask('conversation.delete', { conversationId: id })
  await connect(harness, server.origin, key)
  expect(onDisk(key)).toEqual([])
})

describe('never on a disk is the draft', () => {
  it('of a private conversation', async () => {
    const id = await begin({ private: true })
    const text = word('hidden')
    await keep(id, text)
    expect(await drafts()).toEqual([])
    expect(onDisk(text)).toEqual([])
  })

  it('of a new one where nothing is kept past the end, also once that is said', async () => {
    const text = word('passing')
    await keep(null, text)
    await harness.ask('settings.setRetention', { retention: 'until_quit' })
    expect(onDisk(text)).toEqual([])
    await keep(null, text)
    expect(await drafts()).toEqual([])
    expect(onDisk(text)).toEqual([])
  })

  it('with something in it that looks like a key, and what was there before goes', async () => {
    const before = word('before')
    await keep(null, before)
    await keep(null, `${before} sk-ant-api03-${word('a1B2')}`)
    expect(await drafts()).toEqual([])
    expect(onDisk(before)).toEqual([])
  })

  it('with a stored key of no shape, also one that is stored afterwards', async () => {
    const key = word('')
    const connectionId = await connect(harness, server.origin, key)
    const text = word('about')
    await keep(null, `${text} ${key}`)
    expect(onDisk(text)).toEqual([])
    const next = word('')
    await keep(null, `${text} ${next}`)
    expect(onDisk(next)).not.toEqual([])
    await harness.ask('key.replace', { connectionId, key: next })
    expect(onDisk(next)).toEqual([])
    expect(await drafts()).toEqual([])
  })

  it('that might hold a key which is locked', async () => {
    const key = word('')
    await connect(harness, server.origin, key)
    await harness.ask('vault.setPassphrase', { passphrase: 'correct horse' })
    harness = await harness.restart()
    const text = word('about')
    await keep(null, `${text} ${key}`)
    expect(onDisk(key)).toEqual([])
    await keep(null, 'Words alone are kept.')
    expect(await drafts()).toHaveLength(1)
  })
})

it('a draft of a new conversation is kept no longer than the conversation would be', async () => {
  await harness.ask('settings.setRetention', { retention: { days: 3 } })
  await keep(null, 'Which index?')
  // A day at a time: the clock of the system is believed no more at once.
  for (let day = 0; day < 3; day += 1) {
    harness.clock.advance(DAY_MS - 60_000)
    harness = await harness.restart()
  }
  expect(await drafts()).toHaveLength(1)
  for (let day = 0; day < 2; day += 1) {
    harness.clock.advance(DAY_MS - 60_000)
    harness = await harness.restart()
  }
  expect(await drafts()).toEqual([])
})

it('a look for keys that takes longer brings back nothing that was sent meanwhile', async () => {
  await connect(harness, server.origin, word(''))
  harness = await harness.restart()
  const slow = keep(null, `first ${word('long')}`)
  const empty = keep(null, '')
  await Promise.all([slow, empty])
  expect(await drafts()).toEqual([])
})
