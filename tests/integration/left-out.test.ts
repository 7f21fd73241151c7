import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, type ProviderServer } from '../support/provider-server'

// A conversation the page hung or ended with: not opened by itself again, by a page that is loaded anew or by the next start.

let server: ProviderServer
let harness: Harness

eachWithProvider(
  (provider, app) => {
    server = provider
    harness = app
  },
  () => harness,
)

const leftOut = async () => (await harness.ask('app.open', {})).leftOut

async function converse(over: { private?: true } = {}) {
  const connectionId = await connect(harness, server.origin)
  server.enqueue(fixture('anthropic/text'))
  const turn = await harness.ask('turn.start', {
    conversationId: null,
    connectionId,
    model: TEST_MODEL,
    text: 'Hi',
    ...over,
  })
  await settled(harness, turn.turnId)
  return turn.conversationId
}

it('is the one that was shown when the page failed, for a new page and after a restart', async () => {
  const conversationId = await converse()
  expect(await leftOut()).toBeNull()
  await harness.ask('conversation.shows', { conversationId })
  expect(await leftOut()).toBeNull()
  await harness.ask('conversation.shows', { conversationId })
  harness.latchkey.windowFailed()
  expect(await leftOut()).toBe(conversationId)
  harness = await harness.restart()
  expect(await leftOut()).toBe(conversationId)
  // The page that leaves it out fails too, showing nothing: what is known is not lost.
  harness.latchkey.windowFailed()
  harness = await harness.restart()
  expect(await leftOut()).toBe(conversationId)
  await harness.ask('conversation.forgetLeftOut', {})
  harness = await harness.restart()
  expect(await leftOut()).toBeNull()
})

it('is none where the page showed something else, or only took long', async () => {
  const conversationId = await converse()
  await harness.ask('conversation.shows', { conversationId })
  await harness.ask('conversation.shows', { conversationId: null })
  harness.latchkey.windowFailed()
  expect(await leftOut()).toBeNull()
  await harness.ask('conversation.shows', { conversationId })
  harness.latchkey.windowFailed()
  harness.latchkey.windowRecovered()
  harness = await harness.restart()
  expect(await leftOut()).toBeNull()
})

it('stays when another page only took long, showing something else', async () => {
  const conversationId = await converse()
  await harness.ask('conversation.shows', { conversationId })
  harness.latchkey.windowFailed()
  expect(await leftOut()).toBe(conversationId)
  harness.latchkey.windowFailed()
  harness.latchkey.windowRecovered()
  expect(await leftOut()).toBe(conversationId)
})

it('is told of no more once it is deleted', async () => {
  const conversationId = await converse()
  await harness.ask('conversation.shows', { conversationId })
  harness.latchkey.windowFailed()
  await harness.ask('conversation.delete', { conversationId })
  expect(await leftOut()).toBeNull()
})

// Its calls name it in the ledger's own rows; as what the window showed it is in none.
function expectWrittenNowhere(conversationId: string) {
  for (const name of ['latchkey.db', 'latchkey.db-wal']) {
    expect(readFileSync(harness.profile.file(name), 'latin1')).not.toContain(`"${conversationId}"`)
  }
}

it('is known of a private one until quit, and written nowhere', async () => {
  const conversationId = await converse({ private: true })
  await harness.ask('conversation.shows', { conversationId })
  harness.latchkey.windowFailed()
  expect(await leftOut()).toBe(conversationId)
  expectWrittenNowhere(conversationId)
  harness = await harness.restart()
  expect(await leftOut()).toBeNull()
})

it('is not written of a private one that was deleted right before the page failed', async () => {
  const conversationId = await converse({ private: true })
  await harness.ask('conversation.shows', { conversationId })
  await harness.ask('conversation.delete', { conversationId })
  harness.latchkey.windowFailed()
  expectWrittenNowhere(conversationId)
  expect(await leftOut()).toBeNull()
})

it('changes nothing for a page that fails while everything is being closed', async () => {
  const conversationId = await converse()
  await harness.ask('conversation.shows', { conversationId })
  harness.latchkey.close()
  expect(() => harness.latchkey.windowFailed()).not.toThrow()
  expect(() => harness.latchkey.windowRecovered()).not.toThrow()
})
