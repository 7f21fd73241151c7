import { PROVIDERS, type ProviderId } from '../../../core/provider'
import { TRASH_DAYS } from '../../../core/retention'
import type { DataView, DeletedEverythingView, PurgedView } from '../../../shared/ipc/data-views'
import { formatBytes, formatCounted } from '../../lib/format'

// What is kept and what went, in words. Nothing is counted that is not there.

const conversations = (count: number) => formatCounted(count, 'conversation', 'conversations')
const privateOnes = (count: number) => formatCounted(count, 'private conversation', 'private conversations')
const connectionsOf = (count: number) => formatCounted(count, 'connection', 'connections')
const keysOf = (count: number) => formatCounted(count, 'key', 'keys')
const callsOf = (count: number) => formatCounted(count, 'call', 'calls')
const copiesOf = (count: number) => formatCounted(count, 'copy', 'copies')
const deletedOnes = (count: number) => formatCounted(count, 'deleted conversation', 'deleted conversations')

const some = (count: number, words: string): readonly string[] => (count === 0 ? [] : [words])

/** `a`, `a and b`, `a, b and c` */
export function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** What is on this computer, a line each. */
export function dataFacts(data: DataView): readonly string[] {
  return [
    `${conversations(data.conversations)}, ${formatBytes(data.bytes)} in all`,
    ...some(data.privateConversations, `${privateOnes(data.privateConversations)}, in memory alone`),
    `${callsOf(data.calls)} in Spend`,
    `${connectionsOf(data.connections)} with ${keysOf(data.keys)}`,
    ...some(data.deleted, `${deletedOnes(data.deleted)}, kept for up to ${TRASH_DAYS} days`),
    ...some(data.held, `${conversations(data.held)} past ${data.held === 1 ? 'its' : 'their'} time: ${LEAPT}`),
    ...some(data.copies, `${copiesOf(data.copies)} of everything from before an update`),
  ]
}

const LEAPT = 'the clock of this computer has leapt, so they wait until it has been right for another day'

/** What removing the deleted takes away, a line each. */
export function purgeTakes(data: DataView): readonly string[] {
  return [
    ...some(data.deleted, deletedOnes(data.deleted)),
    ...some(
      data.copies,
      `${copiesOf(data.copies)} of everything from before an update, in which ${data.copies === 1 ? 'it' : 'they'} may be found`,
    ),
    'Every trace of what was deleted before',
  ]
}

/** What stays after it. */
export const PURGE_STAYS = 'Your other conversations stay, and what everything cost.'

/** What went, once it has. */
export function purgedWords(purged: PurgedView): string {
  const went = [
    ...some(purged.conversations, conversations(purged.conversations)),
    ...some(purged.copies, `${copiesOf(purged.copies)} from before an update`),
  ]
  const what = went.length === 0 ? 'No deleted conversation was left; its traces are gone.' : `Gone: ${joined(went)}.`
  const size = ` ${formatBytes(purged.bytesBefore)} on disk before, ${formatBytes(purged.bytesAfter)} now.`
  const held = purged.held === 0 ? '' : ` ${conversations(purged.held)} past ${HELD}.`
  return `${what}${size}${held}`
}

const HELD = 'their time still wait for the clock'

type Counts = Pick<DataView, 'conversations' | 'privateConversations' | 'deleted'>

function allOf(counts: Counts): string {
  return joined([
    conversations(counts.conversations),
    ...some(counts.privateConversations, privateOnes(counts.privateConversations)),
    ...some(counts.deleted, deletedOnes(counts.deleted)),
  ])
}

/** What deleting everything takes away, a line each. */
export function everythingTakes(data: DataView): readonly string[] {
  return [
    allOf(data),
    `Spend: what ${callsOf(data.calls)} cost, and your budgets and prices`,
    `${connectionsOf(data.connections)} with ${keysOf(data.keys)}`,
    'Settings, the network log, and every copy Latchkey made',
  ]
}

/** What is beyond deleting everything here. */
export const EVERYTHING_STAYS: readonly string[] = [
  'Keys stay valid at their providers until you revoke them there.',
  'Providers keep what was sent to them by rules of their own.',
  'Backups your system made of this computer.',
]

/** What was removed, a line each. */
export function removedFacts({ removed }: DeletedEverythingView): readonly string[] {
  return [
    allOf(removed),
    `${callsOf(removed.calls)} in Spend`,
    `${connectionsOf(removed.connections)} with ${keysOf(removed.keys)}`,
    `${formatBytes(removed.bytes)} on disk`,
  ]
}

/** A provider by name, as in a list. */
export function providerTitle(provider: ProviderId): string {
  return PROVIDERS[provider].name
}

/** Whether what was typed is what was asked for; the space around it does not count. */
export function confirms(typed: string, asked: string): boolean {
  return typed.trim() === asked
}

/** An address as it is read and typed: `platform.claude.com/settings/keys`. */
export function addressWords(page: string): string {
  return page.replace(/^https:\/\//, '').replace(/\/$/, '')
}
