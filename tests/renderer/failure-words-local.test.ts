import { expect, it } from 'vitest'
import { failure, type FailureCode } from '../../src/core/failure'
import { PROVIDERS, type ProviderId } from '../../src/core/provider'
import { failureWords } from '../../src/renderer/lib/failure-words'

const CODES: readonly FailureCode[] = [
  'key_missing',
  'key_locked',
  'key_invalid',
  'key_no_scope',
  'no_credit',
  'spend_limit',
  'rate_limited',
  'overloaded',
  'context_too_long',
  'model_not_found',
  'data_policy',
  'content_blocked',
  'bad_request',
  'redirected',
  'network',
  'timeout',
  'server',
  'protocol',
  'internal',
]
const names = (id: ProviderId, host: string | null = null) => ({
  id,
  provider: PROVIDERS[id].name,
  key: 'At home',
  model: 'llama-5',
  host,
})

it.each(CODES)('%s of a local server is a sentence that leads to no page and to no bill', (code) => {
  const words = failureWords(failure(code, { maybeBilled: true }), names('ollama', '127.0.0.1:11434'))
  expect(words.title).toMatch(/^[A-Z].*\.$/)
  expect(words.advice).toMatch(/\.$/)
  expect(words.advice).not.toContain('billed')
  expect(['open-billing', 'open-limits']).not.toContain(words.act)
})

it('a local server that is not there is to be started', () => {
  const words = failureWords(failure('network'), names('lmstudio', '127.0.0.1:1234'))
  expect(words).toMatchObject({ title: 'Nothing answers at 127.0.0.1:1234.', act: 'try-again', retry: true })
  expect(words.advice).toContain('Start LM Studio, then try again.')
  expect(failureWords(failure('network'), names('ollama')).title).toBe('Ollama does not answer.')
})

it.each(Object.keys(PROVIDERS) as ProviderId[])('%s is led only to pages it has', (id) => {
  const { billingPage, limitsPage } = PROVIDERS[id]
  expect(failureWords(failure('no_credit'), names(id)).act).toBe(billingPage === null ? null : 'open-billing')
  expect(failureWords(failure('spend_limit'), names(id)).act).toBe(limitsPage === null ? null : 'open-limits')
})

it('a server without a name of its own is told by its label', () => {
  expect(failureWords(failure('network'), names('compatible')).title).toBe(
    'The server of “At home” could not be reached.',
  )
})
