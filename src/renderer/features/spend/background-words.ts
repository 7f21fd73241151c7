import type { BackgroundView } from '../../../shared/ipc/views'

/** What left by itself, by what it was for, and the switch that would have kept it here. */
export interface BackgroundWords {
  readonly name: string
  /** Null where there is no switch of its own. */
  readonly setting: keyof BackgroundView | null
}

const GROUPS: Readonly<Record<string, BackgroundWords>> = {
  title: { name: 'Titles', setting: 'titles' },
  retry: { name: 'Automatic retries', setting: 'retries' },
  key_check: { name: 'Key checks', setting: 'keyChecks' },
  summary: { name: 'Summaries', setting: null },
  estimate: { name: 'Estimates', setting: null },
}

/** The words for a group of background calls, by its purpose or `retry`. */
export function backgroundWords(key: string): BackgroundWords {
  // A purpose of a newer version has no words yet.
  return (Object.hasOwn(GROUPS, key) ? GROUPS[key] : undefined) ?? { name: 'Other', setting: null }
}
