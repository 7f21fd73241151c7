import type { Message } from '../../core/conversation'
import type { ProviderId } from '../../core/provider'
import type { UsageFlag } from '../../core/usage'
import type { ConnectionView, CostView, KeyView, MessageView, VaultView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { BookedCost } from '../storage/spend'
import type { Connection } from '../storage/connections'
import type { Vault } from '../vault/vault'

// From what is kept to what is shown. Money becomes decimal strings of pico here, and nowhere else.

/** A cost with its class and bounds. */
export function costView(cost: BookedCost): CostView {
  return {
    pico: cost.pico === null ? null : cost.pico.toString(),
    atLeast: cost.atLeast.toString(),
    upper: cost.upper === null ? null : cost.upper.toString(),
    costClass: cost.costClass,
    inputTokens: cost.inputTokens,
    outputTokens: cost.outputTokens,
  }
}

/** A message; `cost` is null for the user's own and while it runs. */
export function messageView(
  message: Message,
  cost: BookedCost | null,
  catalog: Catalog,
  usageFlags: readonly UsageFlag[] = [],
): MessageView {
  const { id, parentId, turnId, role, parts, state, createdMs, provider, connectionId, model } = message
  return {
    id,
    parentId,
    turnId,
    role,
    parts,
    state,
    createdMs,
    provider,
    connectionId,
    model,
    modelName: provider === null || model === null ? null : nameOf(provider, model, catalog),
    failure: message.failure,
    stopReason: message.stopReason,
    cost: cost === null ? null : costView(cost),
    usageFlags,
  }
}

/** The model's name, or its id where the catalogue has none. */
export function nameOf(provider: ProviderId, model: string, catalog: Catalog): string {
  return catalog.findModel(provider, model)?.name ?? model
}

/** A connection with what may be known of its key. */
export function connectionView(connection: Connection, vault: Vault): ConnectionView {
  const { id, provider, label, baseUrl } = connection
  return { id, provider, label, baseUrl, host: new URL(baseUrl).host, key: keyView(connection, vault) }
}

/** What may be known of a connection's key. */
export function keyView({ keyId }: Connection, vault: Vault): KeyView {
  return (keyId === null ? null : vault.status(keyId)) ?? { state: 'none' }
}

/** How keys are kept here. */
export function vaultView(vault: Vault): VaultView {
  return { protection: vault.protection(), keychain: vault.keychain }
}
