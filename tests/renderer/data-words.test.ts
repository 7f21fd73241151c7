import { expect, it } from 'vitest'
import {
  addressWords,
  confirms,
  dataFacts,
  everythingTakes,
  joined,
  purgedWords,
  purgeTakes,
  removedFacts,
} from '../../src/renderer/features/data/data-words'
import type { DataView } from '../../src/shared/ipc/data-views'

const data = (over: Partial<DataView> = {}): DataView => ({
  conversations: 12,
  privateConversations: 0,
  deleted: 0,
  held: 0,
  copies: 0,
  calls: 340,
  connections: 3,
  keys: 1,
  bytes: 4_200_000,
  ...over,
})

it('what is there is counted, and what is not there is not named', () => {
  expect(dataFacts(data())).toEqual([
    '12 conversations, 4.2 MB in all',
    '340 calls in Spend',
    '3 connections with 1 key',
  ])
  const all = dataFacts(data({ privateConversations: 1, deleted: 2, held: 1, copies: 1 })).join('\n')
  expect(all).toContain('1 private conversation, in memory alone')
  expect(all).toContain('2 deleted conversations, kept for up to 30 days')
  expect(all).toContain('1 conversation past its time: the clock of this computer has leapt')
  expect(all).toContain('1 copy of everything from before an update')
})

it('removing says exactly what goes: no more than there is, and copies too', () => {
  expect(purgeTakes(data())).toEqual(['Every trace of what was deleted before'])
  expect(purgeTakes(data({ deleted: 3, copies: 2 }))).toEqual([
    '3 deleted conversations',
    '2 copies of everything from before an update, in which they may be found',
    'Every trace of what was deleted before',
  ])
})

it('what went is said with the size of the disk before and after', () => {
  const purged = { conversations: 3, copies: 1, held: 0, bytesBefore: 4_200_000, bytesAfter: 3_100_000 }
  expect(purgedWords(purged)).toBe(
    'Gone: 3 conversations and 1 copy from before an update. 4.2 MB on disk before, 3.1 MB now.',
  )
  expect(purgedWords({ ...purged, conversations: 0, copies: 0 })).toMatch(/^No deleted conversation was left/)
  // What still waits for the clock is not passed over.
  expect(purgedWords({ ...purged, held: 2 })).toMatch(/2 conversations past their time still wait for the clock\.$/)
})

it('deleting everything names spend and private conversations among what goes', () => {
  const words = everythingTakes(data({ privateConversations: 2 })).join('\n')
  expect(words).toContain('12 conversations and 2 private conversations')
  expect(words).toContain('Spend: what 340 calls cost')
  expect(words).toContain('3 connections with 1 key')
})

it('the page after says what was removed from the answer alone', () => {
  const removed = {
    conversations: 1,
    privateConversations: 0,
    deleted: 2,
    calls: 1,
    connections: 1,
    keys: 0,
    bytes: 900,
  }
  expect(removedFacts({ removed, filesLeft: [], keysAt: [], sentTo: [], keychainEntry: null })).toEqual([
    '1 conversation and 2 deleted conversations',
    '1 call in Spend',
    '1 connection with 0 keys',
    '900 B on disk',
  ])
})

it('only exactly what is asked for confirms', () => {
  expect(confirms(' delete everything ', 'delete everything')).toBe(true)
  for (const typed of ['', 'delete', 'Delete everything', 'delete everything!']) {
    expect(confirms(typed, 'delete everything')).toBe(false)
  }
})

it('a list reads as a sentence, an address as it is typed', () => {
  expect([joined([]), joined(['a']), joined(['a', 'b']), joined(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ])
  expect(addressWords('https://platform.claude.com/settings/keys')).toBe('platform.claude.com/settings/keys')
  expect(addressWords('https://privacy.claude.com/')).toBe('privacy.claude.com')
})
