import { TRASH_DAYS } from '../../../core/retention'
import type { DeletedView } from '../../../shared/ipc/data-views'
import { formatCount, formatCounted, formatDay } from '../../lib/format'

// What was deleted and can be had back, in words.

/** What happens to all of them. */
export const DELETED_ABOUT = `A deleted conversation waits here for ${TRASH_DAYS} days, or less where it was to be kept for less. Then it is gone from this computer; what it cost stays in Spend.`

/** `Deleted yesterday · 29 days left` */
export function deletedWords({ deletedMs, goes, isPrivate }: DeletedView, nowMs: number): string {
  const facts = [`Deleted ${formatDay(deletedMs, nowMs)}`, leftWords(goes)]
  return [...(isPrivate ? ['Private'] : []), ...facts].join(' · ')
}

function leftWords(goes: DeletedView['goes']): string {
  switch (goes.when) {
    case 'at_quit':
      return 'gone when Latchkey quits'
    case 'held':
      return 'past its time, and waits until the clock of this computer has been right for another day'
    case 'in_days':
      return goes.days === 0 ? 'gone within a day' : `${formatCounted(goes.days, 'day', 'days')} left`
  }
}

/** How many there are; and that not all of them are shown, where that is so. */
export function deletedCountWords(listed: number, total: number): string {
  const all = formatCounted(total, 'deleted conversation', 'deleted conversations')
  return listed === total ? all : `${all}; the ${formatCount(listed)} deleted last are shown`
}
