import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Replayed } from '../replay/replay'
import { makeTempDir, type TempDir } from '../support/temp-dir'

const ROOT = join(import.meta.dirname, '..', '..')

let profile: TempDir
beforeEach(async () => {
  profile = await makeTempDir()
})
afterEach(() => profile.remove())

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
