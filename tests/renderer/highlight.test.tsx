import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Code } from '../../src/renderer/markdown/Code'
import { highlight } from '../../src/renderer/markdown/highlight/highlighter'
import { createJobQueue, type Highlighter } from '../../src/renderer/markdown/highlight/job-queue'
import { areRunsOf, KINDS } from '../../src/renderer/markdown/highlight/runs'

const SAMPLES: Readonly<Record<string, string>> = {
  ts: "// why\nconst a: number = 1 + f('b' + `c${d}`)\n",
  python: 'def f(a):\n    """Says."""\n    return a if a > 1 else None\n',
  rust: 'fn main() { let a = "b"; /* c */ }',
  sql: "SELECT a FROM b WHERE c = 'd' -- e",
  html: '<p class="a">b</p><script>let c = 1</script>',
  json: '{"a": [1, true, null, "b"]}',
  diff: '--- a\n+++ b\n@@ -1 +1 @@\n-c\n+d\n',
  sh: 'for a in *; do echo "$a" | grep -v b; done # c',
  yaml: 'a: "b"\nc: 1 # d',
}

describe('highlighting', () => {
  it.each(Object.keys(SAMPLES))('gives %s colours, and shows the very characters that were written', (language) => {
    const code = SAMPLES[language] ?? ''
    const runs = highlight(code, language) ?? []
    expect(areRunsOf(runs, code.length)).toBe(true)
    expect(new Set(runs.map(([, kind]) => kind)).size).toBeGreaterThan(2)
    const markup = renderToStaticMarkup(<Code code={code} runs={runs} />)
    expect(markup.replaceAll(/<[^>]*>/g, '')).toBe(renderToStaticMarkup(<>{code}</>))
  })

  it('knows a keyword from a string, a number, a name and a comment', () => {
    const code = SAMPLES['ts'] ?? ''
    let at = 0
    const parts = (highlight(code, 'ts') ?? []).map(([length, kind]) => [kind, code.slice(at, (at += length)).trim()])
    for (const part of [
      ['comment', '// why'],
      ['keyword', 'const'],
      ['number', '1'],
      ['string', "'b'"],
      // Bug: the code in a string's hole in the colour of the string.
      ['plain', 'd'],
    ]) {
      expect(parts.some(([kind, text]) => kind === part[0] && text?.includes(part[1] ?? ''))).toBe(true)
    }
  })

  it.each(['', 'no-such', 'constructor', '__proto__', 'toString'])('leaves the language %j plain', (language) => {
    expect(highlight('const a = 1', language)).toBeNull()
  })

  it('covers any code exactly', () => {
    const languages = fc.constantFrom(...Object.keys(SAMPLES))
    fc.assert(
      fc.property(
        languages,
        fc.array(fc.constantFrom(...'a b 1 \n \t " \' ` $ { } ( ) < > / * # - + = \\ é 漢 😀'.split(' '), ' '), {
          maxLength: 60,
        }),
        (name, all) => {
          const code = all.join('')
          expect(code === '' || areRunsOf(highlight(code, name), code.length)).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([
    ['too few', [[3, 'plain']]],
    ['too many', [[5, 'plain']]],
    ['none', []],
    ['of an unknown kind', [[4, 'toString']]],
    [
      'negative',
      [
        [5, 'plain'],
        [-1, 'plain'],
      ],
    ],
    [
      'in pieces',
      [
        [1.5, 'plain'],
        [2.5, 'plain'],
      ],
    ],
    ['a text', '1234'],
    ['nothing', null],
  ])('believes no runs that are %s', (_, runs) => {
    expect(areRunsOf(runs, 4)).toBe(false)
    expect(
      areRunsOf(
        [
          [1, KINDS[1]],
          [3, 'plain'],
        ],
        4,
      ),
    ).toBe(true)
  })
})

describe('the queue of codes', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  interface Asked {
    readonly code: string
    readonly answer: (runs: unknown) => void
  }

  function made() {
    const asked: Asked[] = []
    const seen = { starts: 0, ends: 0 }
    const start = (): Highlighter => {
      seen.starts += 1
      return {
        ask: (code, _language, answer) => void asked.push({ code, answer }),
        end: () => void (seen.ends += 1),
      }
    }
    return { asked, seen, queue: createJobQueue(start) }
  }

  it('asks for each code once, one after another, and tells everybody who waits', () => {
    const { asked, seen, queue } = made()
    const told: string[] = []
    queue.want('abcd', 'js', () => told.push('first'))
    queue.want('abcd', 'js', () => told.push('second'))
    queue.want('efgh', 'js', () => told.push('third'))
    queue.want('efgh', 'js', () => told.push('gone'))()
    expect(asked.map(({ code }) => code)).toEqual(['abcd'])
    asked[0]?.answer([[4, 'keyword']])
    expect(told).toEqual(['first', 'second'])
    expect(queue.known('abcd', 'js')).toEqual([[4, 'keyword']])
    expect(queue.known('abcd', 'py')).toBeUndefined()
    asked[1]?.answer([[4, 'string']])
    expect(told).toEqual(['first', 'second', 'third'])
    // Bug: every remount has the same code highlighted again.
    queue.want('abcd', 'js', () => told.push('again'))
    expect(asked).toHaveLength(2)
    expect(seen).toEqual({ starts: 1, ends: 0 })
  })

  // Bug: after a long way up, what is looked at waits for everything that was passed by.
  it('passes over what nobody waits for any more, but lets the one that runs be', () => {
    const { asked, queue } = made()
    const leaveFirst = queue.want('abcd', 'js', () => undefined)
    const leaveSecond = queue.want('efgh', 'js', () => undefined)
    queue.want('ijkl', 'js', () => undefined)
    leaveFirst()
    leaveSecond()
    asked[0]?.answer([[4, 'keyword']])
    expect(asked.map(({ code }) => code)).toEqual(['abcd', 'ijkl'])
    expect(queue.known('abcd', 'js')).toEqual([[4, 'keyword']])
    expect(queue.known('efgh', 'js')).toBeUndefined()
  })

  it('ends a grammar that does not end, leaves its code plain, and goes on with a new one', () => {
    const { asked, seen, queue } = made()
    queue.want('slow', 'js', () => undefined)
    queue.want('next', 'js', () => undefined)
    vi.advanceTimersByTime(60_000)
    expect(queue.known('slow', 'js')).toBeNull()
    expect(seen.ends).toBeGreaterThanOrEqual(1)
    expect(asked.map(({ code }) => code)).toEqual(['slow', 'next'])
    asked[0]?.answer([[4, 'keyword']])
    expect(queue.known('slow', 'js')).toBeNull()
  })

  it('takes no runs that do not fit, no code without a language, and none that is too long', () => {
    const { asked, queue } = made()
    queue.want('abcd', 'js', () => undefined)
    asked[0]?.answer([[400, 'keyword']])
    expect(queue.known('abcd', 'js')).toBeNull()
    queue.want('abcd', '', () => undefined)
    queue.want('a'.repeat(100_000), 'js', () => undefined)
    expect(asked).toHaveLength(1)
  })

  it('does without where no worker can be started', () => {
    const queue = createJobQueue(() => null)
    queue.want('abcd', 'js', () => undefined)
    expect(queue.known('abcd', 'js')).toBeNull()
  })

  it('forgets the oldest when it remembers much', () => {
    const { asked, queue } = made()
    for (let at = 0; at < 60; at += 1) {
      const code = String(at).padEnd(50_000, 'a')
      queue.want(code, 'js', () => undefined)
      asked[at]?.answer([[50_000, 'plain']])
    }
    expect(queue.known('0'.padEnd(50_000, 'a'), 'js')).toBeUndefined()
    expect(queue.known('59'.padEnd(50_000, 'a'), 'js')).not.toBeUndefined()
  })
})
