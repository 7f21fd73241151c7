import { PROVIDERS } from '../../core/provider'
import type { ConnectionView } from '../../shared/ipc/views'

/** Whether a message can go out on a connection: it has a key, or its provider does without. */
export function isUsable({ key, provider }: Pick<ConnectionView, 'key' | 'provider'>): boolean {
  return key.state !== 'none' || PROVIDERS[provider].key === 'optional'
}
