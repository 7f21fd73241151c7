import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCatalog } from '../../src/main/catalog/catalog'
import { readPriceRows } from '../../src/core/price-file'
import { startMachine, type Machine } from '../replay/machine'
import { problemsOf } from '../replay/problems'
import { replayFile, type Replayed, type ReplayedLine } from '../replay/replay'
import { listFixtures, listRecordings } from '../support/fixtures'
import { makeTempDir, type TempDir } from '../support/temp-dir'

const ROOT = join(import.meta.dirname, '..', '..')
const { prices: book } = createCatalog()
const atMs = Date.UTC(2026, 10, 23)

let machine: Machine
beforeAll(async () => {
  machine = await startMachine()
})
afterAll(() => machine.close())

let profile: TempDir
beforeEach(async () => {
  profile = await makeTempDir()
})
afterEach(() => profile.remove())

type Rates = Readonly<Record<string, string>>
type Units = Readonly<Record<string, number>>
/** Lines as `role/model/bucket: units`; a main line of the one model is its bucket alone. */
type Truth = readonly [
  file: string,
  model: string,
  rates: Rates,
  units: Units,
  pico: bigint,
  more?: {
    readonly fees?: Rates
    readonly others?: Readonly<Record<string, Rates>>
    readonly flags?: readonly string[]
  },
]

const SONNET = { in_uncached: '3', out: '15' }
const MICRO = 1_000_000n

