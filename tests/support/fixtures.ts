import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SseEvent } from './sse'

/**
 * Reads recorded and hand-written provider answers. Ours lie in `tests/fixtures/streams` (see the README there);
 * LATCHKEY_RECORDINGS may name a second folder of the same layout, whose files are played against the app as well.
 */

const DIALECTS = ['anthropic', 'google', 'openai-chat', 'openai-compatible', 'openai-responses'] as const

export type Dialect = (typeof DIALECTS)[number]

/** An answer on disk. The name is `dialect/file`, without the endings. */
export interface FixtureFile {
  readonly name: string
  readonly dialect: Dialect
  readonly kind: 'stream' | 'body'
  readonly path: string
}

/** What a fixture of ours must come to. Counted by hand from the figures in it; see the README. */
export interface ExpectedAnswer {
  readonly responseId: string
  readonly model: string
  readonly text: string
  readonly thinking: string
  readonly signature: string
  readonly terminal: 'message_stop' | 'error' | 'eof'
  readonly stopReason: string | null
  /** Sums over the lines. Null is "never reported". */
  readonly usage: ExpectedTokens
  readonly thinkingTokens: number | null
  readonly fees: Readonly<Record<string, number>>
  readonly lines: readonly ExpectedLine[]
  /** Exact, in pico-dollars; null where something was never reported. */
  readonly costPico: string | null
  readonly atLeastPico: string
  readonly note?: string
}

export type ExpectedTokens = Readonly<
  Record<'in_uncached' | 'in_cache_read' | 'in_cache_write_5m' | 'in_cache_write_1h' | 'out', number | null>
>

export interface ExpectedLine {
  readonly role: 'main' | 'compaction' | 'advisor' | 'fallback'
  readonly model: string
  readonly tokens: ExpectedTokens
  readonly fees: Readonly<Record<string, number>>
}

const STREAM_ENDING = '.chunks.txt'
const BODY_ENDING = '.json'
const EXPECTED_ENDING = '.expected.json'

const OUR_ROOT = fileURLToPath(new URL('../fixtures/streams', import.meta.url))

/** The fixtures written for this project. */
export function listFixtures(dialect?: Dialect): readonly FixtureFile[] {
  return filesIn(OUR_ROOT, dialect)
}

/** The recordings of LATCHKEY_RECORDINGS; none when it is unset, an error when it names no folder. */
export function listRecordings(dialect?: Dialect): readonly FixtureFile[] {
  const root = folderFromEnvironment('LATCHKEY_RECORDINGS')
  return root === undefined ? [] : filesIn(root, dialect)
}

/** The fixture of this name, ours before a recording; with a file's ending, the one of that kind. */
export function findFixture(name: string): FixtureFile {
  const ending = [STREAM_ENDING, BODY_ENDING].find((candidate) => name.endsWith(candidate)) ?? ''
  const found = [...listFixtures(), ...listRecordings()].find(
    (file) => file.name + ending === name && file.path.endsWith(ending),
  )
  if (found === undefined) throw new Error(`no fixture is called ${name}`)
  return found
}

/** The events of a stream fixture, with the `event:` names and the terminator its dialect sends. */
export function fixtureEvents(name: string | FixtureFile): readonly SseEvent[] {
  const file = typeof name === 'string' ? findFixture(name) : name
  if (file.kind !== 'stream') throw new Error(`${file.name} is a body, not a stream`)
  // Split at line feeds alone: U+2028 and U+0085 are ordinary characters in JSON.
  const lines = readFileSync(file.path, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return asDialect(lines, file.dialect)
}

/** The bytes of a body fixture. */
export function fixtureBody(name: string | FixtureFile): string {
  const file = typeof name === 'string' ? findFixture(name) : name
  if (file.kind !== 'body') throw new Error(`${file.name} is a stream, not a body`)
  return readFileSync(file.path, 'utf8')
}

/** What a fixture of ours must come to. */
export function expectedAnswer(name: string): ExpectedAnswer {
  const file = findFixture(name)
  return JSON.parse(readFileSync(file.path.replace(STREAM_ENDING, EXPECTED_ENDING), 'utf8')) as ExpectedAnswer
}

/** Hostile markup from LATCHKEY_PAYLOADS (`*.txt`: one a line, `*.json`: an array); none when it is unset. */
export function listPayloads(): readonly string[] {
  const root = folderFromEnvironment('LATCHKEY_PAYLOADS')
  if (root === undefined) return []
  return readdirSync(root)
    .toSorted()
    .flatMap((file) => {
      const path = join(root, file)
      if (file.endsWith('.txt')) return readFileSync(path, 'utf8').split('\n')
      return file.endsWith('.json') ? (JSON.parse(readFileSync(path, 'utf8')) as string[]) : []
    })
    .filter((payload) => payload.trim() !== '')
}

function folderFromEnvironment(variable: string): string | undefined {
  const folder = process.env[variable]
  if (folder === undefined || folder === '') return undefined
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new Error(`${variable} names a folder that does not exist: ${folder}`)
  }
  return folder
}

function filesIn(root: string, only?: Dialect): FixtureFile[] {
  const dialects = only === undefined ? DIALECTS : [only]
  return dialects.flatMap((dialect) => {
    const folder = join(root, dialect)
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .toSorted()
      .flatMap((file): FixtureFile[] => {
        const path = join(folder, file)
        if (file.endsWith(STREAM_ENDING)) {
          return [{ name: `${dialect}/${file.slice(0, -STREAM_ENDING.length)}`, dialect, kind: 'stream', path }]
        }
        if (!file.endsWith(BODY_ENDING) || file.endsWith(EXPECTED_ENDING)) return []
        return [{ name: `${dialect}/${file.slice(0, -BODY_ENDING.length)}`, dialect, kind: 'body', path }]
      })
  })
}

function asDialect(lines: readonly string[], dialect: Dialect): SseEvent[] {
  const events = lines.map((data): SseEvent => (data === '[DONE]' ? { data } : namedEvent(data, dialect)))
  const endsWithDone = dialect === 'openai-chat' || dialect === 'openai-compatible'
  return endsWithDone && events.at(-1)?.data !== '[DONE]' ? [...events, { data: '[DONE]' }] : events
}

/** The data stays as it stands, not re-serialised: its spelling of numbers and escapes is part of the recording. */
function namedEvent(data: string, dialect: Dialect): SseEvent {
  if (dialect !== 'anthropic' && dialect !== 'openai-responses') return { data }
  return { event: (JSON.parse(data) as { type: string }).type, data }
}
