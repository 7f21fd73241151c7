import { describe, expect, it } from 'vitest'
import { contextFor, outputLimit, promptSize } from '../../src/core/context'
import { appendDelta, pathTo, sealReasoning, titleFrom, type MessagePart } from '../../src/core/conversation'
import type { ConnectionId, MessageId } from '../../src/core/ids'
import { localDay, utcDay } from '../../src/core/period'

describe('a title', () => {
  it.each([
    ['Why is the sky blue? I always wondered.', 'Why is the sky blue?'],
    ['  first line\nsecond line', 'first line'],
    ['Version 2.5 is out. Good.', 'Version 2.5 is out.'],
    ['   ', 'New conversation'],
    ['一二三。四五', '一二三。四五'],
  ])('of %j is %j', (text, title) => {
    expect(titleFrom(text)).toBe(title)
  })

  it('is cut at a word and says that it was', () => {
    const title = titleFrom('wording '.repeat(20))
    expect(title).toMatch(/^(wording ){6}wording…$/)
  })

  it('is never cut through a character', () => {
    const title = titleFrom(`a${'😀'.repeat(60)}`)
    expect(title).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/)
  })
})

describe('the path to a message', () => {
  const tree = [
    { id: 'a', parentId: null },
    { id: 'b', parentId: 'a' },
    { id: 'b2', parentId: 'a' },
    { id: 'c', parentId: 'b2' },
  ] as unknown as { id: MessageId; parentId: MessageId | null }[]

  it('leaves out siblings', () => {
    expect(pathTo('c' as MessageId, tree).map(({ id }) => id)).toEqual(['a', 'b2', 'c'])
  })

  it('ends at a ring instead of walking it for ever', () => {
    const ring = [
      { id: 'a', parentId: 'b' },
      { id: 'b', parentId: 'a' },
    ] as unknown as typeof tree
    expect(pathTo('a' as MessageId, ring)).toHaveLength(2)
  })
})

describe('the parts of an answer', () => {
  it('join while the kind stays the same and split when it changes', () => {
    const deltas = [
      { type: 'reasoning', text: 'a' },
      { type: 'reasoning', text: 'b' },
      { type: 'text', text: 'c' },
      { type: 'text', text: 'd' },
    ] as const
    const parts = deltas.reduce<readonly MessagePart[]>(appendDelta, [])
    expect(parts).toEqual([
      { type: 'reasoning', text: 'ab', proof: null },
      { type: 'text', text: 'cd' },
    ])
  })

  it('keep thinking that has its proof apart from thinking that follows', () => {
    const sealed = sealReasoning(appendDelta([], { type: 'reasoning', text: 'a' }), 'proof')
    expect(appendDelta(sealed, { type: 'reasoning', text: 'b' })).toEqual([
      { type: 'reasoning', text: 'a', proof: 'proof' },
      { type: 'reasoning', text: 'b', proof: null },
    ])
  })
})

const connectionA = 'con_a' as ConnectionId
const connectionB = 'con_b' as ConnectionId

describe('what is sent of a conversation', () => {
  it('leaves out empty answers and joins the questions around them', () => {
    const none = { connectionId: null, model: null }
    const own = { connectionId: connectionA, model: 'm' }
    const context = contextFor(
      [
        { role: 'user', parts: [{ type: 'text', text: 'One' }], ...none },
        { role: 'assistant', parts: [], ...own },
        { role: 'user', parts: [{ type: 'text', text: 'Two' }], ...none },
        { role: 'assistant', parts: [{ type: 'text', text: 'Yes' }], ...own },
      ],
      own,
    )
    expect(context).toEqual([
      { role: 'user', text: 'One\n\nTwo', reasoning: [] },
      { role: 'assistant', text: 'Yes', reasoning: [] },
    ])
  })

  it('gives thinking back to the connection and model that did it, with its proof, and to nobody else', () => {
    const parts = [
      { type: 'reasoning', text: 'hm', proof: 'p' },
      { type: 'reasoning', text: 'unproven', proof: null },
      { type: 'text', text: 'Yes' },
    ] as const
    const path = [{ role: 'assistant', parts, connectionId: connectionA, model: 'm' } as const]
    const sent = (connectionId: ConnectionId, model: string) => contextFor(path, { connectionId, model })[0]?.reasoning
    expect(sent(connectionA, 'm')).toEqual([{ text: 'hm', proof: 'p' }])
    // Two connections to one provider may be two organizations, and one refuses what the other sealed.
    expect([sent(connectionA, 'other'), sent(connectionB, 'm')]).toEqual([[], []])
  })

  it('leaves room for the prompt in the window of the model', () => {
    const model = { contextTokens: 200_000, maxOutputTokens: 64_000 }
    const prompt = (most: number) => ({ about: 1, most, counted: null })
    expect(outputLimit(model, prompt(1_000))).toBe(64_000)
    // 320,000 bytes: 80,000 tokens of English, 160,000 of the densest text.
    expect(outputLimit(model, prompt(320_000))).toBe(40_000)
    expect(outputLimit(model, prompt(500_000))).toBe(1_024)
    // A quarter of the window in English leaves a whole answer.
    expect(outputLimit({ ...model, contextTokens: 128_000, maxOutputTokens: 16_384 }, prompt(128_000))).toBe(16_384)
  })
})

describe('the size of a prompt', () => {
  it.each(['Hello there', 'Grüße', '漢字かな', '😀👩‍👩‍👧', '\ud800 alone', ''])('is at most its bytes (%j)', (text) => {
    const bytes = new TextEncoder().encode(text).length
    expect(promptSize([{ role: 'user', text, reasoning: [] }]).most).toBeGreaterThanOrEqual(bytes)
    expect(promptSize([{ role: 'user', text, reasoning: [] }]).most).toBeLessThanOrEqual(bytes + 100)
  })
})

describe('the day of a call', () => {
  it.each([
    ['2026-10-31T11:00:00Z', 840, '2026-10-31', '2026-11-01'],
    ['2026-11-01T05:00:00Z', -480, '2026-11-01', '2026-10-31'],
  ])('of %s with an offset of %i minutes is %s in UTC and %s locally', (instant, offset, utc, local) => {
    const at = Date.parse(instant)
    expect([utcDay(at), localDay(at, offset)]).toEqual([utc, local])
  })
})
