import { writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planSteps, judge, summarize } from '../../scripts/lib/test-plan.mjs'
import { readFailures } from '../../scripts/lib/test-failures.mjs'
import { readReport, readTotals } from '../../scripts/lib/test-reports.mjs'
import { makeTempDir, type TempDir } from '../support/temp-dir'

let dir: TempDir

beforeEach(async () => {
  dir = await makeTempDir()
})

afterEach(async () => {
  await dir.remove()
})

const write = (runner: string, report: unknown) => writeFile(dir.file(`${runner}.json`), JSON.stringify(report))

const vitest = (known: object = {}) => ({
  numTotalTests: 5,
  numPassedTests: 4,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  success: true,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...known,
})
const playwright = (stats: object = {}, errors: unknown[] = []) => ({
  stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 2, ...stats },
  errors,
})

describe('reading a report', () => {
  it('counts the tests of either runner', async () => {
    await write('unit', vitest())
    await write('e2e', playwright())
    expect(readReport(dir.path, 'unit')).toEqual({
      counts: { passed: 4, failed: 0, skipped: 1 },
      problem: undefined,
    })
    expect(readReport(dir.path, 'e2e')).toEqual({ counts: { passed: 3, failed: 0, skipped: 2 }, problem: undefined })
  })

  it('takes a missing, damaged, foreign or empty report for a problem', async () => {
    expect(readReport(dir.path, 'unit').problem).toBe('no report')
    await writeFile(dir.file('unit.json'), '{"numTotalTests": 5')
    expect(readReport(dir.path, 'unit').problem).toBe('unreadable report')
    await write('unit', { hello: 1 })
    expect(readReport(dir.path, 'unit').problem).toBe('report of an unknown form')
    await write('unit', null)
    expect(readReport(dir.path, 'unit').problem).toBe('report of an unknown form')
    await write('unit', vitest({ numTotalTests: 0, numPassedTests: 0, numPendingTests: 0, testResults: [] }))
    expect(readReport(dir.path, 'unit').problem).toBe('no tests ran')
    await write('e2e', playwright({ expected: 0 }))
    expect(readReport(dir.path, 'e2e').problem).toBe('no tests ran')
  })

  it('counts a file that does not load as a failure', async () => {
    await write('unit', vitest({ success: false, testResults: [{ status: 'failed', assertionResults: [] }] }))
    expect(readReport(dir.path, 'unit').counts).toMatchObject({ passed: 4, failed: 1 })
  })

  it('does not count a failing test and its file twice', async () => {
    const file = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }
    await write('unit', vitest({ success: false, numFailedTests: 1, testResults: [file] }))
    expect(readReport(dir.path, 'unit').counts.failed).toBe(1)
  })

  it('counts an error outside of any test as a failure', async () => {
    await write('unit', vitest({ success: false }))
    await write('e2e', playwright({}, [{ message: 'the config does not load' }]))
    expect(readReport(dir.path, 'unit').counts.failed).toBe(1)
    expect(readReport(dir.path, 'e2e').counts.failed).toBe(1)
  })

  it('counts a test that passed only when repeated as a failure', async () => {
    await write('e2e', playwright({ unexpected: 1, flaky: 1 }))
    expect(readReport(dir.path, 'e2e').counts.failed).toBe(2)
  })
})

describe('totals', () => {
  it('are summed over the runners', async () => {
    await write('unit', vitest())
    await write('integration', vitest({ numFailedTests: 2, success: false }))
    await write('e2e', playwright())
    expect(readTotals(dir.path)).toEqual({ passed: 11, failed: 2, skipped: 4, problems: [] })
  })

  it('name every runner that left no report', async () => {
    await write('unit', vitest())
    expect(readTotals(dir.path)).toMatchObject({
      passed: 4,
      failed: 0,
      problems: ['integration: no report', 'e2e: no report'],
    })
  })
})