/** What recorded streams report, and what that costs at the prices given: read off the recordings by hand. */
const TRUTH: readonly Truth[] = [
  ['anthropic-text', 'claude-sonnet-4-5-20250929', SONNET, { in_uncached: 12, out: 30 }, 486n * MICRO],
  [
    'anthropic-code-execution-20260120-prompt-cache.1',
    'claude-sonnet-5',
    { in_uncached: '2', out: '10', in_cache_write_5m: '2.5', in_cache_read: '0.2' },
    { in_uncached: 6, in_cache_read: 6289, in_cache_write_5m: 3337, out: 198 },
    11_592_300_000n,
    // What the container costs is in no report.
    { flags: ['fee_not_reported'] },
  ],
  [
    'anthropic-compaction.1',
    'claude-opus-4-6',
    { in_uncached: '5', out: '25' },
    { 'compaction/in_uncached': 60_385, 'compaction/out': 522, in_uncached: 612, out: 2819 },
    388_510n * MICRO,
  ],
  [
    'anthropic-advisor-20250301.1',
    'claude-sonnet-4-6',
    SONNET,
    {
      in_uncached: 1051 + 3676,
      out: 35 + 3356,
      'advisor/claude-opus-4-7/in_uncached': 2728,
      'advisor/claude-opus-4-7/out': 3880,
    },
    // 4,727 × 3 + 3,391 × 15 + 2,728 × 5 + 3,880 × 25.
    175_686n * MICRO,
    { others: { 'claude-opus-4-7': { in_uncached: '5', out: '25' } } },
  ],
  [
    'anthropic-web-search-tool.1',
    'claude-sonnet-4-20250514',
    SONNET,
    { in_uncached: 15_665, out: 795, 'fee:web_search': 1 },
    68_920n * MICRO,
    { fees: { web_search: '0.01' } },
  ],
  [
    'anthropic-fallback',
    'claude-fable-5',
    { in_uncached: '10', out: '50' },
    // The hop that declined may not be billed: nothing, at most $0.00408.
    { in_uncached: 408, 'fallback/claude-opus-4-8/in_uncached': 412, 'fallback/claude-opus-4-8/out': 264 },
    8660n * MICRO,
    { others: { 'claude-opus-4-8': { in_uncached: '5', out: '25' } } },
  ],
  [
    'anthropic-claude-opus-5-reasoning-high.1',
    'claude-opus-5',
    { in_uncached: '5', out: '25' },
    { in_uncached: 51, out: 1699 },
    42_730n * MICRO,
  ],
  [
    'anthropic-message-delta-input-tokens',
    'claude-opus-4-5-20251101',
    { in_uncached: '5', out: '25' },
    { in_uncached: 61, out: 2 },
    355n * MICRO,
  ],
  [
    'duplicate-message-start',
    'claude-3-haiku-20240307',
    { in_uncached: '1', out: '2' },
    { in_uncached: 17, out: 227 },
    471n * MICRO,
  ],
  [
    'spliced-message-start',
    'claude-3-haiku-20240307',
    { in_uncached: '1', out: '2' },
    { in_uncached: 17, out: 65 },
    147n * MICRO,
    { flags: ['spliced_responses'] },
  ],
  ['anthropic-mcp.1', 'claude-sonnet-4-5-20250929', SONNET, { in_uncached: 1250, out: 83 }, 4995n * MICRO],
  [
    'anthropic-web-fetch-tool-20260209.1',
    'claude-sonnet-4-6',
    SONNET,
    { in_uncached: 7172, out: 144 },
    23_676n * MICRO,
  ],
  ['anthropic-tool-no-args', 'claude-sonnet-4-5-20250929', SONNET, { in_uncached: 565, out: 48 }, 2415n * MICRO],
  ['anthropic-clear-thinking.1', 'claude-sonnet-4-5-20250929', SONNET, { in_uncached: 69, out: 53 }, 1002n * MICRO],
  ['anthropic-refusal', 'claude-fable-5', { in_uncached: '10', out: '50' }, { in_uncached: 18, out: 5 }, 430n * MICRO],
  [
    'openai-web-search-tool.1',
    'gpt-5-mini-2025-08-07',
    { in_uncached: '0.25', out: '2', in_cache_read: '0.025' },
    { in_uncached: 27_361, in_cache_read: 3712, out: 4416, 'fee:web_search': 2 },
    // Tokens $0.01576505 and two searches.
    35_765_050_000n,
    { fees: { web_search: '0.01' } },
  ],
  [
    'openai-code-interpreter-tool.1',
    'gpt-5-nano-2025-08-07',
    { in_uncached: '0.05', out: '0.40', in_cache_read: '0.005' },
    { in_uncached: 3103, in_cache_read: 2944, out: 1623 },
    819_070_000n,
    { flags: ['fee_not_reported'] },
  ],
  [
    'openai-compaction.1',
    'gpt-5.2-2025-12-11',
    { in_uncached: '1.75', out: '14', in_cache_read: '0.175' },
    { in_uncached: 1305, in_cache_read: 49_792, out: 2505 },
    46_067_350_000n,
  ],
  [
    'openai-file-search-tool.1',
    'gpt-5-mini-2025-08-07',
    { in_uncached: '1', out: '1', in_cache_read: '1' },
    { in_uncached: 1433, in_cache_read: 2304, out: 621, 'fee:file_search': 1 },
    6858n * MICRO,
    { fees: { file_search: '0.0025' } },
  ],
  [
    'openai-image-generation-tool.1',
    'gpt-5-2025-08-07',
    { in_uncached: '1', out: '1', in_cache_read: '1' },
    { in_uncached: 1021, in_cache_read: 1920, out: 1249 },
    4190n * MICRO,
    { flags: ['fee_not_reported'] },
  ],
  // Four responses in a row, each a call: 134, 221, 260 and 299 in; 28, 26, 26 and 12 out.
  [
    'openai-reasoning-encrypted-content.1',
    'gpt-5.1-codex-max',
    { in_uncached: '1', out: '1' },
    { in_uncached: 914, out: 92 },
    1006n * MICRO,
  ],
  [
    'programmatic-tool-calling.1',
    'gpt-5.6-sol',
    { in_uncached: '1', out: '1' },
    { in_uncached: 631, out: 87 },
    718n * MICRO,
  ],
  [
    'openai-mcp-tool.1',
    'gpt-5-mini-2025-08-07',
    { in_uncached: '1', out: '1' },
    { in_uncached: 11_791, out: 963 },
    12_754n * MICRO,
  ],
  [
    'openai-tool-search.1',
    'gpt-5.4-2026-03-05',
    { in_uncached: '1', out: '1' },
    { in_uncached: 640, out: 46 },
    686n * MICRO,
  ],
  [
    'openai-text',
    'gpt-4.1-nano-2025-04-14',
    { in_uncached: '0.10', out: '0.40' },
    { in_uncached: 16, out: 300 },
    121_600_000n,
  ],
  [
    'azure-model-router.1',
    'gpt-5-nano-2025-08-07',
    { in_uncached: '1', out: '1' },
    { in_uncached: 15, out: 78 },
    93n * MICRO,
  ],
  [
    'google-reasoning',
    'gemini-3-pro-preview',
    { in_uncached: '2', out: '12' },
    { in_uncached: 9, out: 285 },
    3438n * MICRO,
  ],
  ['google-text', 'gemini-3-pro-preview', { in_uncached: '2', out: '12' }, { in_uncached: 9, out: 208 }, 2514n * MICRO],
  [
    'google-stream-tool-call-arguments',
    'gemini-3.1-pro-preview',
    { in_uncached: '1', out: '1' },
    { in_uncached: 26, out: 155 },
    181n * MICRO,
  ],
  [
    'google-tool-call',
    'gemini-3-pro-preview',
    { in_uncached: '1', out: '1' },
    { in_uncached: 29, out: 60 },
    89n * MICRO,
  ],
  // What xAI states, to the tick, and not what these prices would give.
  [
    'xai-text',
    'grok-3-mini',
    { in_uncached: '9', out: '9' },
    { provider_cost: 1, in_uncached: 1, in_cache_read: 11, out: 342 },
    172_125_000n,
    { flags: ['hidden_reasoning'] },
  ],
  [
    'xai-chat-ticks',
    'grok-3-mini',
    { in_uncached: '9', out: '9' },
    { provider_cost: 1, in_uncached: 1, in_cache_read: 11, out: 291 },
    146_625_000n,
    { flags: ['hidden_reasoning'] },
  ],
  [
    'deepseek-tool-call',
    'deepseek-reasoner',
    { in_uncached: '0', out: '0', in_cache_read: '0.003625' },
    { in_uncached: 19, in_cache_read: 320, out: 83 },
    1_160_000n,
  ],
  [
    'deepseek-reasoning',
    'deepseek-reasoner',
    { in_uncached: '1', out: '1' },
    { in_uncached: 18, out: 219 },
    237n * MICRO,
  ],
  ['mistral-text', 'mistral-small-latest', { in_uncached: '1', out: '1' }, { in_uncached: 13, out: 8 }, 21n * MICRO],
  ['perplexity-text', 'sonar', { in_uncached: '1', out: '1' }, { in_uncached: 11, out: 434 }, 445n * MICRO],
]

