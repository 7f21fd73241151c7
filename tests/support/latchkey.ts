import { randomBytes } from 'node:crypto'
import { makeId, type IdKind } from '../../src/core/ids'
import { composeLatchkey, type Latchkey, type Outside } from '../../src/main/composition'
import { CipherError, type Cipher, type Clipboard, type Clock, type TokenCounter } from '../../src/main/ports'
import type { BridgeEvent, RequestAnswer, RequestInput, RequestName, Result } from '../../src/shared/ipc/transport'
import { createTokenCounter } from '../../src/main/tokens/token-counter'
import { makeTempDir, type TempDir } from './temp-dir'
import { startTokenProcess } from './token-process'

/** Taken before any guard replaces the global one. */
const systemFetch = globalThis.fetch

/** A clock that stands still until moved. Starts on Monday 23 November 2026, 10:00 UTC, an hour east of Greenwich. */
export interface TestClock extends Clock {
  set(instant: string): void
  advance(ms: number): void
}

export function testClock(): TestClock {
  let now = Date.parse('2026-11-23T10:00:00Z')
  let steady = 0
  return {
    now: () => now,
    steadyMs: () => steady,
    offsetMinutes: () => 60,
    // Somebody sets it: no time passes.
    set: (instant) => void (now = Date.parse(instant)),
    advance(ms) {
      now += ms
      steady += Math.max(0, ms)
    },
  }
}

/** Ids that count up, so that a failing test prints the same ids every time. */
export function countingIds() {
  let count = 0
  return <Kind extends IdKind>(kind: Kind) => {
    count += 1
    return makeId(kind, count.toString(16).padStart(32, '0'))
  }
}

/** A keychain in memory with the traps of the real one: prefixes, and rejections instead of answers. */
export interface TestCipher extends Cipher {
  /**
   * `lost`: as after a restore on another machine. `locked`: try again later. `public`: Linux without a keyring.
   * `absent`: not ready yet.
   */
  state: 'open' | 'locked' | 'lost' | 'public' | 'absent'
  /** Another one is another keyring's. */
  keychain: string
  shouldReEncrypt: boolean
}

export function testCipher(): TestCipher {
  const secret = randomBytes(16)
  const xor = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte, index) => byte ^ (secret[index % 16] ?? 0)))
  return {
    state: 'open',
    shouldReEncrypt: false,
    keychain: 'Test Keychain',
    system: 'linux',
    publicKeyPrefix: 'v10',
    isAvailable() {
      return Promise.resolve(this.state !== 'absent')
    },
    encrypt(text) {
      if (this.state === 'locked' || this.state === 'absent') return Promise.reject(new CipherError(true))
      return Promise.resolve(
        Buffer.concat([Buffer.from(this.state === 'public' ? 'v10' : 'v11'), xor(Buffer.from(text))]),
      )
    },
    decrypt(bytes) {
      // As the real one does with a prefix it does not know.
      if (!Buffer.from(bytes).subarray(0, 3).equals(Buffer.from('v11'))) return Promise.reject(new CipherError(false))
      if (this.state !== 'open')
        return Promise.reject(new CipherError(this.state === 'locked' || this.state === 'absent'))
      const text = xor(Buffer.from(bytes).subarray(3)).toString('utf8')
      return Promise.resolve({ text, shouldReEncrypt: this.shouldReEncrypt })
    },
  }
}

/** A clipboard in memory. */
export interface TestClipboard extends Clipboard {
  /** Null: it cannot be read now. */
  text: string | null
}

function testClipboard(): TestClipboard {
  return {
    text: '',
    read() {
      return this.text === null ? Promise.reject(new Error('no clipboard')) : Promise.resolve(this.text)
    },
    clear() {
      this.text = ''
    },
  }
}

/** The main process as the app composes it, without Electron, on a profile of its own. */
export interface Harness {
  readonly latchkey: Latchkey
  readonly profile: TempDir
  readonly clock: TestClock
  readonly cipher: TestCipher
  readonly events: readonly BridgeEvent[]
  readonly logged: readonly string[]
  readonly opened: readonly string[]
  /** The names under which files were to be saved. */
  readonly saved: readonly string[]
  readonly clipboard: TestClipboard
  readonly tokenCounter: TokenCounter
  /** Asks through the router, as the page does; throws on a refusal. */
  ask<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestAnswer<Name>>
  /** Asks through the router and returns the envelope. */
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<Result<RequestAnswer<Name>>>
  /** Resolves with the first event, past or future, that satisfies `test`. */
  event<Event extends BridgeEvent>(test: (event: BridgeEvent) => event is Event): Promise<Event>
  /** Closes and opens again on the same profile, as a restart does. */
  restart(): Promise<Harness>
  close(): Promise<void>
}

