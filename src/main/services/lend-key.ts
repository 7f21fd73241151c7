import { PROVIDERS } from '../../core/provider'
import type { Connection } from '../storage/connections'
import type { Vault } from '../vault/vault'
import { originOf } from './base-url'

/** What one request over a connection may use. */
export type LentKey =
  | { readonly ok: true; readonly key: string | null }
  | { readonly ok: false; readonly code: 'key_missing' | 'key_locked' }

/** The key of this connection for one request, or none where its provider asks for none. */
export async function lendKey(vault: Vault, { provider, baseUrl, keyId }: Connection): Promise<LentKey> {
  if (keyId !== null) return vault.lend({ provider, origin: originOf(baseUrl), keyId })
  return PROVIDERS[provider].key === 'optional' ? { ok: true, key: null } : { ok: false, code: 'key_missing' }
}