const recordings = new Map(listRecordings().map((file) => [file.name.split('/')[1] ?? '', file]))
const known = TRUTH.filter(([file]) => recordings.has(file))

function unitsOf({ lines }: Replayed, model: string): Units {
  const units: Record<string, number> = {}
  for (const line of lines) {
    const place = [line.role === 'main' ? '' : line.role, line.model === model ? '' : line.model, line.bucket]
    const name = place.filter((part) => part !== '').join('/')
    units[name] = (units[name] ?? 0) + line.units
  }
  return units
}

describe.skipIf(known.length === 0)('a recorded stream', () => {
  it.each(known.map((truth) => ({ file: truth[0], truth })))(
    '$file comes to exactly what it reports',
    async ({ truth }) => {
      const [name, model, rates, units, pico, more = {}] = truth
      const { others = {}, fees = {}, flags = [] } = more
      const given = readPriceRows([
        { provider: 'perplexity', model, rates, fees },
        ...Object.entries(others).map(([other, at]) => ({ provider: 'perplexity', model: other, rates: at })),
      ])
      const path = recordings.get(name)?.path ?? ''
      const replayed = await replayFile(machine, name, path, { given, book, atMs })
      expect(unitsOf(replayed, model)).toEqual(units)
      expect(replayed).toMatchObject({ costPico: pico.toString(), terminal: 'completed', modelAnswered: model, flags })
      expect(problemsOf(replayed, true)).toEqual([])
    },
  )

  it.each([
    ['openai-error.1', 'failed'],
    ['google-429-retry-info', 'failed'],
  ])('%s failed, and nothing was billed', async (name, terminal) => {
    const path = recordings.get(name)?.path ?? ''
    const replayed = await replayFile(machine, name, path, { given: [], book, atMs })
    expect(replayed).toMatchObject({ terminal, costPico: '0', lines: [] })
  })

  it('is in the table', () => {
    const missing = [...recordings.keys()].filter((name) => !TRUTH.some(([file]) => file === name))
    expect(missing.toSorted()).toEqual([
      'google-429-retry-info',
      'google-reasoning-gemini3',
      'google-tool-call-gemini3',
      'groq-tool-call',
      'openai-error.1',
    ])
  })
})

