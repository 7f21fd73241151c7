import type { Failure } from '../../core/failure'
import { formatTime } from './format'

/** The one act a failed answer offers first. */
export type FailureAct =
  | 'replace-key'
  | 'try-again'
  | 'open-billing'
  | 'open-limits'
  | 'new-conversation'
  | 'choose-model'
  | 'open-keys'

export interface FailureWords {
  /** What happened, in one sentence. */
  readonly title: string
  /** What to do. */
  readonly advice: string
  /** Null when the user can only change the message. */
  readonly act: FailureAct | null
  /** Whether asking again may be offered beside the first act. Never for money: it would only fail again. */
  readonly retry: boolean
}

/** The names a failure is told with. */
export interface FailureNames {
  readonly provider: string
  /** The label of the connection that was used. */
  readonly key: string
  readonly model: string
}

const MAYBE_BILLED = ' It may have been billed.'

/** Turns a failure into what happened, what to do and one first act. */
export function failureWords(failure: Failure, names: FailureNames): FailureWords {
  const words = wordsOf(failure, names)
  return failure.maybeBilled ? { ...words, advice: words.advice + MAYBE_BILLED } : words
}

function wordsOf(failure: Failure, { provider, key, model }: FailureNames): FailureWords {
  switch (failure.code) {
    case 'key_missing':
      return {
        title: `There is no key for “${key}”.`,
        advice: 'Your message is kept. After you enter a key it goes out again.',
        act: 'replace-key',
        retry: false,
      }
    case 'key_locked':
      return {
        title: `The key “${key}” cannot be opened now.`,
        advice: 'Unlock the keychain of this computer and try again, or enter the key again.',
        act: 'replace-key',
        retry: true,
      }
    case 'key_invalid':
      return {
        title: `${provider} did not accept the key “${key}”.`,
        advice: 'Your message is kept. After you replace the key it goes out again.',
        act: 'replace-key',
        retry: false,
      }
    case 'key_no_scope':
      return {
        title: `The key “${key}” may not do this at ${provider}.`,
        advice: `Your message is kept. Use a key that may send messages to ${model}.`,
        act: 'replace-key',
        retry: false,
      }
    case 'no_credit':
      return {
        title: `The key “${key}” has no credit left at ${provider}.`,
        advice: 'Your message is kept. Add credit there, or use a key that has some.',
        act: 'open-billing',
        retry: false,
      }
    case 'spend_limit':
      return {
        title: `The key “${key}” has reached its spend limit at ${provider}.`,
        advice: 'Your message is kept. Raise the limit there, or wait until it resets.',
        act: 'open-limits',
        retry: false,
      }
    case 'rate_limited':
      return {
        title: `${provider} asks for a pause between messages.`,
        advice:
          failure.retryAtMs === null
            ? 'Your message is kept. Try again in a minute.'
            : `Your message is kept. Try again after ${formatTime(failure.retryAtMs)}.`,
        act: 'try-again',
        retry: true,
      }
    case 'overloaded':
      return {
        title: `${provider} is too busy to answer now.`,
        advice: 'Your message is kept. Try again in a moment, or choose another model.',
        act: 'try-again',
        retry: true,
      }
    case 'context_too_long':
      return {
        title: `This conversation is longer than ${model} can read.`,
        advice: 'Begin a new conversation, or choose a model that reads more and try again.',
        act: 'new-conversation',
        retry: true,
      }
    case 'model_not_found':
      return {
        title: `${provider} does not offer ${model} to the key “${key}”.`,
        advice: 'Your message is kept. Choose another model and try again.',
        act: 'choose-model',
        retry: true,
      }
    case 'content_blocked':
      return {
        title: `${provider} declined to answer this message.`,
        advice: 'Word it differently and send it again.',
        act: null,
        retry: false,
      }
    case 'bad_request':
      return {
        title: `${provider} did not accept this request.`,
        advice: 'The details say what it objected to.',
        act: 'try-again',
        retry: true,
      }
    case 'redirected':
      return {
        title: `The address of “${key}” sends requests on to another one.`,
        advice: 'A key goes only to the host it was entered for, so nothing was sent on. Check the base URL.',
        act: 'open-keys',
        retry: true,
      }
    case 'network':
      return {
        title: `${provider} could not be reached.`,
        advice: 'Your message is kept. Check the network, then try again.',
        act: 'try-again',
        retry: true,
      }
    case 'timeout':
      return {
        title: `${provider} did not answer in time.`,
        advice: 'Your message is kept.',
        act: 'try-again',
        retry: true,
      }
    case 'server':
      return {
        title: `${provider} had an error of its own.`,
        advice: 'Your message is kept. Try again in a moment.',
        act: 'try-again',
        retry: true,
      }
    case 'protocol':
      return {
        title: `The answer of ${provider} could not be read.`,
        advice: `If “${key}” has its own base URL, check that it speaks this provider’s language.`,
        act: 'try-again',
        retry: true,
      }
    case 'internal':
      return {
        title: 'Something went wrong in Latchkey.',
        advice: 'Your message is kept.',
        act: 'try-again',
        retry: true,
      }
  }
}
