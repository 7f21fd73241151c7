import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCatalog } from '../../src/main/catalog/catalog'
import { readPriceRows } from '../../src/core/price-file'
import { startMachine, type Machine } from '../replay/machine'
import { problemsOf } from '../replay/problems'
import { replayFile, type Replayed, type ReplayedLine } from '../replay/replay'
import { listFixtures, listRecordings } from '../support/fixtures'

const { prices: book } = createCatalog()
const atMs = Date.UTC(2026, 10, 23)

let machine: Machine
beforeAll(async () => {
  machine = await startMachine()
})
afterAll(() => machine.close())

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
