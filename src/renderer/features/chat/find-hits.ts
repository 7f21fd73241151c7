import { textOf } from '../../../core/conversation'
import type { MessageId } from '../../../core/ids'
import type { MessageView } from '../../../shared/ipc/views'
import { findAll, fold } from '../../lib/find-text'
import { formatCount } from '../../lib/format'
import { lettersOf, mayShow, shownText } from '../../markdown/shown-text'

/** A hit: which one of a message. */
export interface Hit {
  readonly messageId: MessageId
  /** From 0. */
  readonly nth: number
}

/** How often each message holds what is looked for, in their order. */
export type Counts = readonly { readonly id: MessageId; readonly count: number }[]

/**
 * Counts in the words of messages as they are shown: the user's own, and answers with their code and tables. Not in
 * thinking, which is folded, nor in formulas. An answer that runs has nothing to be found until it has ended.
 */
export function createCounter() {
  const words = new WeakMap<MessageView['parts'], string>()
  const sources = new WeakMap<MessageView['parts'], string>()
  let needle = ''
  let letters: RegExp | null = null
  let counted = new WeakMap<MessageView['parts'], number>()

  /** Reading an answer takes a hundred times as long as looking at what is written in it. */
  function mayHold({ parts }: MessageView): boolean {
    const known = sources.get(parts)
    const source = known ?? fold(textOf(parts)).text
    if (known === undefined) sources.set(parts, source)
    return mayShow(source, letters)
  }

  function wordsOf({ parts, role }: MessageView): string {
    const known = words.get(parts)
    if (known !== undefined) return known
    const text = textOf(parts)
    const folded = fold(role === 'user' ? text : shownText(text)).text
    words.set(parts, folded)
    return folded
  }

  return {
    /** Looks for something from now on. */
    lookFor(next: string): void {
      if (next === needle) return
      needle = next
      letters = lettersOf(next)
      counted = new WeakMap()
    },
    /** How many are in a message. */
    countIn(message: MessageView): number {
      if (needle === '' || message.state === 'streaming') return 0
      const known = counted.get(message.parts)
      if (known !== undefined) return known
      const isToBeRead = message.role === 'user' || words.has(message.parts) || mayHold(message)
      const count = isToBeRead ? findAll(wordsOf(message), needle).length : 0
      counted.set(message.parts, count)
      return count
    },
    /** How many are known to be in it, without any work. */
    known: ({ parts }: MessageView): number => counted.get(parts) ?? 0,
  }
}

export function totalOf(counts: Counts): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}

/** The number of a hit among all, from 1; null where it is no more. */
export function numberOf(counts: Counts, hit: Hit): number | null {
  let before = 0
  for (const { id, count } of counts) {
    if (id === hit.messageId) return hit.nth < count ? before + hit.nth + 1 : null
    before += count
  }
  return null
}

function hitAt(counts: Counts, number: number): Hit | null {
  let before = 0
  for (const { id, count } of counts) {
    if (number <= before + count) return { messageId: id, nth: number - before - 1 }
    before += count
  }
  return null
}

/** The hit `step` after this one, round and round. */
export function hitAfter(counts: Counts, hit: Hit, step: 1 | -1): Hit | null {
  const total = totalOf(counts)
  const number = numberOf(counts, hit)
  if (total === 0) return null
  if (number === null) return nearestHit(counts, hit.messageId)
  return hitAt(counts, ((number - 1 + step + total) % total) + 1)
}

/** The first hit in this message or after it, or else the last before it. */
export function nearestHit(counts: Counts, from: MessageId | null): Hit | null {
  const start = Math.max(
    0,
    counts.findIndex(({ id }) => id === from),
  )
  const after = counts.slice(start).find(({ count }) => count > 0)
  if (after !== undefined) return { messageId: after.id, nth: 0 }
  const before = counts.slice(0, start).findLast(({ count }) => count > 0)
  return before === undefined ? null : { messageId: before.id, nth: before.count - 1 }
}

/** How far it has come: `3 of 12`. */
export function findWords(counts: Counts, hit: Hit | null, state: 'going' | 'failed' | 'done'): string {
  const total = totalOf(counts)
  const number = hit === null ? null : numberOf(counts, hit)
  const count = formatCount(total)
  if (state === 'failed') return `${count} in what could be loaded`
  if (state === 'going') return total === 0 ? 'Searching …' : `${count} so far …`
  if (total === 0) return 'No matches'
  return number === null ? count : `${formatCount(number)} of ${count}`
}
