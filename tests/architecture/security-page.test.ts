import { describe, expect, it } from 'vitest'
import { listFiles, readText } from './lib/source-tree'

// SECURITY.md is what somebody believes who cannot read all of the tests: it must not name one that is gone.

const tests = listFiles('tests').filter((file) => /\.(?:test|spec)\.(?:tsx?|mjs)$/.test(file))
const page = readText('SECURITY.md')

/** What a name of the page stands for: `e2e/walls` for tests/e2e/walls.spec.ts. */
function testsNamed(name: string): string[] {
  return tests.filter((file) => file.replace(/\.(?:test|spec)\.\w+$/, '') === `tests/${name}`)
}

/** Names in backticks that have the form of a test's, of the folders that hold tests. */
function namedIn(text: string): string[] {
  return [...text.matchAll(/`([a-z\d-]+\/[a-z\d-]+)`/g)].map(([, name = '']) => name)
}

/** The rows of the table below this heading, cell by cell. */
function table(text: string, heading: string): string[][] {
  const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** What keeps a last cell from standing for a claim that is held. */
function unproven(row: readonly string[]): string[] {
  const last = row.at(-1) ?? ''
  const named = namedIn(last)
  if (named.length === 0) return /^Reason: .{20}/.test(last) ? [] : [`${row[0]}: neither a test nor a reason`]
  return named.filter((name) => testsNamed(name).length !== 1).map((name) => `${row[0]}: no test ${name}`)
}

describe('SECURITY.md', () => {
  it('names only tests that exist', () => {
    expect(namedIn(page).length).toBeGreaterThan(50)
    expect(namedIn(page).filter((name) => testsNamed(name).length !== 1)).toEqual([])
  })

  it('has the twenty items of the checklist, each with a test or a reason', () => {
    const rows = table(page, "Electron's checklist")
    expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(rows.filter((row) => row.length !== 4)).toEqual([])
    expect(rows.flatMap(unproven)).toEqual([])
  })

  it('says of every attacker what holds, what does not, and what shows it', () => {
    const rows = table(page, 'Against whom')
    expect(rows.length).toBeGreaterThanOrEqual(10)
    expect(rows.filter((row) => row.length !== 4 || row.some((cell) => cell === ''))).toEqual([])
    expect(rows.flatMap(unproven)).toEqual([])
  })

  it('names only files of ours that exist', () => {
    const files = new Set([...listFiles('src'), ...listFiles('build'), ...listFiles('docs')])
    const named = [...page.matchAll(/`((?:src|build|docs)\/[\w./-]+)`|\]\((docs\/[\w./-]+)\)/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    )
    const known = (name: string): boolean =>
      testsNamed(name).length === 1 || [...files].some((file) => file === name || file.startsWith(`${name}/`))
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((name) => !known(name))).toEqual([])
  })

  it('would be seen to name a test that is gone, to say nothing, or to miss an item', () => {
    expect(unproven(['1', '`integration/gone`'])).toEqual(['1: no test integration/gone'])
    expect(unproven(['2', ''])).toEqual(['2: neither a test nor a reason'])
    expect(unproven(['3', 'Reason: no'])).toEqual(['3: neither a test nor a reason'])
    expect(unproven(['4', '`e2e/walls`'])).toEqual([])
    expect(table('## A\n\n| # | b |\n|--|--|\n| 1 | `c` |\n\n## B\n| 2 |', 'A')).toEqual([['1', '`c`']])
  })
})
