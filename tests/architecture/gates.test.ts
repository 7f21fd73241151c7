import { describe, expect, it } from 'vitest'
import { findBehind, GATES } from './lib/gates'
import { isWithin, readTree } from './lib/source-tree'

const sources = readTree('src', ['.ts', '.tsx'])

describe.each(GATES)('keeps $keepsOut', (gate) => {
  it('in the whole tree', () => {
    const watched = sources.filter(({ file }) => isWithin(file, gate.where) && !isWithin(file, gate.except ?? []))
    expect(watched.length).toBeGreaterThan(0)
    expect(watched.flatMap((source) => findBehind(gate, source))).toEqual([])
  })

  it.each(gate.bad)('and stops %s', (text) => {
    expect(findBehind(gate, { file: 'src/bad.tsx', text })).not.toEqual([])
  })

  it.each(gate.good)('but not %s', (text) => {
    expect(findBehind(gate, { file: 'src/good.tsx', text })).toEqual([])
  })
})
