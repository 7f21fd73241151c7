import { failure, type Failure } from '../../../core/failure'
import { keyAmount, type KeyLimit } from '../../../core/key-limit'
import { BY_STATUS, transportFailure } from '../provider-failure'
import type { CallAccess } from '../provider-adapter'
import { exactDataIn, textWithin, writtenNumber } from './exact-json'

/** What a key may spend, and when it expires: epoch milliseconds, or null when its provider says it does not. */
export interface StatedKey extends KeyLimit {
  readonly expiresMs: number | null
}

export type KeyAnswer =
  | { readonly ok: true; readonly key: StatedKey }
  | { readonly ok: false; readonly failure: Failure }

/** The answer is an object of some twenty fields. */
const MOST_BYTES = 65_536

/**
 * GET /key: free, and tells what the key it is asked with may spend
 * (openrouter.ai/docs/api/api-reference/api-keys/get-current-key). Rejects only where something unexpected befalls it.
 */
export async function askKeyLimit(
  access: Pick<CallAccess, 'key' | 'baseUrl' | 'fetch' | 'signal'>,
): Promise<KeyAnswer> {
  const headers = {
    accept: 'application/json',
    ...(access.key === null ? {} : { authorization: `Bearer ${access.key}` }),
  }
  try {
    const response = await access.fetch(`${access.baseUrl}/key`, { headers, signal: access.signal })
    if (response.status !== 200) {
      await response.body?.cancel()
      const { status } = response
      return { ok: false, failure: failure(BY_STATUS[status] ?? (status >= 500 ? 'server' : 'protocol'), { status }) }
    }
    const text = await textWithin(response, MOST_BYTES)
    const key = text === null ? null : keyIn(text)
    return key === null ? { ok: false, failure: failure('protocol') } : { ok: true, key }
  } catch (error) {
    const known = transportFailure(error)
    if (known !== undefined) return { ok: false, failure: known }
    if (access.signal.aborted) return { ok: false, failure: failure('timeout') }
    throw error
  }
}

/** What a body says of a key, if all of it can be believed; else null. */
export function keyIn(text: string): StatedKey | null {
  const data = exactDataIn(text)
  if (data === null) return null
  const usedUsd = amountIn(data['usage'])
  const limitUsd = amountIn(data['limit'])
  const remainingUsd = amountIn(data['limit_remaining'])
  const expiresMs = instantIn(data['expires_at'])
  if (typeof usedUsd !== 'string' || limitUsd === undefined || expiresMs === undefined) return null
  // Half a limit is none that could be shown.
  if (limitUsd === null) return { limitUsd, remainingUsd: null, usedUsd, expiresMs }
  return typeof remainingUsd === 'string' ? { limitUsd, remainingUsd, usedUsd, expiresMs } : null
}

/** Null where it says that there is none; undefined for what cannot be believed. */
function amountIn(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null
  const written = writtenNumber(value)
  return written === null ? undefined : (keyAmount(written) ?? undefined)
}

function instantIn(value: unknown): number | null | undefined {
  if (value === null || value === undefined) return null
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(value)) return undefined
  const atMs = Date.parse(value)
  return Number.isNaN(atMs) ? undefined : atMs
}
