import { describe, expect, it } from 'vitest'
import { expiryWords, isExpiring } from '../../src/renderer/features/vault/expiry-words'
import { expiryLine, keyFacts, keyWarning, limitWords } from '../../src/renderer/features/vault/key-facts'
import { formatAge, monthsAgo } from '../../src/renderer/lib/format'
import { connection, cost, storedKey } from './views'

const at = (month: number, day: number, hour = 12, year = 2026) => new Date(year, month - 1, day, hour).getTime()
const now = at(11, 23)
/** The end of a local day, as what is entered by hand is kept. */
const endOf = (month: number, day: number, year = 2026) => at(month, day + 1, 0, year)

describe('how old a key is', () => {
  it.each([
    [at(11, 24), 'today'],
    [at(11, 23, 0), 'today'],
    [at(11, 22, 23), 'yesterday'],
    [at(11, 21), '2 days ago'],
    [at(10, 24), '30 days ago'],
    [at(10, 23), '1 month ago'],
    [at(8, 24), '2 months ago'],
    [at(8, 23), '3 months ago'],
    [at(11, 24, 12, 2025), '11 months ago'],
    [at(11, 23, 12, 2025), '1 year ago'],
    [at(11, 23, 12, 2023), '3 years ago'],
  ])('%i is %s', (ms, words) => {
    expect(formatAge(ms, now)).toBe(words)
  })

  it('is a month at the end of a month that has no such day', () => {
    expect(monthsAgo(at(8, 31), at(9, 30))).toBe(1)
    expect(monthsAgo(at(8, 31), at(9, 29))).toBe(0)
    expect(monthsAgo(at(8, 31), at(2, 28, 12, 2027))).toBe(6)
    expect(monthsAgo(at(11, 30), at(12, 30))).toBe(1)
  })
})

describe('when a key expires', () => {
  it.each([
    [endOf(12, 1), 'expires on 1 Dec', false],
    [endOf(2, 14, 2027), 'expires on 14 Feb 2027', false],
    [endOf(11, 30), 'expires in 7 days', true],
    [endOf(11, 26), 'expires in 3 days', true],
    [endOf(11, 24), 'expires tomorrow', true],
    [endOf(11, 23), 'expires today', true],
    [endOf(11, 22), 'expired yesterday', true],
    [endOf(11, 20), 'expired on 20 Nov', true],
    [endOf(12, 31, 2025), 'expired on 31 Dec 2025', true],
    // What a provider says to the hour.
    [at(11, 23, 18), 'expires today', true],
    [at(11, 23, 11), 'expired today', true],
  ])('%i is said, from a week before', (expiresMs, words, said) => {
    expect(expiryWords(expiresMs, now)).toBe(words)
    expect(isExpiring(expiresMs, now)).toBe(said)
  })

  it('is a line over the message only then, and nothing of a key that is not there', () => {
    const key = (expiresMs: number | null) => connection(1, { label: 'Work', key: storedKey({ expiresMs }) })
    expect(expiryLine(key(endOf(11, 26)), now)).toBe('The key “Work” expires in 3 days.')
    expect(expiryLine(key(endOf(11, 20)), now)).toBe('The key “Work” expired on 20 Nov.')
    expect(expiryLine(key(endOf(12, 1)), now)).toBeNull()
    expect(expiryLine(key(null), now)).toBeNull()
    expect(expiryLine(connection(1, { key: { state: 'none' } }), now)).toBeNull()
  })
})

describe('what is known of a key', () => {
  it('is told in one line, and what is not known is not', () => {
    expect(keyFacts(storedKey(), now)).toBe('Not used yet · $0.00 this month')
    const key = storedKey({
      label: 'Laptop',
      lastUsedMs: at(11, 22),
      spend: cost('6280000000000'),
      expiresMs: endOf(2, 14, 2027),
    })
    expect(keyFacts(key, now)).toBe('“Laptop” · last used yesterday · $6.28 this month · expires on 14 Feb 2027')
  })

  it('does not take what is unpriced for nothing', () => {
    const spend = cost(null, { costClass: 'unpriced', atLeast: '420000000000' })
    expect(keyFacts(storedKey({ spend }), now)).toContain('at least $0.42 this month')
  })

  it('says when it expires once: as a warning from a week before', () => {
    const key = storedKey({ expiresMs: endOf(11, 26) })
    expect(keyFacts(key, now)).not.toContain('expires')
    expect(keyWarning(key, now)).toBe('Expires in 3 days. Replace it with a new one.')
    expect(keyWarning(storedKey({ expiresMs: endOf(11, 20) }), now)).toMatch(/^Expired on 20 Nov\./)
    expect(keyWarning(storedKey({ expiresMs: endOf(12, 1) }), now)).toBeNull()
  })

  it('reminds of replacing it from the day on that was asked for, and never unasked', () => {
    const key = (remindMonths: number | null, addedMs: number) => storedKey({ remindMonths, addedMs })
    expect(keyWarning(key(3, at(8, 24)), now)).toBeNull()
    expect(keyWarning(key(3, at(8, 23)), now)).toBe('Added 3 months ago: time to replace it.')
    expect(keyWarning(key(3, at(1, 1)), now)).toBe('Added 10 months ago: time to replace it.')
    expect(keyWarning(key(null, at(1, 1, 0, 2020)), now)).toBeNull()
  })
})

describe('what a provider lets a key spend', () => {
  const limit = (limitUsd: string | null, remainingUsd: string | null, usedUsd = '0.875') =>
    limitWords({ limitUsd, remainingUsd, usedUsd, checkedMs: at(11, 23, 9) }, now)

  it('is told with the time it was asked', () => {
    expect(limit('5', '4.125')).toBe('$4.12 of $5.00 left on the key · 09:00')
    expect(limit('5', '0.000123456789')).toBe('$0.0001235 of $5.00 left on the key · 09:00')
    expect(limit('1', '-0.5')).toBe('−$0.50 of $1.00 left on the key · 09:00')
    expect(limit(null, null)).toBe('No limit of its own · $0.875 used in all · 09:00')
  })
})
