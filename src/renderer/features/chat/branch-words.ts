import type { Branch } from '../../../core/branches'

/** Which of its versions is shown: `2 of 3`. */
export function branchWords({ at, of }: Pick<Branch, 'at' | 'of'>): string {
  return `${at} of ${of}`
}

/** What an arrow does, or why it does nothing now. */
export function arrowTitle(name: string, running: boolean): string {
  return running ? `${name}: once this answer has ended` : name
}
