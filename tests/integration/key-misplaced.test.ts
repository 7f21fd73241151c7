import { describe, expect, it } from 'vitest'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, TEST_KEY, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, json, type ProviderServer } from '../support/provider-server'

/** As Mistral's: nothing about it tells that it is a key. */
const SHAPELESS = 'Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'

let server: ProviderServer
let harness: Harness

eachWithProvider(
  (provider, app) => {
    server = provider
    harness = app
    server.always(fixture('anthropic/text'))
  },
  () => harness,
)

const asking = (connectionId: Awaited<ReturnType<typeof connect>>, text: string, allowSecret?: boolean) => ({
  conversationId: null,
  connectionId,
  model: TEST_MODEL,
  text,
  ...(allowSecret === undefined ? {} : { allowSecret }),
})

describe('a stored key in a message', () => {
  it('keeps the message here, says where it stands, and leaves no trace of it', async () => {
    const connectionId = await connect(harness, server.origin, SHAPELESS)
    const text = `Why does ${SHAPELESS} not work? ${SHAPELESS}`
    const answer = await harness.request('turn.start', asking(connectionId, text))
    expect(answer).toEqual({
      ok: false,
      error: {
        code: 'key_misplaced',
        field: 'text',
        ranges: [
          { start: 9, end: 41 },
          { start: 52, end: 84 },
        ],
      },
    })
    expect(await harness.ask('conversation.list', {})).toEqual([])
    expect(server.requests).toEqual([])
  })

  it('is recognised after a restart, before it was ever used, and over another connection', async () => {
    await connect(harness, server.origin, SHAPELESS)
    const other = await connect(harness, server.origin)
    harness = await harness.restart()
    for (const allowSecret of [undefined, false]) {
      const answer = await harness.request('turn.start', asking(other, SHAPELESS, allowSecret))
      expect(answer).toMatchObject({ error: { code: 'key_misplaced', ranges: [{ start: 0, end: 32 }] } })
    }
  })

  it('goes out when that was asked for by hand', async () => {
    const connectionId = await connect(harness, server.origin, SHAPELESS)
    const turn = await harness.ask('turn.start', asking(connectionId, `It is ${SHAPELESS}`, true))
    await settled(harness, turn.turnId)
    expect(server.requests[0]?.body).toContain(SHAPELESS)
    expect((await harness.ask('conversation.list', {})).map(({ title }) => title)).toEqual(['It is [key removed]'])
  })

  it('is still one after it was replaced in this run: it may be valid for a while', async () => {
    const connectionId = await connect(harness, server.origin, SHAPELESS)
    await harness.ask('key.replace', { connectionId, key: TEST_KEY })
    expect(await harness.request('turn.start', asking(connectionId, SHAPELESS))).toMatchObject({ ok: false })
  })

  it('that could be a word is none', async () => {
    const connectionId = await connect(harness, server.origin, 'sk-no-key-required')
    const turn = await harness.ask('turn.start', asking(connectionId, 'What does sk-no-key-required mean?'))
    await settled(harness, turn.turnId)
    expect(server.requests).toHaveLength(1)
  })

  it('that is locked is not asked for: no keychain is bothered by a message', async () => {
    await connect(harness, server.origin, SHAPELESS)
    harness.cipher.state = 'locked'
    harness = await harness.restart()
    let asked = 0
    harness.cipher.decrypt = () => Promise.reject(new Error(`asked ${(asked += 1)} times`))
    const { id: connectionId } = await harness.ask('connection.add', {
      provider: 'ollama',
      label: 'Mine',
      baseUrl: `${server.origin}/v1`,
    })
    server.enqueue(json({ data: [{ id: 'm' }] }))
    await harness.ask('connection.check', { connectionId })
    const turn = await harness.ask('turn.start', { ...asking(connectionId, SHAPELESS), model: 'm' })
    await settled(harness, turn.turnId)
    expect(asked).toBe(0)
  })
})

describe('the clipboard', () => {
  const clear = async () => (await harness.ask('clipboard.clearIf', {})).cleared

  it('is emptied while it holds the key entered last, white space or not', async () => {
    await connect(harness, server.origin, `  ${TEST_KEY}`)
    harness.clipboard.text = `${TEST_KEY}\n`
    expect(await clear()).toBe(true)
    expect(harness.clipboard.text).toBe('')
    harness.clipboard.text = TEST_KEY
    expect(await clear()).toBe(false)
  })

  it.each([
    ['holds anything else', (open: Harness) => void (open.clipboard.text = 'my only copy of a poem')],
    ['holds the key and more', (open: Harness) => void (open.clipboard.text = `export KEY=${TEST_KEY}`)],
    ['cannot be read', (open: Harness) => void (open.clipboard.text = null)],
    ['is asked about too late', (open: Harness) => open.clock.advance(10 * 60_000 + 1)],
    ['is asked about at a time before the key was entered', (open: Harness) => open.clock.advance(-1)],
  ])('is left alone when it %s', async (_, change) => {
    await connect(harness, server.origin)
    harness.clipboard.text = TEST_KEY
    change(harness)
    const before = harness.clipboard.text
    expect(await clear()).toBe(false)
    expect(harness.clipboard.text).toBe(before)
  })

  it('is left alone after a key that was refused, and before any was entered', async () => {
    harness.clipboard.text = 'not a key'
    expect(await clear()).toBe(false)
    const connectionId = await connect(harness, server.origin)
    expect(await harness.request('key.replace', { connectionId, key: 'not a key' })).toMatchObject({ ok: false })
    expect(await clear()).toBe(false)
  })
})
