import type { Failure } from '../../core/failure'
import type { FailureAct, FailureNames, FailureWords } from './failure-types'
import { formatTime } from './format'
import { isLocal, localWords } from './local-failure-words'
import { providers } from './providers'

export type { FailureAct, FailureNames, FailureWords }

const MAYBE_BILLED = ' It may have been billed.'

/** Turns a failure into what happened, what to do and one first act. */
export function failureWords(failure: Failure, names: FailureNames): FailureWords {
  const words = localWords(failure, names) ?? wordsOf(failure, callable(names))
  // What runs on one's own machine bills nothing.
  return failure.maybeBilled && !isLocal(names) ? { ...words, advice: words.advice + MAYBE_BILLED } : words
}

/** A server without a name of its own is told by its label. */
function callable(names: FailureNames): FailureNames {
  return names.id === 'compatible' ? { ...names, provider: `The server of “${names.key}”` } : names
}

function wordsOf(failure: Failure, { provider, key, model, id }: FailureNames): FailureWords {
  const pages = id === undefined || id === null ? null : providers[id]
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
        advice: 'Unlock it on the Keys page and try again, or enter the key again.',
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
        act: pages?.billingPage === null ? null : 'open-billing',
        retry: false,
      }
    case 'spend_limit':
      return {
        title: `The key “${key}” has reached its spend limit at ${provider}.`,
        advice: 'Your message is kept. Raise the limit there, or wait until it resets.',
        act: pages?.limitsPage === null ? null : 'open-limits',
        retry: false,
      }
    case 'budget_limit':
      return {
        title: 'A budget of yours stopped another attempt.',
        advice: 'Your message is kept. Trying again says which budget, and lets you send once anyway or raise it.',
        act: 'try-again',
        retry: true,
      }
    case 'loop_limit':
      return {
        title: 'So many requests left within minutes that this one was not repeated by itself.',
        advice: 'Your message is kept. Trying again says how many, and asks you first.',
        act: 'try-again',
        retry: true,
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
    case 'data_policy':
      return {
        title: `Nobody who offers ${model} at ${provider} promises not to collect what you write.`,
        advice: 'Your message is kept, and was passed on to nobody. Choose another model and try again.',
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
    case 'address_refused':
      return {
        title: `The address of “${key}” leads where no key is sent.`,
        advice:
          'Nothing was sent. Check the base URL: a name for a private network works with “Compatible endpoint” alone, and this computer only by 127.0.0.1 or localhost.',
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
