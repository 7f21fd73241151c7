import type { ConnectionId } from '../../../core/ids'
import type { ModelView } from '../../../shared/ipc/views'
import type { ModelOption } from './options'

/** The model a first conversation begins with, where it is offered. */
const PREFERRED = 'claude-sonnet-5-5'

/** A model of a connection: two connections that offer the same model are two choices. */
export interface ModelChoice {
  /** Null while the connection is not known or is gone. */
  readonly connectionId: ConnectionId | null
  readonly model: string | null
}

export interface DestinationFacts {
  /** What the conversation says; null for one that has not begun. */
  readonly own: ModelChoice | null
  readonly lastUsed: ModelChoice | null
  /** `provider/model`, newest first. */
  readonly recents: readonly string[]
  /** What the usable connections offer. */
  readonly options: readonly ModelOption[]
}

/** The models that still answer. The date a model retires on is its last. */
export function offeredModels(models: readonly ModelView[], today: string): readonly ModelView[] {
  return models.filter(({ retires }) => retires === null || today <= retires)
}

/**
 * Where the next message goes: the conversation's own choice, whatever has become of it; for a new one the choice made
 * last, then the models asked most recently, then the preferred one, then the first there is.
 */
export function chooseDestination({ own, lastUsed, recents, options }: DestinationFacts): ModelChoice {
  if (own !== null) return own
  const recent = recents.map((key) => options.find(({ favouriteKey }) => favouriteKey === key))
  const found =
    options.find(({ connection, model }) => connection.id === lastUsed?.connectionId && model.id === lastUsed.model) ??
    recent.find((option) => option !== undefined) ??
    options.find(({ model }) => model.id === PREFERRED) ??
    options[0]
  return { connectionId: found?.connection.id ?? null, model: found?.model.id ?? null }
}
