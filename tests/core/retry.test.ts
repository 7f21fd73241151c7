import { describe, expect, it } from 'vitest'
import { failure, type FailureCode } from '../../src/core/failure'
import { retryAt } from '../../src/core/retry'

const NOW = 1_000_000
const refused = (status: number, code: FailureCode, retryAtMs: number | null = null) =>
  retryAt(failure(code, { status, retryAtMs }), 1, false, NOW)

describe('a failed attempt', () => {
  it('is repeated when it was refused with a status that asks for it', () => {
    for (const status of [408, 409, 429, 500, 502, 503, 504, 529]) {
      expect(refused(status, status === 429 ? 'rate_limited' : 'server')).toBe(NOW + 2_000)
    }
  })

  it('is never repeated over money, a key, or a request that will never fit', () => {
    // Bug: retrying an empty account, which providers answer with 429 as well.
    const codes: FailureCode[] = ['no_credit', 'spend_limit', 'key_invalid', 'key_no_scope', 'bad_request']
    for (const code of [...codes, 'context_too_long', 'model_not_found', 'content_blocked'] as const) {
      for (const status of [400, 402, 403, 413, 429, 500]) expect(refused(status, code)).toBeNull()
    }
  })

  it('is repeated after a connection that failed before anything was sent, and no later', () => {
    const network = (maybeBilled: boolean) => retryAt(failure('network', { maybeBilled }), 1, false, NOW)
    expect(network(false)).toBe(NOW + 2_000)
    // Bug: a request that may have been executed, sent and billed again.
    expect(network(true)).toBeNull()
    expect(retryAt(failure('timeout', { maybeBilled: true }), 1, false, NOW)).toBeNull()
  })

  it('is not repeated once an answer has begun', () => {
    expect(retryAt(failure('overloaded', { status: 529 }), 1, true, NOW)).toBeNull()
    // An error inside a 200 stream has no status.
    expect(retryAt(failure('overloaded'), 1, false, NOW)).toBeNull()
  })

  it('is repeated twice at most', () => {
    const failed = failure('overloaded', { status: 529 })
    expect([1, 2, 3, 4].map((attempt) => retryAt(failed, attempt, false, NOW))).toEqual([
      NOW + 2_000,
      NOW + 8_000,
      null,
      null,
    ])
  })

  it('waits as long as the provider says, and not at all when that is too long', () => {
    expect(refused(429, 'rate_limited', NOW + 14_000)).toBe(NOW + 14_000)
    expect(refused(429, 'rate_limited', NOW + 300)).toBe(NOW + 300)
    expect(refused(429, 'rate_limited', NOW + 121_000)).toBeNull()
    expect(refused(402, 'rate_limited', NOW + 2_000)).toBe(NOW + 2_000)
  })
})
