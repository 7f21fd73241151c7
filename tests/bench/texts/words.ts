import type { Random } from './random'

const COMMON =
  'the a of to in is that it for as with on by at from be this are or which one when each can not more than so only has will its before after while then first last many most where how between without through over under'.split(
    ' ',
  )
const NOUNS =
  'query index table row page cache request answer token budget price ledger stream block message window frame key worker thread queue event sum column plan cost limit file disk memory buffer signal timer window reader writer lock pool batch shard schema field value result error retry model prompt'.split(
    ' ',
  )
const VERBS =
  'reads writes keeps drops holds moves grows waits returns asks counts sorts joins splits opens closes flushes measures compares bounds repeats ends begins needs takes gives shows hides checks fills clears'.split(
    ' ',
  )
const ONSETS = 'b c d f g h l m n p r s t v br cl dr gr pl st tr'.split(' ')
const VOWELS = 'a e i o u ai ea ou'.split(' ')
const CODAS = ['', 'n', 'r', 's', 't', 'l', 'nd', 'st', 'ck', 'rm']

/** A word: mostly a frequent one, at times a rare one that was never seen before. */
export function wordOf(random: Random): string {
  const kind = random.below(20)
  if (kind < 9) return random.of(COMMON)
  if (kind < 14) return random.of(NOUNS)
  if (kind < 17) return random.of(VERBS)
  return rareWord(random)
}

/** A name as in code. */
export function nameOf(random: Random): string {
  return random.below(2) === 0 ? random.of(NOUNS) : rareWord(random)
}

/** So many words, the first with a capital. */
export function wordsOf(random: Random, count: number): string {
  const text = Array.from({ length: count }, () => wordOf(random)).join(' ')
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function rareWord(random: Random): string {
  return Array.from(
    { length: 2 + random.below(2) },
    () => random.of(ONSETS) + random.of(VOWELS) + random.of(CODAS),
  ).join('')
}