export interface HarnessOptions {
  readonly profile?: TempDir
  readonly clock?: TestClock
  readonly cipher?: TestCipher
  readonly idleMs?: number
  readonly newId?: Outside['newId']
  /** In place of the real one. */
  readonly tokenCounter?: TokenCounter
  /** Where its user saves a file; they back out while this is not there, or says null. */
  readonly saveTo?: (name: string) => string | null | Promise<string | null>
  /** False for a window that never says what it shows; else each event is shown at once. */
  readonly shows?: boolean
}

/** Waits as long as a busy machine takes: what happens without an answer in time is tested where it is meant. */
function patient(counter: TokenCounter): TokenCounter {
  return { count: (texts) => counter.count(texts, 20_000), close: counter.close }
}

export async function startLatchkey(options: HarnessOptions = {}): Promise<Harness> {
  const profile = options.profile ?? (await makeTempDir())
  const clock = options.clock ?? testClock()
  const cipher = options.cipher ?? testCipher()
  const newId = options.newId ?? countingIds()
  const events: BridgeEvent[] = []
  const logged: string[] = []
  const opened: string[] = []
  const saved: string[] = []
  const clipboard = testClipboard()
  const watchers = new Set<(event: BridgeEvent) => void>()
  const tokenCounter = options.tokenCounter ?? patient(createTokenCounter({ start: startTokenProcess, clock }))
  const latchkey = await composeLatchkey({
    cipher,
    clock,
    newId,
    paths: { profile: profile.path },
    fetch: systemFetch,
    openExternal: (url) => Promise.resolve(void opened.push(url)),
    clipboard,
    askWhere: async (file) => {
      saved.push(file.name)
      return (await options.saveTo?.(file.name)) ?? null
    },
    tokenCounter,
    version: '0.0.0-test',
    demo: false,
    applyTheme: () => undefined,
    restart: () => undefined,
    clearWindowData: () => Promise.resolve(),
    writeLog: (line) => void logged.push(line),
    idleMs: options.idleMs ?? 10_000,
  })
  latchkey.subscribe((event) => {
    events.push(event)
    for (const watcher of watchers) watcher(event)
    if (event.name !== 'turn.delta' || options.shows === false) return
    const { turnId, seq } = event.payload
    void latchkey.router.dispatch('turn.seen', { turnId, seq, unasked: true })
  })
  const request: Harness['request'] = async (name, input) =>
    (await latchkey.router.dispatch(name, input)) as Awaited<ReturnType<Harness['request']>> as never
  let closed = false
  const stop = (): void => {
    if (!closed) latchkey.close()
    closed = true
  }
  return {
    latchkey,
    profile,
    clock,
    cipher,
    events,
    logged,
    opened,
    saved,
    clipboard,
    tokenCounter,
    request,
    async ask(name, input) {
      const result = await request(name, input)
      if (!result.ok) throw new Error(`${name} was refused: ${JSON.stringify(result.error)}`)
      return result.value
    },
    event(test) {
      const past = events.find(test)
      if (past !== undefined) return Promise.resolve(past)
      return new Promise((resolve) => {
        const watch = (event: BridgeEvent): void => {
          if (!test(event)) return
          watchers.delete(watch)
          resolve(event)
        }
        watchers.add(watch)
      })
    },
    restart() {
      stop()
      return startLatchkey({ ...options, profile, clock, cipher, newId })
    },
    async close() {
      stop()
      await profile.remove()
    },
  }
}

type Settled = Extract<BridgeEvent, { name: 'turn.settled' }>

/** Waits for the end of a turn and returns what the page was told. */
export async function settled(harness: Harness, turnId: string): Promise<Settled['payload']> {
  const event = await harness.event(
    (each): each is Settled => each.name === 'turn.settled' && each.payload.turnId === turnId,
  )
  return event.payload
}

export const TEST_KEY = 'sk-ant-api03-test-key-that-is-long-enough-9aQe'
export const TEST_MODEL = 'claude-sonnet-5-5'

/** Adds an Anthropic connection to this origin with a key. */
export async function connect(harness: Harness, origin: string, key = TEST_KEY) {
  const connection = await harness.ask('connection.add', { provider: 'anthropic', label: 'Personal', baseUrl: origin })
  await harness.ask('key.set', { connectionId: connection.id, key })
  return connection.id
}