describe('judging a step', () => {
  const run = { name: 'unit', exitCode: 0, seconds: 1, report: undefined }
  const counts = { passed: 4, failed: 0, skipped: 0 }

  it('passes a step that ended well, with a report that says so', () => {
    expect(judge(run).result).toBe('passed')
    expect(judge({ ...run, report: { counts, problem: undefined } }).result).toBe('passed')
  })

  it.each([
    ['the exit code is not zero', { exitCode: 1 }, 'exit code 1'],
    ['the report is missing', { report: { counts, problem: 'no report' } }, 'no report'],
    ['a test failed although the runner left with zero', { report: { counts: { ...counts, failed: 1 } } }, undefined],
  ])('fails it when %s', (_, known, problem) => {
    const judged = judge({ ...run, ...known } as Parameters<typeof judge>[0])
    expect(judged).toMatchObject({ result: 'FAILED', problem })
  })
})

const names = (...args: string[]) => planSteps(args).map((step) => step.name)

describe('planning', () => {
  it('runs everything, what is quick to fail first', () => {
    expect(names()).toEqual(['format', 'lint', 'types', 'unit', 'build', 'integration', 'e2e'])
  })

  it('runs a part in the same order, with the build where it is needed', () => {
    expect(names('unit')).toEqual(['unit'])
    expect(names('--only=e2e,unit')).toEqual(['unit', 'build', 'e2e'])
    expect(names('lint', 'format')).toEqual(['format', 'lint'])
  })

  it('refuses a step it does not know instead of running nothing', () => {
    expect(() => names('untit')).toThrow('no test step called untit')
  })
})

describe('the summary', () => {
  it('shows result, seconds and tests of each step, and the totals', () => {
    const lines = summarize([
      { name: 'lint', result: 'passed', seconds: 1.25, counts: undefined, problem: undefined },
      {
        name: 'unit',
        result: 'passed',
        seconds: 10,
        counts: { passed: 120, failed: 0, skipped: 3 },
        problem: undefined,
      },
      { name: 'build', result: 'FAILED', seconds: 2, counts: undefined, problem: 'exit code 1' },
      { name: 'e2e', result: 'not run', seconds: 0, counts: undefined, problem: 'there is no build' },
    ])
    expect(lines).toEqual([
      'step   result   seconds  tests passed  failed  skipped',
      'lint   passed       1.3',
      'unit   passed      10.0           120       0        3',
      'build  FAILED       2.0                                 exit code 1',
      'e2e    not run                                          there is no build',
      'total  FAILED      13.3           120       0        3',
    ])
  })
})

describe('what failed', () => {
  it('is named with its file and the beginning of its message', async () => {
    const failed = {
      status: 'failed',
      fullName: 'a sum is right',
      failureMessages: ['\u001B[31mError: 1\u001B[39m\n\nis 2'],
    }
    const passed = { status: 'passed', fullName: 'another' }
    await write('unit', { testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [passed, failed] }] })
    expect(readFailures(dir.path, 'unit')).toEqual(['a.test.ts › a sum is right\n    Error: 1\n    is 2'])
    await write('unit', {
      testResults: [{ name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }],
    })
    expect(readFailures(dir.path, 'unit')).toEqual(['b.test.ts › does not load\n    no such module'])
  })

  it('is found in nested groups of the other runner, and outside of tests', async () => {
    const spec = (title: string, ok: boolean) => ({
      title,
      ok,
      file: 'a.spec.ts',
      tests: [{ results: [{ error: ok ? undefined : { message: 'Error: gone' } }] }],
    })
    await write('e2e', {
      suites: [{ specs: [spec('fine', true)], suites: [{ specs: [spec('opens', false)] }] }],
      errors: [{ message: 'no worker' }],
    })
    expect(readFailures(dir.path, 'e2e')).toEqual([
      'a.spec.ts › opens\n    Error: gone',
      ' › outside of any test\n    no worker',
    ])
  })

  it('is nothing where nothing failed or there is no report', async () => {
    await write('unit', vitest())
    expect(readFailures(dir.path, 'unit')).toEqual([])
    expect(readFailures(dir.path, 'e2e')).toEqual([])
  })
})
