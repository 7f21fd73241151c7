import { describe, expect, it } from 'vitest'
import { explainFailedRun, readReport } from '../../scripts/lib/electronegativity-report.mjs'

const HEADER = 'issue, severity, confidence, filename, location, sample, description, url\n'

/** A row as it is written: everything quoted but the first cell and the last. */
function row(issue: string, severity: string, confidence: string, sample = 'new BrowserWindow({'): string {
  const cells = [severity, confidence, 'out/main/index.js', '12:4', sample, 'Words, and "words".']
  const quoted = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`)
  return [issue, ...quoted, `https://example.com/wiki/${issue}`].join(',') + '\n'
}

describe('the report of electronegativity', () => {
  it('counts what is HIGH and at least FIRM, and nothing else', () => {
    const report = readReport(
      HEADER +
        row('CONTEXT_ISOLATION_JS_CHECK', 'HIGH', 'FIRM') +
        row('SANDBOX_JS_CHECK', 'HIGH', 'CERTAIN') +
        row('LIMIT_NAVIGATION_JS_CHECK', 'HIGH', 'TENTATIVE') +
        row('PRELOAD_JS_CHECK', 'MEDIUM', 'FIRM') +
        row('CSP_GLOBAL_CHECK', 'LOW', 'CERTAIN'),
    )
    expect(report.all).toBe(5)
    expect(report.serious.map(({ issue, file, location }) => [issue, file, location])).toEqual([
      ['CONTEXT_ISOLATION_JS_CHECK', 'out/main/index.js', '12:4'],
      ['SANDBOX_JS_CHECK', 'out/main/index.js', '12:4'],
    ])
  })

  it.each([
    ['a comma', 'open(a, b)'],
    ['quotes', 'open("HIGH","FIRM")'],
    ['a line break', 'open(\n"HIGH"\n)'],
    ['nothing', ''],
  ])('reads a sample with %s as one cell', (_, sample) => {
    // Bug: the cells behind it move, and a serious row passes for another.
    const { all, serious } = readReport(HEADER + row('A', 'HIGH', 'FIRM', sample) + row('B', 'LOW', 'FIRM'))
    expect([all, serious.map((finding) => finding.sample)]).toEqual([2, [sample]])
  })

  it('reads one without a header, with other line ends, or with nothing in it', () => {
    // The tool writes the header apart from the rows, and may lose it.
    expect(readReport(row('A', 'HIGH', 'FIRM')).serious).toHaveLength(1)
    expect(readReport((HEADER + row('A', 'HIGH', 'FIRM')).replaceAll('\n', '\r\n')).serious).toHaveLength(1)
    expect(readReport(HEADER)).toEqual({ all: 0, serious: [] })
    expect(readReport('')).toEqual({ all: 0, serious: [] })
  })

  it('is not believed when its head was written over the first row', () => {
    // Bug: the row that is lost is the serious one.
    const rows = row('A', 'HIGH', 'FIRM') + row('B', 'LOW', 'FIRM')
    expect(() => readReport(HEADER + rows.slice(HEADER.length))).toThrow('not a row')
  })

  it('is not believed when its columns have moved', () => {
    expect(() => readReport('A,"out/main/index.js","HIGH","FIRM"\n')).toThrow('not a row')
  })
})

describe('a run of electronegativity without a report', () => {
  it.each([
    ['npm error code ENOTFOUND', 'cannot be reached'],
    ['npm error code EAI_AGAIN\nnpm error request failed', 'cannot be reached'],
    ['npm error code E404', 'its version is not where npm looks'],
    ['', 'did not find the bad example'],
    // Its own look-ups, which it can do without.
    ['getaddrinfo ENOTFOUND example.com', 'did not find the bad example'],
  ])('says why after %j', (output, words) => {
    expect(explainFailedRun(output)).toContain(words)
  })
})
