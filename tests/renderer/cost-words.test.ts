import { expect, it } from 'vitest'
import { costLine, costTitle, costWords, sumFigure, tokenWords } from '../../src/renderer/lib/cost-words'
import { cost } from './views'

it('an exact cost is the figure alone, whoever it comes from', () => {
  expect(costLine(cost('10260000000'))).toBe('3,412 tokens · $0.01026')
  expect(costWords(cost('10260000000', { costClass: 'provider_reported' }))).toBe('$0.01026')
})

it('a partial cost says about, and at most where that is known', () => {
  expect(costWords(cost('1200000000', { costClass: 'partial', upper: '190000000000' }))).toBe(
    'about $0.0012, at most $0.19',
  )
  expect(costWords(cost('1200000000', { costClass: 'partial' }))).toBe('about $0.0012')
})

it('an uncertain cost is a range that says so', () => {
  expect(costWords(cost('0', { costClass: 'uncertain', upper: '120000000000' }))).toBe('$0.00 to $0.12, not certain')
  expect(costWords(cost('0', { costClass: 'uncertain' }))).toBe('about $0.00, not certain')
})

it('what has no price is never a zero', () => {
  expect(costWords(cost(null, { costClass: 'unpriced' }))).toBe('unpriced')
  expect(costWords(cost(null, { costClass: 'unpriced', atLeast: '3000000000' }))).toBe('at least $0.003')
  // A total with one unpriced call among uncertain ones has no figure either, whatever its class is called.
  expect(costWords(cost(null, { costClass: 'uncertain', atLeast: '0' }))).toBe('unpriced')
})

it('a sum has two decimals and keeps its doubt, in one figure', () => {
  expect(sumFigure(cost('420000000000'))).toBe('$0.42')
  expect(sumFigure(cost('1000000000'))).toBe('<$0.01')
  expect(sumFigure(cost('420000000000', { costClass: 'partial', upper: '610000000000' }))).toBe('about $0.42')
  expect(sumFigure(cost('0', { costClass: 'uncertain', upper: '120000000000' }))).toBe('$0.00 to $0.12')
})

it('never says about or at least before a less-than', () => {
  expect(sumFigure(cost('1200000000', { costClass: 'partial' }))).toBe('about $0.0012')
  expect(sumFigure(cost(null, { costClass: 'unpriced', atLeast: '1200000000' }))).toBe('at least $0.0012')
})

it('an upper bound that is no more than the figure is not told', () => {
  expect(costWords(cost('5', { costClass: 'uncertain', upper: '5' }))).not.toContain(' to ')
  expect(costWords(cost('5', { costClass: 'partial', upper: '5' }))).not.toContain('at most')
})

it('tokens that were not reported are not counted as none', () => {
  expect(tokenWords(cost('0', { inputTokens: null, outputTokens: null }))).toBe('')
  expect(tokenWords(cost('0', { outputTokens: null }))).toBe('at least 2,400 tokens')
  expect(tokenWords(cost('0', { inputTokens: 1, outputTokens: 0 }))).toBe('1 token')
  expect(costLine(cost('0', { inputTokens: null, outputTokens: null }))).toBe('$0.00')
})

it('the tooltip has every digit', () => {
  expect(costTitle(cost('10260000001'))).toBe('$0.010260000001 · 2,400 tokens in, 1,012 out')
  expect(costTitle(cost(null, { outputTokens: null }))).toContain('unreported out')
})
