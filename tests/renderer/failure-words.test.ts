import { expect, it } from 'vitest'
import { failure, type FailureCode } from '../../src/core/failure'
import { failureWords } from '../../src/renderer/lib/failure-words'
import { requestWords } from '../../src/renderer/lib/request-words'
import type { RequestErrorCode } from '../../src/shared/ipc/transport'

// As records, so that a code that is added without its sentence does not compile here either.
const FAILURES: Record<FailureCode, true> = {
  key_missing: true,
  key_locked: true,
  key_invalid: true,
  key_no_scope: true,
  no_credit: true,
  spend_limit: true,
  budget_limit: true,
  loop_limit: true,
  rate_limited: true,
  overloaded: true,
  context_too_long: true,
  model_not_found: true,
  data_policy: true,
  content_blocked: true,
  bad_request: true,
  redirected: true,
  address_refused: true,
  network: true,
  timeout: true,
  server: true,
  protocol: true,
  internal: true,
}
const REFUSALS: Record<RequestErrorCode, true> = {
  bad_request: true,
  unknown_request: true,
  forbidden: true,
  not_found: true,
  turn_running: true,
  model_unknown: true,
  key_missing: true,
  key_malformed: true,
  key_is_admin: true,
  too_many_keys: true,
  base_url_invalid: true,
  base_url_not_local: true,
  base_url_forbidden: true,
  base_url_private: true,
  proxy_invalid: true,
  key_misplaced: true,
  key_in_history: true,
  price_invalid: true,
  budget_invalid: true,
  budget_limit: true,
  loop_limit: true,
  budget_unpriced: true,
  vault_unavailable: true,
  vault_locked: true,
  key_locked: true,
  passphrase_wrong: true,
  passphrase_needed: true,
  cancelled: true,
  ledger_busy: true,
  file_no_room: true,
  file_forbidden: true,
  file_gone: true,
  file_failed: true,
  link_refused: true,
  too_many: true,
  shutting_down: true,
  internal: true,
}
const failures = Object.keys(FAILURES) as FailureCode[]
const names = { provider: 'Anthropic', key: 'Personal', model: 'Claude Sonnet 5.5' }

it.each(failures)('%s is told in a sentence of its own, with what to do', (code) => {
  const words = failureWords(failure(code), names)
  expect(words.title).toMatch(/^[A-Z].*\.$/)
  expect(words.advice).toMatch(/\.$/)
  const others = failures.filter((other) => other !== code).map((other) => failureWords(failure(other), names).title)
  expect(others).not.toContain(words.title)
})

it.each(['key_missing', 'key_locked', 'key_invalid', 'key_no_scope'] as const)(
  '%s asks for another key first',
  (code) => {
    const words = failureWords(failure(code), names)
    expect(words.act).toBe('replace-key')
    expect(words.title).toContain('“Personal”')
  },
)

it.each(['no_credit', 'spend_limit'] as const)('%s never suggests to ask again', (code) => {
  const words = failureWords(failure(code), names)
  expect(words.retry).toBe(false)
  expect(words.act).not.toBe('try-again')
})

it('a refused key names the provider and the label', () => {
  expect(failureWords(failure('key_invalid'), names).title).toBe('Anthropic did not accept the key “Personal”.')
})

it('says when the provider wants to be asked again', () => {
  const at = new Date(2026, 10, 23, 14, 5).getTime()
  expect(failureWords(failure('rate_limited', { retryAtMs: at }), names).advice).toContain('14:05')
})

it('says when an answer that never came may be on the bill', () => {
  expect(failureWords(failure('timeout', { maybeBilled: true }), names).advice).toContain('may have been billed')
  expect(failureWords(failure('timeout'), names).advice).not.toContain('billed')
})

it.each(Object.keys(REFUSALS) as RequestErrorCode[])('%s is a sentence', (code) => {
  expect(requestWords({ code })).toMatch(/^[A-Z].*[.)]$/)
})

it('a message that is too long is told as such', () => {
  expect(requestWords({ code: 'bad_request', field: 'text' })).toContain('too long')
})
