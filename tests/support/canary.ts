import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { serialize } from 'node:v8'
import type { RecordedRequest } from './provider-server'
import { formsIn, needlesFor } from './secret-search'

// Where a key may never come to lie. What a later feature writes (an export, a backup, a log) belongs into these tables:
// a file nobody registered fails the test that finds it.

/** A key that is a key to every rule of ours, and that nothing else in the world looks like. */
export function makeCanary(): string {
  return `sk-CANARY-${randomBytes(24).toString('hex')}`
}

/** Kept in the canary tests: every place where something leaves Latchkey or stays behind. */
export const SINKS = [
  'file of the profile',
  'temporary file',
  'saved file',
  'log line',
  'standard output',
  'standard error',
  'answer to the page',
  'event to the page',
  'URL',
  'header',
  'body',
  'page',
  'heap of the page',
] as const

export type Sink = (typeof SINKS)[number]

/** Files that Latchkey writes below the profile. Paths are relative, with slashes. */
export const PROFILE_FILES: readonly RegExp[] = [
  /^latchkey\.db(?:-wal|-shm|-journal)?$/,
  // A copy of the file before a migration.
  /^latchkey\.db\.before-v\d+(?:-journal)?$/,
  /^lock\.db(?:-journal|-wal|-shm)?$/,
  // With its copy while it is replaced.
  /^vault\.json(?:\.new)?$/,
]

/** What Electron's Chromium keeps beside them, and the stand-in's; not ours to name, but searched like everything else. */
export const CHROMIUM_FILES: readonly RegExp[] = [
  /^standin\//,
  /^(?:Session Storage|Local Storage|IndexedDB|WebStorage|blob_storage|shared_proto_db|Shared Dictionary|Partitions)\//,
  /^(?:Cache|Code Cache|GPUCache|Dawn\w*Cache|GPUPersistentCache|Network|Dictionaries|Crashpad)\//,
  /^(?:Cookies|Trust Tokens|Network Persistent State|TransportSecurity|SharedStorage|DIPS)(?:-journal|-wal)?$/,
  /^(?:Local State|Preferences|lockfile|DevToolsActivePort|Singleton(?:Lock|Cookie|Socket))$/,
]

/** Where a canary was found. */
export interface Finding {
  readonly sink: Sink
  readonly place: string
  readonly form: string
}

/** Collects what comes out of every sink, and searches it. */
export interface CanaryWatch {
  /** A text, bytes, or anything that crosses a boundary as data. */
  record(sink: Sink, place: string, value: unknown): void
  /** Everything of a request the other side has seen. */
  request(request: RecordedRequest): void
  /** All files below a folder, as they are now. */
  folder(sink: Sink, path: string): void
  /** How many things were collected from each sink; a sink that gave nothing was not watched. */
  counts(): Readonly<Record<Sink, number>>
  find(canary: string): readonly Finding[]
}

interface Collected {
  readonly sink: Sink
  readonly place: string
  readonly bytes: Buffer
}

/** A watch over nothing yet. */
export function watchSinks(): CanaryWatch {
  const collected: Collected[] = []
  const add = (sink: Sink, place: string, bytes: Buffer) => void collected.push({ sink, place, bytes })
  return {
    record(sink, place, value) {
      if (Buffer.isBuffer(value)) add(sink, place, value)
      else if (typeof value === 'string') add(sink, place, Buffer.from(value))
      else {
        // As JSON, and as the structured clone that really crosses.
        add(sink, place, Buffer.from(JSON.stringify(value) ?? ''))
        add(sink, place, serialize(value))
      }
    },
    request({ method, path, url, rawHeaders, body }) {
      const place = `${method} ${path}`
      add('URL', place, Buffer.from(url))
      for (let index = 0; index < rawHeaders.length; index += 2) {
        add('header', `${place} ${rawHeaders[index]?.toLowerCase()}`, Buffer.from(rawHeaders[index + 1] ?? ''))
      }
      add('body', place, Buffer.from(body))
    },
    folder(sink, path) {
      for (const file of filesBelow(path)) {
        // What is in the name counts too.
        add(sink, file, Buffer.from(file))
        const bytes = readIfThere(join(path, file))
        if (bytes !== null) add(sink, file, bytes)
      }
    },
    counts() {
      const counts = Object.fromEntries(SINKS.map((sink) => [sink, 0])) as Record<Sink, number>
      for (const { sink } of collected) counts[sink] += 1
      return counts
    },
    find(canary) {
      const needles = needlesFor(canary)
      return collected.flatMap(({ sink, place, bytes }) =>
        formsIn(bytes, needles).map((form) => ({ sink, place, form })),
      )
    },
  }
}

/** Every file below a folder, as relative paths with slashes. */
export function filesBelow(path: string): readonly string[] {
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted()
}

/** Files below a profile that no table knows. */
export function unregistered(profile: string, registered: readonly RegExp[] = PROFILE_FILES): readonly string[] {
  return filesBelow(profile).filter((file) => !registered.some((pattern) => pattern.test(file)))
}

/** Null for what was removed meanwhile, and for links and sockets, which hold nothing. */
function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}
