import type { RequestError } from '../../../shared/ipc/transport'

export type KeyFormField = 'key' | 'label' | 'baseUrl'

/** The field a refusal is told under. What belongs to none of them is told where the eye is: under the key. */
export function fieldOf(error: RequestError): KeyFormField {
  if (error.code === 'base_url_invalid' || error.code === 'base_url_not_local') return 'baseUrl'
  if (error.code === 'bad_request' && (error.field === 'label' || error.field === 'baseUrl')) return error.field
  return 'key'
}
