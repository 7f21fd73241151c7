import type { Failure } from '../../../core/failure'
import { MOST_ATTEMPTS } from '../../../core/retry'
import type { WaitingView } from '../../../shared/ipc/views'

/** The names a pause is told with. */
export interface WaitingNames {
  readonly provider: string
  readonly model: string
}

/** Why an answer waits, and how long still: `Claude is busy. Trying again in 14 s (2 of 3)`. */
export function waitingWords({ untilMs, attempt, failure }: WaitingView, names: WaitingNames, nowMs: number): string {
  return `${whyWords(failure, names)} Trying again ${inWords(untilMs - nowMs)} (${attempt} of ${MOST_ATTEMPTS})`
}

/** The same as it is read aloud, once. */
export function spokenWaitingWords(
  { untilMs, attempt, failure }: WaitingView,
  names: WaitingNames,
  nowMs: number,
): string {
  const seconds = secondsOf(untilMs - nowMs)
  const when = seconds === 0 ? 'now' : `in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
  return `${whyWords(failure, names)} Trying again ${when}, attempt ${attempt} of ${MOST_ATTEMPTS}`
}

function whyWords({ code }: Failure, { provider, model }: WaitingNames): string {
  switch (code) {
    case 'rate_limited':
      return `${provider} asks for a pause.`
    case 'overloaded':
      return `${model} is busy.`
    case 'network':
      return `${provider} could not be reached.`
    case 'timeout':
      return `${provider} did not answer in time.`
    case 'server':
      return `${provider} had an error of its own.`
    default:
      return `${provider} did not answer.`
  }
}

function inWords(ms: number): string {
  const seconds = secondsOf(ms)
  if (seconds === 0) return 'now'
  return seconds < 60 ? `in ${seconds} s` : `in ${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** Whole seconds that are left; one that has begun counts. */
function secondsOf(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000))
}
