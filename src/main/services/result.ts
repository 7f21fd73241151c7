import type { RequestErrorCode, Result } from '../../shared/ipc/transport'

/** An answer as it was hoped for. */
export function done<Value>(value: Value): Result<Value> {
  return { ok: true, value }
}

/** An expected refusal. `field` is the contract's name of what was wrong, never its content. */
export function refused(code: RequestErrorCode, field?: string): Result<never> {
  return { ok: false, error: field === undefined ? { code } : { code, field } }
}
