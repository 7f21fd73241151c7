import { describe, expect, it } from 'vitest'
import { csvOf } from '../../src/main/services/csv'

describe('a CSV file', () => {
  it('ends every line with CRLF and quotes what would end a cell', () => {
    expect(
      csvOf([
        ['a', 'b'],
        ['x,y', '"q"'],
        ['two\nlines', null],
      ]),
    ).toBe('a,b\r\n"x,y","""q"""\r\n"two\nlines",\r\n')
  })

  // Bug: a title is a formula, and the table program that opens the file runs it.
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', "=cmd|' /C calc'!A0"])('holds %j as text', (text) => {
    expect(csvOf([[text]])).toMatch(/^"?'/)
  })

  it.each(['0', '-12', '0.000000000001', '-0.5', '123456789012345678901234.5'])(
    'holds the number %s as it is',
    (exact) => {
      expect(csvOf([[{ exact }]])).toBe(`${exact}\r\n`)
    },
  )

  it.each(['=1', '1e3', '1,0', '', '-', '1.', '--1', '1\n=2'])('refuses %j as a number', (exact) => {
    expect(() => csvOf([[{ exact }]])).toThrow(RangeError)
  })
})
