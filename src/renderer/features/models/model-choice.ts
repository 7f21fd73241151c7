import type { ModelView } from '../../../shared/ipc/views'

/** The model a first conversation begins with, where the catalogue has it. */
const PREFERRED = 'claude-sonnet-5-5'

/** The models that still answer. The date a model retires on is its last. */
export function offeredModels(models: readonly ModelView[], today: string): readonly ModelView[] {
  return models.filter(({ retires }) => retires === null || today <= retires)
}

/**
 * The model the next message goes to: the conversation's own, whatever has become of it; for a new one the model used
 * last, then the preferred one, then the first. Null when there is none at all.
 */
export function chooseModel(
  own: string | null,
  lastUsed: string | null,
  models: readonly ModelView[],
  today: string,
): string | null {
  if (own !== null) return own
  const offered = offeredModels(models, today)
  const among = (id: string | null) => offered.find((model) => model.id === id)?.id
  return among(lastUsed) ?? among(PREFERRED) ?? offered[0]?.id ?? null
}
