import { describe, expect, it } from 'vitest'
import { neutralEnvironment, unsafeStart } from '../../src/main/egress/environment'
import { isLoopback } from '../../src/main/egress/egress'
import { APP_URL, isAppUrl, strangerOf, type Frame } from '../../src/main/electron/own-page'
import { isPlainData } from '../../src/main/ipc/plain-data'
import { createLog, createRedactor } from '../../src/main/log'
import { parseBaseUrl } from '../../src/main/services/base-url'
import { parseKey } from '../../src/main/services/key-shape'

describe('a base URL', () => {
  it.each([
    ['https://api.anthropic.com/', 'https://api.anthropic.com'],
    ['https://proxy.example/anthropic//', 'https://proxy.example/anthropic'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
    ['http://[::1]:9/', 'http://[::1]:9'],
    ['HTTPS://API.EXAMPLE', 'https://api.example'],
  ])('%s is kept as %s', (text, kept) => {
    expect(parseBaseUrl(text)?.url).toBe(kept)
  })

  it.each([
    'http://api.anthropic.com',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'https://key@api.example',
    'https://user:pass@api.example',
    'https://api.example?key=1',
    'https://api.example#x',
    'ftp://api.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'api.example',
    '//api.example',
    '',
    `https://api.example/${'x'.repeat(3000)}`,
  ])('%s is refused', (text) => {
    expect(parseBaseUrl(text)).toBeNull()
  })

  it('counts only this machine as loopback, however the address is written', () => {
    expect(['localhost', '[::1]', '127.0.0.1', '127.9.9.9'].every(isLoopback)).toBe(true)
    expect(['127.0.0.1.nip.io', '10.0.0.1', '0.0.0.0', '[::]', 'localhost.', '128.0.0.1'].some(isLoopback)).toBe(false)
    // The parser rewrites other spellings of the same address before it is asked about.
    expect(parseBaseUrl('http://2130706433/')?.url).toBe('http://127.0.0.1')
  })
})

describe('a pasted key', () => {
  it('loses the white space pasting brings along', () => {
    expect(parseKey('  sk-ant-api03-abcdefgh\n')).toEqual({ key: 'sk-ant-api03-abcdefgh' })
  })

  it.each([
    ['short', 'key_malformed'],
    ['sk-ant-api03-abc\ndef-more', 'key_malformed'],
    ['sk-ant-api03-abc def-more', 'key_malformed'],
    ['sk-ant-api03-äbcdefgh', 'key_malformed'],
    ['sk-ant-admin01-abcdefghijkl', 'key_is_admin'],
    ['sk-admin-abcdefghijkl', 'key_is_admin'],
  ])('%j is refused as %s', (text, refusal) => {
    expect(parseKey(text)).toEqual({ refusal })
  })
})

describe('plain data', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: deep(levels - 1) })

  it('is what a request is made of', () => {
    expect(isPlainData({ a: 'x', b: [1, null, true, undefined], c: { d: '10 MB'.repeat(1000) } })).toBe(true)
    expect(isPlainData(Object.assign(Object.create(null), { a: 1 }))).toBe(true)
  })

  it.each<[string, unknown]>([
    ['an own __proto__', JSON.parse('{"__proto__": {"polluted": true}}')],
    ['a nested own __proto__', { a: JSON.parse('{"__proto__": 1}') }],
    ['an own constructor', { constructor: 1 }],
    ['an own prototype', { prototype: 1 }],
    ['a symbol key', { [Symbol('x')]: 1 }],
    ['an accessor', Object.defineProperty({}, 'a', { get: () => 1, enumerable: true })],
    ['a class instance', new URL('https://example.org')],
    ['a Map', new Map()],
    ['a Date', new Date()],
    ['a typed array', new Uint8Array(4)],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['deep nesting', deep(50)],
    ['a hundred thousand items', Array.from({ length: 100_000 }, () => 0)],
    ['four billion holes', Object.assign([], { length: 2 ** 32 - 1 })],
    ['a list with a hole', Object.assign([], { 1: 1 })],
    ['a list with a name', Object.assign([1], { name: 1 })],
    ['a list of accessors', Object.defineProperty([], 0, { get: () => 1, enumerable: true })],
    ['a proxy', new Proxy({}, {})],
    ['a proxy of a list', { a: new Proxy([], {}) }],
    ['a hidden field', Object.defineProperty({}, 'a', { value: 1, enumerable: false })],
    ['more text than the longest message', { a: 'x'.repeat(4_100_001) }],
    ['many texts as long together', Array.from({ length: 42 }, () => 'x'.repeat(100_000))],
    ['keys as long together', { ['x'.repeat(4_100_001)]: 1 }],
  ])('is not %s', (_, value) => {
    expect(isPlainData(value)).toBe(false)
  })
})

