import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  expectedAnswer,
  findFixture,
  fixtureBody,
  fixtureEvents,
  listFixtures,
  listPayloads,
  listRecordings,
  type ExpectedLine,
} from './fixtures'
import { writeFile, mkdir } from 'node:fs/promises'
import { eventData } from './sse'
import { withTempDir } from './temp-dir'

afterEach(() => {
  vi.unstubAllEnvs()
})

/** Pico-dollars per token at $2 in, $0.10 cache read, $2.50 and $4 cache write, $10 out a million. */
const PICO_PER_TOKEN = {
  in_uncached: 2_000_000n,
  in_cache_read: 100_000n,
  in_cache_write_5m: 2_500_000n,
  in_cache_write_1h: 4_000_000n,
  out: 10_000_000n,
} as const
const PICO_PER_SEARCH = 10_000_000_000n

function costOfLine({ tokens, fees }: ExpectedLine): bigint {
  const buckets = Object.entries(PICO_PER_TOKEN) as [keyof typeof PICO_PER_TOKEN, bigint][]
  return buckets.reduce(
    (sum, [bucket, pico]) => sum + BigInt(tokens[bucket] ?? 0) * pico,
    BigInt(fees['web_search'] ?? 0) * PICO_PER_SEARCH,
  )
}

describe.each(listFixtures('anthropic').map((file) => file.name))('%s', (name) => {
  const expected = expectedAnswer(name)

  it('states a cost that its own figures come to', () => {
    const cost = expected.lines.reduce((sum, line) => sum + costOfLine(line), 0n)
    expect(expected.costPico ?? expected.atLeastPico).toBe(String(cost))
    expect(BigInt(expected.atLeastPico)).toBeLessThanOrEqual(cost)
  })

  it('states the text that its deltas come to', () => {
    const deltas = fixtureEvents(name).map(
      (event) => (eventData(event) as { delta?: { text?: string; thinking?: string } }).delta,
    )
    expect(deltas.map((delta) => delta?.text ?? '').join('')).toBe(expected.text)
    expect(deltas.map((delta) => delta?.thinking ?? '').join('')).toBe(expected.thinking)
  })

  it('ends as it says it does', () => {
    const last = fixtureEvents(name).at(-1)?.event
    expect({ message_stop: 'message_stop', error: 'error' }[String(last)] ?? 'eof').toBe(expected.terminal)
  })
})

describe('reading fixtures', () => {
  it('names the fixture that is missing', () => {
    expect(() => findFixture('anthropic/nowhere')).toThrow('no fixture is called anthropic/nowhere')
  })

  it('has enough deltas in the long text to test streaming with', () => {
    const deltas = fixtureEvents('anthropic/long-text').filter((event) => event.event === 'content_block_delta')
    expect(deltas).toHaveLength(400)
  })

  it('keeps line separators inside a string, where they are ordinary characters', () => {
    expect(expectedAnswer('anthropic/odd-characters').text).toContain('\u2028')
    expect(fixtureEvents('anthropic/odd-characters').every((event) => eventData(event) !== undefined)).toBe(true)
  })
})

describe('recordings from outside', () => {
  it('are none when no folder is named', () => {
    vi.stubEnv('LATCHKEY_RECORDINGS', undefined)
    expect(listRecordings()).toEqual([])
  })

  it('are an error when the folder named is not there', () => {
    vi.stubEnv('LATCHKEY_RECORDINGS', '/nowhere/at/all')
    expect(() => listRecordings()).toThrow('LATCHKEY_RECORDINGS names a folder that does not exist')
  })

  it('carry the event names and the terminator of their dialect', async () => {
    await withTempDir(async (dir) => {
      const lines = '{"type":"response.created"}\n{"type":"response.completed"}\n'
      for (const dialect of ['openai-responses', 'openai-chat', 'google']) {
        await mkdir(dir.file(dialect))
        await writeFile(dir.file(dialect, 'answer.1.chunks.txt'), lines)
      }
      await writeFile(dir.file('openai-chat', 'answer.1.json'), '{"id": 1}')
      vi.stubEnv('LATCHKEY_RECORDINGS', dir.path)
      expect(listRecordings().map((file) => [file.name, file.kind])).toEqual([
        ['google/answer.1', 'stream'],
        ['openai-chat/answer.1', 'stream'],
        ['openai-chat/answer.1', 'body'],
        ['openai-responses/answer.1', 'stream'],
      ])
      expect(fixtureEvents('openai-responses/answer.1').map((event) => event.event)).toEqual([
        'response.created',
        'response.completed',
      ])
      expect(fixtureEvents('openai-chat/answer.1').at(-1)).toEqual({ data: '[DONE]' })
      expect(fixtureEvents('google/answer.1')).toEqual(
        lines
          .trim()
          .split('\n')
          .map((data) => ({ data })),
      )
      expect(fixtureBody('openai-chat/answer.1.json')).toBe('{"id": 1}')
      expect(() => fixtureBody('openai-chat/answer.1')).toThrow('is a stream')
    })
  })

  it('are all readable where there are any', () => {
    const empty = listRecordings().filter((file) =>
      file.kind === 'body' ? Object.keys(JSON.parse(fixtureBody(file))).length === 0 : fixtureEvents(file).length === 0,
    )
    expect(empty).toEqual([])
  })
})

describe('payloads from outside', () => {
  it('are none when no folder is named', () => {
    vi.stubEnv('LATCHKEY_PAYLOADS', undefined)
    expect(listPayloads()).toEqual([])
  })

  it('are read one a line and from arrays, without empty ones', async () => {
    await withTempDir(async (dir) => {
      await writeFile(dir.file('a.txt'), '<b>\n\n<script>\n')
      await writeFile(dir.file('b.json'), '["<svg>", ""]')
      await writeFile(dir.file('b.LICENSE'), 'words')
      vi.stubEnv('LATCHKEY_PAYLOADS', dir.path)
      expect(listPayloads()).toEqual(['<b>', '<script>', '<svg>'])
    })
  })
})
