import type { ConnectionId } from '../../core/ids'
import type { ModelInfo } from '../../core/model'
import { PROVIDERS } from '../../core/provider'
import type { Result } from '../../shared/ipc/transport'
import type { Connection } from '../storage/connections'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import type { ModelService } from './model-service'
import { done, refused } from './result'

/** Who is to answer. */
export interface Target {
  readonly connection: Connection
  readonly model: ModelInfo
  /** The model as the user chose it, an alias perhaps; sent verbatim. */
  readonly modelId: string
}

interface Needs {
  readonly storage: Storage
  readonly models: ModelService
}

/** Who is to answer, or why nobody can. Never anyone but whom the user chose. */
export function findTarget(
  { storage, models }: Needs,
  connectionId: ConnectionId | null,
  modelId: string | null,
): Result<Target> {
  const connection = connectionId === null ? undefined : storage.connections.get(connectionId)
  if (connection === undefined) return refused('not_found', 'connectionId')
  const model = modelId === null ? undefined : models.find(connection, modelId)
  if (modelId === null || model === undefined) return refused('model_unknown', 'model')
  return done({ connection, model, modelId })
}

/** The same, for sending: with the key it needs, and no lock before it. */
export function sendableTarget(
  needs: Needs & { readonly vault: Pick<Vault, 'passphrase'> },
  connectionId: ConnectionId | null,
  modelId: string | null,
): Result<Target> {
  const found = findTarget(needs, connectionId, modelId)
  if (!found.ok) return found
  const { connection } = found.value
  const needsKey = PROVIDERS[connection.provider].key === 'required'
  if (needsKey && connection.keyId === null) return refused('key_missing', 'connectionId')
  // A keychain may answer by the time the key is wanted; a passphrase has to be given first.
  return connection.keyId !== null && needs.vault.passphrase() === 'locked' ? refused('key_locked') : found
}
