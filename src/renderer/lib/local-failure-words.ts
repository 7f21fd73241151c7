import type { Failure } from '../../core/failure'
import type { FailureNames, FailureWords } from './failure-types'
import { providers } from './providers'

/** Whether the server runs on the user's own machine. */
export function isLocal({ id }: FailureNames): boolean {
  return id !== undefined && id !== null && providers[id].local
}

/** What to do about a server that does not answer. */
export function startAdvice({ provider }: FailureNames): string {
  return `Start ${provider}, then try again.`
}

/** What is told differently where the server is the user's own; null where it is told as of anybody else. */
export function localWords({ code }: Failure, names: FailureNames): FailureWords | null {
  if (!isLocal(names)) return null
  const { provider, host, model } = names
  switch (code) {
    case 'network':
      return {
        title: host === undefined || host === null ? `${provider} does not answer.` : `Nothing answers at ${host}.`,
        advice: `Your message is kept. ${startAdvice(names)}`,
        act: 'try-again',
        retry: true,
      }
    case 'timeout':
      return {
        title: `${provider} did not answer in time.`,
        advice: 'Your message is kept. The model may still be loading: try again in a moment.',
        act: 'try-again',
        retry: true,
      }
    case 'model_not_found':
      return {
        title: `${provider} does not have ${model}.`,
        advice: `Your message is kept. Load it in ${provider}, or choose another model and try again.`,
        act: 'choose-model',
        retry: true,
      }
    default:
      return null
  }
}
