import { MOST_RETENTION_DAYS, type Retention } from '../../core/retention'
import type { DeletionView, RetentionPreviewView } from '../../shared/ipc/data-views'
import { daysAgo, formatCount, formatCounted, formatDay } from './format'

/** How long something is kept, while it is being chosen; `general` is as long as everything. */
export type RetentionKind = 'general' | 'forever' | 'days' | 'until_quit'

/** A choice as it stands in its fields: days as they were typed. */
export interface RetentionFields {
  readonly kind: RetentionKind
  readonly days: string
}

/** What was chosen, null for as long as everything; or what is wrong with the number of days. */
export type ReadRetention = { readonly retention: Retention | null } | { readonly error: string }

const PRESET_DAYS = 30

/** The fields of what is kept now. */
export function fieldsOf(retention: Retention | null): RetentionFields {
  if (retention === null) return { kind: 'general', days: String(PRESET_DAYS) }
  if (typeof retention === 'string') return { kind: retention, days: String(PRESET_DAYS) }
  return { kind: 'days', days: String(retention.days) }
}

/** Reads the fields; a number of days is a whole one. */
export function readRetention({ kind, days }: RetentionFields): ReadRetention {
  if (kind === 'general') return { retention: null }
  if (kind !== 'days') return { retention: kind }
  const text = days.trim()
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return number >= 1 && number <= MOST_RETENTION_DAYS
    ? { retention: { days: number } }
    : { error: `Write a whole number of days, from 1 to ${formatCount(MOST_RETENTION_DAYS)}.` }
}

/** Whether both keep equally long. */
export function sameRetention(a: Retention | null, b: Retention | null): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return a === b
  return a.days === b.days
}

/** `for ever`, `for 30 days`, `until Latchkey quits` */
export function keptWords(retention: Retention): string {
  if (retention === 'forever') return 'for ever'
  if (retention === 'until_quit') return 'until Latchkey quits'
  return `for ${formatCounted(retention.days, 'day', 'days')}`
}

/** When a conversation will be gone, in one sentence. */
export function deletionWords(deletion: DeletionView, nowMs: number): string {
  switch (deletion.when) {
    case 'never':
      return 'Stays until you delete it.'
    case 'at_quit':
      return 'Deleted when Latchkey quits.'
    case 'at':
      return deletion.held ? HELD : `Deleted ${aboutDay(deletion.atMs, nowMs)}, unless it goes on.`
  }
}

const HELD =
  'Past its time, and still here because the clock of this computer has leapt. It goes by itself once the clock has been right for another day.'

function aboutDay(atMs: number, nowMs: number): string {
  const days = daysAgo(atMs, nowMs)
  if (days >= 0) return 'within a day'
  return days === -1 ? 'about tomorrow' : `about ${formatDay(atMs, nowMs)}`
}

/** Whether a conversation that was last used then is past the time that is chosen for it. */
export function isPast(retention: Retention | null, usedMs: number, nowMs: number): boolean {
  return retention !== null && typeof retention !== 'string' && nowMs - usedMs > retention.days * DAY_MS
}

const DAY_MS = 86_400_000

/** What a general retention would delete, said before it is set. */
export function previewWords(retention: Retention, preview: RetentionPreviewView): string {
  const { conversations: all, deletedNow, deletedAtQuit, fromTrash, held } = preview
  if (retention === 'forever') return 'Nothing is deleted by itself.'
  const shown = deletedNow > 0 ? deletedNow : deletedAtQuit
  const when = retention === 'until_quit' ? 'when Latchkey quits' : 'at once'
  const waits = held === 0 ? '' : ` ${held === 1 ? 'One waits' : `${formatCount(held)} wait`}: ${CLOCK_LEAPT}`
  if (shown > 0) {
    const also = fromTrash === 0 ? '' : `, and ${deletedOnes(fromTrash)} for good`
    return `This deletes ${counted(shown, all)} ${when}${also}. ${notBack(shown + fromTrash)}${waits}`
  }
  if (fromTrash > 0) return `This removes ${deletedOnes(fromTrash)} for good ${when}. ${notBack(fromTrash)}${waits}`
  return all === 0 ? 'There is no conversation yet that this would delete.' : `This deletes nothing now.${waits}`
}

const CLOCK_LEAPT = 'the clock of this computer has leapt, and must be seen to be right on another day first.'

function conversations(count: number): string {
  return formatCounted(count, 'conversation', 'conversations')
}

function deletedOnes(count: number): string {
  return formatCounted(count, 'deleted conversation', 'deleted conversations')
}

function notBack(count: number): string {
  return count === 1
    ? 'It cannot be brought back; what it cost stays in Spend.'
    : 'They cannot be brought back; what they cost stays in Spend.'
}

function counted(some: number, all: number): string {
  if (some === all) return all === 1 ? 'your only conversation' : `all ${formatCount(all)} conversations`
  return `${formatCount(some)} of ${formatCount(all)} conversations`
}

/** The question before something is deleted by it, and the word on its button; null where nothing would go. */
export function confirmWords(preview: RetentionPreviewView): { readonly title: string; readonly act: string } | null {
  const { deletedNow, deletedAtQuit, fromTrash } = preview
  if (deletedNow > 0)
    return { title: `Delete ${conversations(deletedNow)} now?`, act: `Delete ${conversations(deletedNow)}` }
  if (deletedAtQuit > 0) return { title: `Delete ${conversations(deletedAtQuit)} at quit?`, act: 'Delete at quit' }
  if (fromTrash > 0) return { title: `Remove ${deletedOnes(fromTrash)} for good?`, act: 'Remove for good' }
  return null
}
