import type { BackgroundView } from '../../../shared/ipc/views'

/** Something that may leave without being sent by hand. */
export interface BackgroundWords {
  readonly purpose: keyof BackgroundView
  readonly label: string
  /** What leaves, to whom, and what it costs. */
  readonly meaning: string
}

/** Paid ones first. */
export const BACKGROUND: readonly BackgroundWords[] = [
  {
    purpose: 'titles',
    label: 'AI titles',
    meaning:
      'The beginning of your first message goes to the cheapest model of the same connection. Paid: one short request per conversation, capped.',
  },
  {
    purpose: 'retries',
    label: 'Automatic retries',
    meaning:
      'A message that failed before its answer began goes to the same model again, twice at most. Paid like any message, and booked by itself.',
  },
  {
    purpose: 'keyChecks',
    label: 'Check a new key',
    meaning: 'A key that was just entered goes to its own provider, which is asked for its models. Free.',
  },
  {
    purpose: 'lateCosts',
    label: 'Look up final cost (OpenRouter)',
    meaning: 'The number of an answer that was stopped or cut off goes to OpenRouter, which says what it cost. Free.',
  },
]

/** What the switches come to: empty while any is on. */
export function backgroundSummary(background: BackgroundView): string {
  return BACKGROUND.some(({ purpose }) => background[purpose]) ? '' : 'Nothing leaves that you did not send.'
}
