import type { ConversationSummary } from '../../../shared/ipc/views'
import { daysAgo, formatMonthOf } from '../../lib/format'

export interface DateGroup {
  readonly label: string
  readonly conversations: readonly ConversationSummary[]
}

/** Groups conversations by the local day they were last used, newest first. */
export function groupByDate(conversations: readonly ConversationSummary[], nowMs: number): readonly DateGroup[] {
  const groups = new Map<string, ConversationSummary[]>()
  for (const conversation of conversations.toSorted((a, b) => b.updatedMs - a.updatedMs)) {
    const label = labelOf(conversation.updatedMs, nowMs)
    groups.set(label, [...(groups.get(label) ?? []), conversation])
  }
  return [...groups].map(([label, members]) => ({ label, conversations: members }))
}

function labelOf(atMs: number, nowMs: number): string {
  const days = daysAgo(atMs, nowMs)
  // A clock that was set back leaves conversations of tomorrow; they belong with the newest.
  if (days <= 0) return 'Today'
  if (days === 1) return 'Yesterday'
  if (days <= 7) return 'Previous 7 days'
  if (days <= 30) return 'Previous 30 days'
  return formatMonthOf(atMs)
}
