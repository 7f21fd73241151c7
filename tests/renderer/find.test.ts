import { describe, expect, it } from 'vitest'
import {
  createCounter,
  findWords,
  hitAfter,
  nearestHit,
  numberOf,
  totalOf,
  type Hit,
} from '../../src/renderer/features/chat/find-hits'
import { findAll, fold, needleOf, placeOfHit } from '../../src/renderer/lib/find-text'
import { createFlow } from '../../src/renderer/markdown/flow'
import { answer, idOf, question } from './views'

const hitsIn = (text: string, query: string): string[] => {
  const folded = fold(text)
  const needle = needleOf(query)
  return findAll(folded.text, needle).map((at) => text.slice(...placeOfHit(folded, at, needle.length)))
}

describe('comparing', () => {
  it.each([
    ['case', 'Index INDEX index', 'inDex', ['Index', 'INDEX', 'index']],
    ['accents, written either way', 'café cafe\u0301 CAFÉ', 'cafe', ['café', 'cafe\u0301', 'CAFÉ']],
    ['an accent that was asked for', 'cafe', 'café', ['cafe']],
    ['signs that grow when they are small', 'İstanbul ist', 'ist', ['İst', 'ist']],
    ['signs outside the first plane', 'a😀b 😀', '😀', ['😀', '😀']],
    ['Chinese without spaces', '漢字かな漢字', '漢字', ['漢字', '漢字']],
    // Bug: half a Korean syllable, or a Japanese one with another sound, taken for the same.
    ['whole syllables', '한하 がか', '하', ['하']],
    ['voiced syllables', 'がか', 'か', ['か']],
    ['Arabic', 'مرحبا بالعالم', 'بالعالم', ['بالعالم']],
    ['one after the other', 'aaaa', 'aa', ['aa', 'aa']],
    ['spaces as one', 'one two', 'one  two', ['one two']],
    ['nothing', 'one two', '  ', []],
  ])('knows %s', (_, text, query, hits) => {
    expect(hitsIn(text, query)).toEqual(hits)
  })

  it('knows of each character of a text where it lies in the page', () => {
    const flow = createFlow<string>()
    flow.add('  one\n ', false, 'a')
    flow.add(' two', false, 'b')
    flow.edge()
    flow.add('x  y', true, 'c')
    expect(flow.text()).toBe('one two\nx  y')
    const places = Array.from({ length: 12 }, (_, index) => flow.placeOf(index))
    expect(places[0]).toEqual({ source: 'a', offset: 2 })
    expect(places[3]).toEqual({ source: 'a', offset: 5 })
    expect(places[4]).toEqual({ source: 'b', offset: 1 })
    expect(places[11]).toEqual({ source: 'c', offset: 3 })
  })
})

describe('counting', () => {
  const messages = [
    question(1, 'Which **index**? The index\nof indexes.'),
    answer(
      1,
      'An in**dex** and `index`:\n\n```sql\ncreate index a\n```\n\n| index | b |\n|-|-|\n| 1 | [index](https://index.org) |',
      {},
    ),
    question(2, 'Nothing here'),
    answer(2, '', { state: 'streaming', parts: [{ type: 'text', text: 'index' }] }),
    answer(3, '', {
      state: 'complete',
      parts: [
        { type: 'reasoning', text: 'index', proof: null },
        { type: 'text', text: 'The index.' },
      ],
    }),
  ]
  const count = (query: string) => {
    const counter = createCounter()
    counter.lookFor(needleOf(query))
    return messages.map((message) => ({ id: message.id, count: counter.countIn(message) }))
  }

  it('is of what is shown: code, tables and words of links, not addresses, thinking or what still runs', () => {
    expect(count('index').map((each) => each.count)).toEqual([3, 5, 0, 0, 1])
    // The user's own words are shown as they were written.
    expect(count('**index**').map((each) => each.count)).toEqual([1, 0, 0, 0, 0])
  })

  it('goes from hit to hit and round', () => {
    const counts = count('index')
    expect(totalOf(counts)).toBe(9)
    let hit: Hit | null = nearestHit(counts, idOf('message', 20))
    expect(hit).toEqual({ messageId: idOf('message', 31), nth: 0 })
    const seen: (number | null)[] = []
    for (let step = 0; step < 10 && hit !== null; step += 1) {
      seen.push(numberOf(counts, hit))
      hit = hitAfter(counts, hit, 1)
    }
    expect(seen).toEqual([9, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(numberOf(counts, hitAfter(counts, { messageId: idOf('message', 10), nth: 0 }, -1) as Hit)).toBe(9)
    expect(hitAfter([], { messageId: idOf('message', 10), nth: 0 }, 1)).toBeNull()
  })

  it('says how far it has come', () => {
    const counts = count('index')
    const hit = { messageId: idOf('message', 11), nth: 1 }
    expect(findWords(counts, hit, 'done')).toBe('5 of 9')
    expect(findWords(counts, hit, 'going')).toBe('9 so far …')
    expect(findWords([], null, 'done')).toBe('No matches')
    expect(findWords([], null, 'going')).toBe('Searching …')
    expect(findWords(counts, hit, 'failed')).toBe('9 in what could be loaded')
  })

  it('counts an answer once it has ended', () => {
    const counter = createCounter()
    counter.lookFor('index')
    const running = answer(4, '', { state: 'streaming', parts: [{ type: 'text', text: 'index' }] })
    expect(counter.countIn(running)).toBe(0)
    expect(counter.countIn({ ...running, state: 'complete' })).toBe(1)
  })
})
