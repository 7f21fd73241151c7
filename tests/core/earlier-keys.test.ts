import { describe, expect, it } from 'vitest'
import type { MessagePart } from '../../src/core/conversation'
import { judgeKeys, withheldFrom, type KeyPlace, type Told } from '../../src/core/earlier-keys'
import { makeId, type ConnectionId, type Id, type IdKind } from '../../src/core/ids'
import { findSecrets } from '../../src/core/secret-guard'

// Bug: whether a key was sent somewhere before is decided by the name of a connection, by one message alone, or forgotten.

const KEY = 'sk-proj-Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'
const OTHER = 'sk-proj-Ab8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'

const idOf = <Kind extends IdKind>(kind: Kind, number: number): Id<Kind> =>
  makeId(kind, number.toString(16).padStart(32, '0'))
const A = { connectionId: idOf('connection', 1), origin: 'https://a.example' }
const B = { connectionId: idOf('connection', 2), origin: 'https://b.example' }
const text = (words: string): MessagePart[] => [{ type: 'text', text: words }]

interface Turn {
  readonly to: { readonly connectionId: ConnectionId; readonly origin: string }
  readonly question: string
  readonly answer: string
}

/** A conversation of these turns in a row, with where each went. */
function historyOf(turns: readonly Turn[], keptBack: readonly KeyPlace[] = [], fresh: string | null = null) {
  const path = turns.flatMap(({ to, question, answer }, index): Told[] => {
    const turnId = idOf('turn', index)
    const asked = {
      id: idOf('message', 2 * index),
      parentId: index === 0 ? null : idOf('message', 2 * index - 1),
      turnId,
      role: 'user' as const,
      parts: text(question),
      connectionId: null,
    }
    const { connectionId } = to
    const told = { ...asked, id: idOf('message', 2 * index + 1), parentId: asked.id, parts: text(answer) }
    return [asked, { ...told, role: 'assistant', connectionId }]
  })
  const origins = new Map(turns.map(({ to }, index) => [idOf('turn', index), to.origin]))
  const last = path.at(-1)
  return {
    path,
    all: path,
    fresh:
      fresh === null || last === undefined
        ? null
        : { ...last, id: idOf('message', 999), role: 'user' as const, parts: text(fresh), connectionId: null },
    originOf: (id: Id<'turn'>) => origins.get(id),
    keptBack,
    find: findSecrets,
  }
}

const unaskedOf =
  (...of: Parameters<typeof historyOf>) =>
  (to: typeof A) =>
    judgeKeys(historyOf(...of), to).unasked.map(({ messageId }) => Number.parseInt(messageId.slice(4), 16))

describe('a key in a history', () => {
  it('is known where it went, and to nobody else', () => {
    const unasked = unaskedOf([{ to: A, question: KEY, answer: 'Thanks.' }])
    expect(unasked(A)).toEqual([])
    expect(unasked(B)).toEqual([0])
  })

  it('is not known at another host of the same connection', () => {
    expect(unaskedOf([{ to: A, question: KEY, answer: `${KEY}!` }])({ ...A, origin: B.origin })).toEqual([0, 1])
  })

  it('is known wherever a turn over it went, with everything before', () => {
    const turns = [
      { to: A, question: KEY, answer: 'Thanks.' },
      { to: B, question: 'And?', answer: 'So.' },
    ]
    expect(unaskedOf(turns)(B)).toEqual([])
  })

  it('is the same key when another one repeats it', () => {
    const turns = [
      { to: A, question: KEY, answer: 'Thanks.' },
      { to: B, question: 'And?', answer: `You said ${KEY}.` },
    ]
    expect(unaskedOf(turns)(A)).toEqual([])
  })

  it('is unknown where only another one went', () => {
    const turns = [
      { to: A, question: KEY, answer: 'Thanks.' },
      { to: B, question: OTHER, answer: 'Thanks.' },
    ]
    expect(unaskedOf(turns)(A)).toEqual([2])
  })

  it('is known once it was sent by hand in a message of its own', () => {
    const turns = [{ to: A, question: KEY, answer: 'Thanks.' }]
    expect(unaskedOf(turns, [], `Again ${KEY}`)(B)).toEqual([])
  })

  it('of a turn that went nobody knows where is asked about', () => {
    const history = historyOf([{ to: A, question: KEY, answer: 'Thanks.' }])
    expect(judgeKeys({ ...history, originOf: () => undefined }, A).unasked).toHaveLength(1)
  })
})

describe('a key that is kept back', () => {
  const turns = [
    { to: A, question: `It is ${KEY}`, answer: 'Thanks.' },
    { to: B, question: 'And?', answer: 'So.' },
  ]
  const keptBack = [{ messageId: idOf('message', 0), ranges: [{ start: 6, end: 6 + KEY.length }] }]

  it('stays so, is not asked about, and is found by its letters once its shape tells nothing', () => {
    const history = { ...historyOf([...turns, { to: A, question: `So ${KEY}`, answer: '' }], keptBack), find: () => [] }
    const { unasked, withheld, alsoWithheld } = judgeKeys(history, B)
    expect([unasked, withheld]).toEqual([[], new Set([KEY])])
    // Where it is said again it is left out as well, and that is to be noted.
    expect(alsoWithheld.map(({ ranges }) => ranges)).toEqual([[{ start: 3, end: 3 + KEY.length }]])
  })

  it('is kept back no longer once it was sent all the same', () => {
    const sent = [...turns, { to: B, question: `Well, ${KEY}`, answer: 'Thanks.' }]
    expect(judgeKeys(historyOf(sent, keptBack), B)).toEqual({ unasked: [], withheld: new Set(), alsoWithheld: [] })
  })
})

describe('what is left of a message', () => {
  const thinking = (words: string): MessagePart => ({ type: 'reasoning', text: words, proof: 'proof' })

  it('has no key, and no thinking whose proof would not fit any more', () => {
    expect(withheldFrom([thinking('Hm.'), ...text(`It is ${KEY}.`)], new Set([KEY]))).toEqual(
      text('It is [key removed].'),
    )
    expect(withheldFrom([thinking(`They said ${KEY}.`), ...text('Fine.')], new Set([KEY]))).toEqual(text('Fine.'))
  })

  it('is all of it where there is nothing to keep back', () => {
    const parts = [thinking('Hm.'), ...text(OTHER)]
    expect(withheldFrom(parts, new Set([KEY]))).toBe(parts)
    expect(withheldFrom(parts, new Set())).toBe(parts)
  })
})