describe('our own recordings', () => {
  it.each(listFixtures().map(({ name, path }) => [name, path]))(
    '%s: lines, cost and report agree',
    async (name, path) => {
      const replayed = await replayFile(machine, name, path, { given: [], book, atMs })
      const bad = name === 'anthropic/unknown-usage-field' ? ['unknown_usage_field'] : []
      expect(replayed.flags).toEqual(expect.arrayContaining(bad))
      expect(problemsOf(replayed, false)).toEqual([])
      for (const line of replayed.lines) {
        if (line.pico === null || line.class === 'uncertain' || line.bucket === 'provider_cost') continue
        expect({ ...line, pico: line.pico }).toEqual({ ...line, pico: schoolbook(line) })
      }
    },
  )
})

/** Prices with at most six decimals and factors of whole cents come to whole pico-dollars: no rounding to repeat here. */
function schoolbook({ bucket, units, unitPrice, multiplier }: ReplayedLine): string {
  const millionths = (text: string): bigint => {
    const [whole = '', part = ''] = text.split('.')
    return BigInt(whole + part.padEnd(6, '0'))
  }
  const perUnit = bucket.startsWith('fee:') ? 1_000_000n : 1n
  return ((BigInt(units) * millionths(unitPrice ?? '') * perUnit * millionths(multiplier)) / 1_000_000n).toString()
}

