import { describe, expect, it } from 'vitest'
import { isAgainstKey, nextKey } from '../../src/core/failover'
import { failure, type FailureCode } from '../../src/core/failure'
import { idOf } from '../renderer/views'

const [first, second, third] = [idOf('key', 1), idOf('key', 2), idOf('key', 3)]
const ORDER = [first, second, third]
const after = (code: FailureCode, { begun = false, maybeBilled = false } = {}) =>
  nextKey(ORDER, new Set([first]), failure(code, { maybeBilled }), begun)

describe('the next key', () => {
  it('is asked after a rejected one, an empty account and a limit on requests, and after nothing else', () => {
    const codes: Record<FailureCode, boolean> = {
      key_missing: false,
      key_locked: false,
      key_invalid: true,
      key_no_scope: false,
      no_credit: true,
      // A limit the user has set at the provider holds, whatever other keys they have.
      spend_limit: false,
      budget_limit: false,
      loop_limit: false,
      rate_limited: true,
      overloaded: false,
      context_too_long: false,
      model_not_found: false,
      data_policy: false,
      content_blocked: false,
      bad_request: false,
      redirected: false,
      address_refused: false,
      network: false,
      timeout: false,
      server: false,
      protocol: false,
      internal: false,
    }
    for (const [code, goesOn] of Object.entries(codes)) {
      expect([code, after(code as FailureCode)]).toEqual([code, goesOn ? second : null])
    }
  })

  it('is not asked once anything has arrived, or may have been billed', () => {
    // Bug: an answer that is paid for twice.
    expect(after('rate_limited', { begun: true })).toBeNull()
    expect(after('rate_limited', { maybeBilled: true })).toBeNull()
  })

  it('is not asked round a limit of its user’s own that frees itself', () => {
    const inFlight = failure('rate_limited', { status: 402, retryAtMs: 5_000 })
    expect(nextKey(ORDER, new Set([first]), inFlight, false)).toBeNull()
    expect(nextKey(ORDER, new Set([first]), failure('rate_limited', { status: 429 }), false)).toBe(second)
  })

  it('is the first in order that was not asked yet, and each is asked once', () => {
    const rejected = failure('key_invalid')
    expect(nextKey(ORDER, new Set([second]), rejected, false)).toBe(first)
    expect(nextKey(ORDER, new Set([first, second]), rejected, false)).toBe(third)
    expect(nextKey(ORDER, new Set(ORDER), rejected, false)).toBeNull()
    expect(nextKey([], new Set(), rejected, false)).toBeNull()
  })
})

it('a limit on requests says nothing against a key', () => {
  expect(['key_invalid', 'no_credit', 'rate_limited'].map((code) => isAgainstKey(code as FailureCode))).toEqual([
    true,
    true,
    false,
  ])
})
