import { describe, expect, it } from 'vitest'
import { createRedactor, holdsKey } from '../../src/main/log'

const RANDOM = 'Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA1234'
// Put together here, so that no scanner takes this file for a leak.
const KIND = 'RSA PRIVATE KEY'
const PEM = `-----BEGIN ${KIND}-----\n${RANDOM}${RANDOM}\n-----END ${KIND}-----`

describe('what the log and labels take for a key', () => {
  it.each([`ghp_${RANDOM}`, 'AKIAIOSFODNN7EXAMPL3', PEM, 'hf_abcdefghijklmnopqrstuvwxyzABCDEFGH'])('%s', (key) => {
    const redacted = createRedactor().redact(`it said ${key}.`)
    expect(redacted).toBe('it said [redacted].')
    expect(holdsKey(`My ${key}`)).toBe(true)
  })

  it('is still a key when half of it is masked', () => {
    expect(createRedactor().redact('Incorrect API key provided: sk-proj-abcd****wxyz.')).not.toContain('abcd')
    expect(createRedactor().redact('pk-abcdefgh1234')).toBe('[redacted]')
  })

  it.each(['Work, second key', 'sk', 'hf_hub', 'npm_config'])('is not %j', (label) => {
    expect(holdsKey(label)).toBe(false)
  })
})

describe('keys that were learnt', () => {
  it('are found where they stand, but not those that may as well be words', () => {
    const redactor = createRedactor()
    for (const secret of [RANDOM, 'sk-no-key-required', 'lm-studio', 'hunter2-short']) redactor.learn(secret)
    expect(redactor.find(`a ${RANDOM} b`)).toEqual([{ start: 2, end: 2 + RANDOM.length }])
    expect(redactor.find('sk-no-key-required, lm-studio, hunter2-short')).toEqual([])
    expect(redactor.find(RANDOM.slice(0, -1))).toEqual([])
  })
})