describe('npm run replay', () => {
  const write = (name: string, text: string): string => {
    writeFileSync(profile.file(name), text)
    return name
  }
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(
      'npm',
      ['--prefix', ROOT, 'run', '--silent', 'replay', '--', ...args],
      { cwd: profile.path, encoding: 'utf8' },
    )
    return { status, stdout, stderr: stderr.replaceAll(/^npm warn .*\n/gm, '') }
  }
  const json = (...args: readonly string[]) => {
    const { status, stdout, stderr } = run('--json', ...args)
    return { status, stderr, results: JSON.parse(stdout) as Replayed[] }
  }

  const message = (usage: object, more: object = {}) =>
    JSON.stringify({
      id: 'msg_1',
      type: 'message',
      model: 'claude-sonnet-5-5',
      stop_reason: 'end_turn',
      usage,
      ...more,
    })
  const CHAT = [
    {
      id: 'a',
      object: 'chat.completion.chunk',
      model: 'm-1',
      choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }],
    },
    {
      id: 'a',
      object: 'chat.completion.chunk',
      model: 'm-1',
      choices: [],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    },
  ].map((chunk) => JSON.stringify(chunk))

  it('prints one array and nothing else, an object per file, in every form a recording has', () => {
    const files = [
      write('a.chunks.txt', CHAT.join('\n')),
      write('b.sse', `: comment\r\n\r\n${CHAT.map((data) => `data: ${data}\r\n\r\n`).join('')}data: [DONE]\r\n\r\n`),
      write('c.json', message({ input_tokens: 100, output_tokens: 10 })),
    ]
    const { status, results, stderr } = json(...files)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(results.map(({ file, dialect, terminal }) => [file, dialect, terminal])).toEqual([
      ['a.chunks.txt', 'openai-chat', 'completed'],
      ['b.sse', 'openai-chat', 'completed'],
      ['c.json', 'anthropic', 'completed'],
    ])
    expect(Object.keys(results[2] ?? {})).toEqual([
      'file',
      'dialect',
      'modelRequested',
      'modelAnswered',
      'terminal',
      'class',
      'costPico',
      'lines',
      'usageRaw',
      'flags',
    ])
    expect(results[0]).toMatchObject({ class: 'unpriced', costPico: null })
    expect(results[2]).toMatchObject({
      modelAnswered: 'claude-sonnet-5-5',
      costPico: '300000000',
      usageRaw: { input_tokens: 100, output_tokens: 10 },
      lines: [
        {
          role: 'main',
          model: 'claude-sonnet-5-5',
          bucket: 'in_uncached',
          units: 100,
          unitPrice: '2',
          multiplier: '1',
          priceId: 'anthropic/claude-sonnet-5-5@2026-10-07',
          pico: '200000000',
          class: 'computed',
        },
        { bucket: 'out', units: 10, pico: '100000000' },
      ],
    })
  })

  it('prices at the prices of the day when they are given, or the day itself', () => {
    const file = write('c.json', message({ input_tokens: 0, cache_read_input_tokens: 10, output_tokens: 0 }))
    const prices = write(
      'prices.json',
      JSON.stringify([{ provider: 'anthropic', model: 'claude-sonnet-5-5', rates: { in_cache_read: '0.30' } }]),
    )
    expect(json(file).results[0]?.costPico).toBe('1000000')
    expect(json('--at', '2026-10-06', file).results[0]?.costPico).toBe('2000000')
    expect(json('--prices', prices, file).results[0]?.costPico).toBe('3000000')
  })

  it.each([
    [
      'a checksum that does not hold',
      {
        usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 5, totalTokenCount: 99 },
        candidates: [{ finishReason: 'STOP' }],
      },
      'its totals and their parts do not agree',
    ],
    [
      'a negative count',
      {
        id: 'x',
        object: 'chat.completion',
        model: 'm',
        choices: [{ finish_reason: 'stop' }],
        usage: { prompt_tokens: -5, completion_tokens: 5 },
      },
      'it reports a count that is none',
    ],
    ['another kind of file', { hello: 1 }, 'is in no dialect known here'],
  ])('fails for %s, naming file and reason', (_, body, reason) => {
    const { status, stderr, results } = json(write('bad.json', JSON.stringify(body)))
    expect(status).toBe(1)
    expect(stderr).toContain(`bad.json: ${reason}`)
    expect(results).toHaveLength(1)
  })

  it('goes on after a file it cannot read', () => {
    write('torn.chunks.txt', `${CHAT[0]}\n{"id":`)
    write('good.json', message({ input_tokens: 1, output_tokens: 1 }))
    const { status, stderr, results } = json('torn.chunks.txt', 'gone.sse', 'good.json')
    expect(status).toBe(1)
    expect(stderr).toBe('torn.chunks.txt: line 2 is not JSON\ngone.sse: there is no such file\n')
    expect(results.map(({ terminal }) => terminal)).toEqual([null, null, 'completed'])
  })

  it('tells two responses without ids apart, and chunks with an id each together', () => {
    const one = CHAT.map((data) => data.replace('"id":"a",', ''))
    write(
      'two.chunks.txt',
      [...one, ...one.map((data) => data.replace(':10,', ':1000,').replace(':15}', ':1005}'))].join('\n'),
    )
    write('each.chunks.txt', CHAT.map((data, index) => data.replace('"id":"a"', `"id":"a${index}"`)).join('\n'))
    const { results } = json('two.chunks.txt', 'each.chunks.txt')
    expect(results.map(({ lines }) => lines.map(({ units }) => units))).toEqual([
      [10, 5, 1000, 5],
      [10, 5],
    ])
    expect(results.map(({ terminal }) => terminal)).toEqual(['completed', 'completed'])
  })

  it('reads a refusal in one piece as it does a stream', () => {
    const usageMetadata = { promptTokenCount: 100, totalTokenCount: 100 }
    const refusal = JSON.stringify({
      candidates: [{ finishReason: 'SAFETY' }],
      usageMetadata,
      modelVersion: 'gemini-3-pro-preview',
    })
    write('piece.json', refusal)
    write('stream.sse', `data: ${refusal}\n\n`)
    const { results } = json('piece.json', 'stream.sse')
    expect(results.map((result) => [result.class, result.costPico])).toEqual([
      ['uncertain', '0'],
      ['uncertain', '0'],
    ])
  })

  it('minds unpriced models only when asked to be strict', () => {
    const file = write('a.chunks.txt', CHAT.join('\n'))
    expect(json(file).status).toBe(0)
    const { status, stderr } = json('--strict', file)
    expect(status).toBe(1)
    expect(stderr).toContain('a.chunks.txt: m-1 has no price for in_uncached')
  })

  it.each([
    [[], /Name at least one file/],
    [['--dialect', 'klingon', 'x.json'], /There is no dialect "klingon"/],
    [['--sum', 'x.json'], /--sum/],
    [['--at', 'noon', 'x.json'], /"noon" is no instant/],
    [['--at', '2026-11-23T10:00:00', 'x.json'], /is no instant/],
    [['--prices', 'nowhere.json', 'x.json'], /nowhere\.json: cannot be read/],
  ])('explains itself when it is asked wrongly: %j', (args, words) => {
    const { status, stdout, stderr } = run(...args)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(words)
    expect(stderr).toContain('npm run replay --')
  })

  it('is a table for people', () => {
    const { status, stdout } = run(write('c.json', message({ input_tokens: 100, output_tokens: 10 })))
    expect(status).toBe(0)
    expect(stdout).toContain('anthropic · claude-sonnet-5-5 · completed · $0.0003 (computed)')
    expect(stdout).toMatch(/main +claude-sonnet-5-5 +in_uncached +100 +\$2 +1 +\$0\.0002 +computed/)
  })
})
