import { expect, it } from 'vitest'
import { picoFromString } from '../../src/core/money'
import { aboutWords, leftAmount, mostAmount, rangeWords, shortRangeWords } from '../../src/renderer/lib/estimate-words'

const dollars = (amount: string): string => {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(12, '0')).toString()
}

it('an estimate has two significant digits below a dollar and cents above', () => {
  expect(rangeWords(dollars('0.00412'), dollars('0.0198'))).toBe('about $0.0041 to $0.02')
  expect(rangeWords(dollars('0.9951'), dollars('12.3456'))).toBe('about $1.00 to $12.35')
  expect(shortRangeWords(dollars('0.004'), dollars('0.02'))).toBe('about $0.004–0.02')
  expect(aboutWords(dollars('0.2431'))).toBe('about $0.24')
})

it('a range whose ends look the same is one amount, and nothing is not about nothing', () => {
  expect(rangeWords(dollars('0.0204'), dollars('0.0196'))).toBe('about $0.02')
  expect(shortRangeWords(dollars('0.0204'), dollars('0.0196'))).toBe('about $0.02')
  expect(rangeWords('0', '0')).toBe('$0.00')
  expect(shortRangeWords('0', '0')).toBe('$0.00')
  expect(rangeWords('0', dollars('0.02'))).toBe('about $0.00 to $0.02')
})

it('a smallest amount is never told as nothing', () => {
  expect(rangeWords('1', '2')).toBe('about $0.000000000001 to $0.000000000002')
})

it('a bound is rounded up and what is left down, so that one is never told to fit where it does not', () => {
  expect(mostAmount(dollars('1.620000000001'))).toBe('$1.63')
  expect(leftAmount(dollars('1.629999999999'))).toBe('$1.62')
  expect(mostAmount(dollars('1.62'))).toBe('$1.62')
  expect(leftAmount(dollars('1.62'))).toBe('$1.62')
  expect(mostAmount(dollars('0.0123451'))).toBe('$0.01235')
  expect(leftAmount(dollars('0.0123459'))).toBe('$0.01234')
  expect(mostAmount(dollars('0.999999'))).toBe('$1.00')
  expect(leftAmount('-1')).toBe('\u2212$0.000000000001')
  expect(leftAmount('0')).toBe('$0.00')
})

it('holds for amounts no JavaScript number could carry', () => {
  const huge = '90071992547409930000000000001'
  expect(picoFromString(huge)).toBe(90071992547409930000000000001n)
  expect(mostAmount(huge)).toBe('$90,071,992,547,409,930.01')
  expect(leftAmount(huge)).toBe('$90,071,992,547,409,930.00')
})
