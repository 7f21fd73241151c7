import { branchesOf, type Branch } from '../../core/branches'
import type { ConversationId, MessageId } from '../../core/ids'
import type { Message } from '../../core/conversation'
import type { Pico } from '../../core/money'
import type { ProviderId } from '../../core/provider'
import type { UsageFlag } from '../../core/usage'
import type {
  AnswerKeyView,
  ConnectionView,
  CostView,
  KeyView,
  MessageView,
  StoredKeyView,
  VaultView,
} from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { CallRow } from '../storage/calls'
import type { BookedCost } from '../storage/spend'
import type { Storage } from '../storage/storage'
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

/** What a message has of the calls behind it; nothing for the user's own. */
interface Booked {
  readonly cost: BookedCost | null
  readonly usageFlags: readonly UsageFlag[]
  readonly counting: boolean
  readonly cacheSaved: Pico | null
  readonly budgetTokens: number | null
  readonly key: AnswerKeyView | null
}

const NOTHING_BOOKED: Booked = {
  cost: null,
  usageFlags: [],
  counting: false,
  cacheSaved: null,
  budgetTokens: null,
  key: null,
}

/** The branches of every message of a conversation that has other versions. */
export type Branches = ReadonlyMap<MessageId, Branch>

/** Where some messages of a conversation have other versions, as it is now. */
export function branchesIn(
  storage: Pick<Storage, 'branches'>,
  id: ConversationId,
  messages: readonly Pick<Message, 'parentId'>[],
): Branches {
  return branchesOf(storage.branches.versions(id, [...new Set(messages.map(({ parentId }) => parentId))]))
}

/** A message as it is kept: the user's own, or an answer that runs. */
export function messageView(
  message: Message,
  catalog: Catalog,
  branches: Branches,
  booked: Booked = NOTHING_BOOKED,
): MessageView {
  const { id, parentId, turnId, role, parts, state, createdMs, provider, connectionId, model } = message
  const { cost, usageFlags, counting, cacheSaved, budgetTokens, key } = booked
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
    counting,
    cacheSaved: cacheSaved === null ? null : cacheSaved.toString(),
    budgetTokens,
    key,
    thought: message.thought,
    branch: branches.get(id) ?? null,
  }
}

/** An answer that has ended, with what every attempt at it has cost so far. */
export function answerView(
  message: Message,
  storage: Pick<Storage, 'branches' | 'calls' | 'keys' | 'spend'>,
  catalog: Catalog,
  branches: Branches = branchesIn(storage, message.conversationId, [message]),
): MessageView {
  const calls = storage.calls.ofTurn(message.turnId)
  const saved = calls.map(({ cacheSaved }) => cacheSaved).filter((each) => each !== null)
  const last = calls.at(-1)
  return messageView(message, catalog, branches, {
    cost: storage.spend.ofMessage(message.id),
    usageFlags: storage.calls.flagsOfMessage(message.id),
    counting: calls.some(({ state }) => state === 'in_flight'),
    cacheSaved: saved.length === 0 ? null : saved.reduce((sum, each) => sum + each, 0n),
    budgetTokens: last === undefined || last.shortenedBy === null ? null : last.maxOutputTokens,
    key: answerKey(calls, storage),
  })
}

function answerKey(calls: readonly CallRow[], storage: Pick<Storage, 'calls' | 'keys'>): AnswerKeyView | null {
  const last = calls.at(-1)
  if (last === undefined || last.keyId === null) return null
  const before = calls.findLast(({ keyId }) => keyId !== last.keyId)
  return {
    id: last.keyId,
    label: storage.keys.get(last.keyId)?.label ?? null,
    after: before === undefined ? null : storage.calls.failureCodeOf(before.id),
  }
}

/** The model's name, or its id where the catalogue has none. */
export function nameOf(provider: ProviderId, model: string, catalog: Catalog): string {
  return catalog.findModel(provider, model)?.name ?? model
}

/** A connection with what may be known of its keys. */
export function connectionView(
  { id, provider, label, baseUrl, failover }: Connection,
  key: KeyView,
  spareKeys: readonly StoredKeyView[],
): ConnectionView {
  return { id, provider, label, baseUrl, host: new URL(baseUrl).host, key, spareKeys, failover }
}

/** How keys are kept here. */
export function vaultView(vault: Vault): VaultView {
  const { keychain, system } = vault
  const { cause, sealedWith } = vault.trouble() ?? { cause: null, sealedWith: null }
  return { protection: vault.protection(), keychain, system, passphrase: vault.passphrase(), cause, sealedWith }
}
