import type { NetworkRowView } from '../../../shared/ipc/network-views'
import { formatBytes, formatCount } from '../../lib/format'

type Purpose = NetworkRowView['purpose']

const PURPOSES: Readonly<Record<Purpose, string>> = {
  answer: 'Answer',
  title: 'Title',
  models: 'List of models',
  generation: 'Final cost',
  key: 'Key limits',
  other: 'Other',
}

/** What a request was for. */
export function purposeWords(purpose: Purpose): string {
  return PURPOSES[purpose]
}

/** What can be looked for, by its words. */
export const PURPOSE_CHOICES = (['answer', 'title', 'models', 'generation', 'key'] as const).map((value) => ({
  value,
  label: PURPOSES[value],
}))

/** How requests ended that have no status, or whose answer did not end well. */
const OUTCOMES: Readonly<Record<string, string>> = {
  cancelled: 'Stopped',
  timeout: 'Timed out',
  network: 'Connection failed',
  redirected: 'Redirect refused',
  oversized: 'Too long',
  address: 'Address refused',
}

/** How a request ended: its status, and what went wrong after it. */
export function statusWords({ status, outcome }: Pick<NetworkRowView, 'status' | 'outcome'>): string {
  if (outcome === null) return 'No end seen'
  const wrong = Object.hasOwn(OUTCOMES, outcome) ? OUTCOMES[outcome] : outcome === 'done' ? undefined : outcome
  return [status, wrong].filter((part) => part !== null && part !== undefined).join(', ')
}

/** `812 B`, `3.4 KB`, `1.2 MB`; nothing where it is not known. */
export function byteWords(bytes: number | null): string {
  return bytes === null ? '' : formatBytes(bytes)
}

/** Whose request it was. */
export function keyWords(label: string | null): string {
  return label ?? 'Removed'
}

/** What is said once the log is on the clipboard. */
export function copiedWords(rowCount: number, format: 'csv' | 'json'): string {
  return `Copied ${formatCount(rowCount)} ${rowCount === 1 ? 'row' : 'rows'} as ${format.toUpperCase()}.`
}
