import type { Failure } from '../../../core/failure'
import type { Result } from '../../../shared/ipc/transport'
import type { CheckView, ConnectionView } from '../../../shared/ipc/views'
import { failureWords, type FailureNames } from '../../lib/failure-words'
import { formatCounted } from '../../lib/format'
import { isLocal, startAdvice } from '../../lib/local-failure-words'
import { providers } from '../../lib/providers'
import { requestWords } from '../../lib/request-words'

/** What came of a check, in a sentence or two: `Works. 11 models available. Nothing was charged.` */
export function checkWords(result: Result<CheckView>, connection: ConnectionView): string {
  if (!result.ok) return requestWords(result.error)
  const check = result.value
  if (!check.ok) return checkFailureWords(check.failure, namesOf(connection))
  if (check.modelCount === 0) return `Answers, but offers no models yet. ${noModelsAdvice(connection)}`
  const works = `Works. ${formatCounted(check.modelCount, 'model', 'models')} available.`
  return providers[connection.provider].local ? works : `${works} Nothing was charged.`
}

/** What connecting a server came to: `Found 3 models.` */
export function connectWords(check: CheckView, connection: ConnectionView): string {
  if (!check.ok) return checkFailureWords(check.failure, namesOf(connection))
  if (check.modelCount === 0) return `Connected, but it offers no models yet. ${noModelsAdvice(connection)}`
  return `Found ${formatCounted(check.modelCount, 'model', 'models')}.`
}

function noModelsAdvice({ provider }: ConnectionView): string {
  const { local, name } = providers[provider]
  return local ? `Load one in ${name}, then check again.` : 'Check its base URL and what the key may use.'
}

function namesOf({ provider, label, host }: ConnectionView): FailureNames {
  return { provider: providers[provider].name, id: provider, key: label, model: 'this model', host }
}

/** Why a check of a connection failed, in a sentence or two: there is no message that waits for it. */
export function checkFailureWords(failure: Failure, names: FailureNames): string {
  const { title, advice } = failureWords(failure, names)
  const local = isLocal(names)
  if (failure.code === 'network' && local) return `${title} ${startAdvice(names)}`
  if (failure.code === 'network') return `${title} Check the network and the base URL, then try again.`
  if (failure.code === 'redirected' || failure.code === 'address_refused') return `${title} ${advice}`
  // The request names no model: it is the address of the list that is not there.
  if (failure.code === 'model_not_found') return `${names.host ?? names.provider} lists no models. Check the base URL.`
  return title
}