describe('the log', () => {
  it('removes keys it knows and whatever looks like one', () => {
    const redactor = createRedactor()
    redactor.learn('my-very-own-secret-1234')
    const lines: string[] = []
    const log = createLog(redactor, (line) => lines.push(line))
    log.error(
      'x',
      new Error('bad my-very-own-secret-1234, sk-ant-api03-abcdefghijk, Bearer abc.def and x-api-key: zzz9'),
    )
    expect(lines.join()).not.toMatch(/my-very-own-secret|abcdefghijk|abc\.def|zzz9/)
    expect(lines.join()).toContain('[redacted]')
  })

  it('finds a key in the forms others write it, and by its readable ends', () => {
    const key = 'zz+9/a"b4c5d6e7f8g9h0i1j2k3l4m5n6'
    const redactor = createRedactor()
    redactor.learn(key)
    redactor.learn(`${key}-longer`)
    const written = [encodeURIComponent(key), JSON.stringify(key), Buffer.from(key).toString('base64'), `${key}-longer`]
    for (const text of written) expect(redactor.redact(`<${text}>`)).not.toMatch(/a"b4|b4c5|l4m5|longer/)
    expect(redactor.redact(`${key.slice(0, 12)}****${key.slice(-12)}`)).not.toMatch(/9\/a"b|3l4m5n6/)
  })

  it.each(['skepticism', 'skateboards', 'pkg-config-dev', 'rkhunter-scan', 'ask-someone-else', 'task-list-done'])(
    'leaves ordinary words alone (%s)',
    (word) => {
      expect(createRedactor().redact(`about ${word}.`)).toBe(`about ${word}.`)
    },
  )

  it('does not print the fields of an error, which may hold headers', () => {
    const lines: string[] = []
    const error = Object.assign(new Error('failed'), { headers: { 'x-custom': 'hush-hush' } })
    createLog(createRedactor(), (line) => lines.push(line)).error('x', error)
    expect(lines.join()).not.toContain('hush-hush')
  })
})

describe('the environment', () => {
  it('keeps nothing that redirects a key, bills another account or weakens TLS', () => {
    const environment: NodeJS.ProcessEnv = {
      ANTHROPIC_BASE_URL: 'http://evil.example',
      ANTHROPIC_CUSTOM_HEADERS: 'x: y',
      ANTHROPIC_API_KEY: 'sk',
      OPENAI_ORG_ID: 'o',
      GEMINI_API_KEY: 'g',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://evil.example',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      NODE_EXTRA_CA_CERTS: '/tmp/ca.pem',
      NODE_USE_SYSTEM_CA: '1',
      NODE_USE_ENV_PROXY: '1',
      NODE_OPTIONS: '--require /tmp/x.js',
      NODE_DEBUG: 'http',
      SSLKEYLOGFILE: '/tmp/keys',
      PATH: '/bin',
      HOME: '/home',
    }
    const before = { ...environment }
    const seen = neutralEnvironment(environment)
    expect({ ...seen }).toEqual({ PATH: '/bin', HOME: '/home', no_proxy: '*', NO_PROXY: '*' })
    expect(seen['ANTHROPIC_BASE_URL'] ?? seen['no_proxy']).toBe('*')
    expect('OPENAI_ORG_ID' in seen).toBe(false)
    seen['no_proxy'] = ''
    seen['NODE_DEBUG'] = 'http'
    expect(seen['no_proxy']).toBe('*')
    expect(seen['NODE_DEBUG']).toBeUndefined()
    // What is opened inherits it as it was.
    expect(environment).toEqual(before)
  })
})

describe('a packaged start', () => {
  const none = (): boolean => false

  it.each([
    'remote-debugging-port',
    'remote-debugging-pipe',
    'auto-open-devtools-for-tabs',
    'use-mock-keychain',
    'inspect-brk',
    'log-net-log',
    'enable-logging',
    'trace-startup',
    'ignore-certificate-errors',
    'ssl-key-log-file',
    'single-process',
    'browser-subprocess-path',
    'disable-web-security',
    'js-flags',
  ])('with --%s is refused, and says so', (name) =>
    expect(unsafeStart((asked) => asked === name, {})).toBe(`--${name}`),
  )

  it.each(['NODE_TLS_REJECT_UNAUTHORIZED', 'SSLKEYLOGFILE', 'NODE_DEBUG', 'ELECTRON_LOG_FILE'])(
    'with %s is refused, and says so',
    (name) => expect(unsafeStart(none, { [name]: '0' })).toBe(name),
  )

  it.each([
    '--inspect=9229',
    '--max-old-space-size=1 -r ./x.js',
    '--require=./x',
    '--tls-keylog=/tmp/keys',
    '--import ./x',
  ])('with NODE_OPTIONS=%s is refused', (options) =>
    expect(unsafeStart(none, { NODE_OPTIONS: options })).toBe('NODE_OPTIONS'),
  )

  it.each(['--max-old-space-size=8192', '--openssl-legacy-provider'])(
    'with NODE_OPTIONS=%s is as good as any',
    (options) =>
      // Bug: an app that never opens on a developer's machine.
      expect(unsafeStart(none, { NODE_OPTIONS: options })).toBeNull(),
  )

  it('with nothing of the kind is as good as any', () => {
    // Set to nothing is how a parent takes one away.
    expect(unsafeStart(none, { PATH: '/bin', NODE_OPTIONS: '', NODE_EXTRA_CA_CERTS: '/etc/ca.pem' })).toBeNull()
  })
})

describe('the sender of a request', () => {
  const own = { url: APP_URL, parent: null, detached: false }

  it('is the top frame of the own window showing the own page', () => {
    expect(strangerOf(own, own)).toBeNull()
  })

  it.each([
    ['a frame that is gone', null, own],
    ['a frame that is gone', { ...own, detached: true }, own],
    ['another window', own, null],
    ['another window', { ...own }, own],
    ['a frame inside the page', { ...own, parent: own }, own],
  ] as const)('is not %s', (stranger, sender, mainFrame) => {
    expect(strangerOf<Frame>(sender, mainFrame)).toBe(stranger)
  })

  it('is nobody once Electron throws at every question about it', () => {
    const gone = {
      get url(): string {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      },
      parent: null,
      detached: false,
    }
    expect(strangerOf(gone, gone)).toBe('a frame that is gone')
  })

  it.each([
    'https://latchkey/index.html',
    'https://evil.example/',
    'app://latchkey.evil.example/',
    'app://evil/latchkey',
    'app:latchkey',
    'about:blank',
    'file:///index.html',
    'http://app.latchkey/',
    '',
  ])('is not the own window once it shows %j', (url) => {
    const moved = { url, parent: null, detached: false }
    expect(isAppUrl(url)).toBe(false)
    expect(strangerOf(moved, moved)).toBe('another page')
  })
})
