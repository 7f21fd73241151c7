import { describe, expect, it } from 'vitest'
import { hostReach, reachOf } from '../../src/main/egress/addresses'
import { hostRefusal, parseBaseUrl } from '../../src/main/services/base-url'
import { parseProxy } from '../../src/main/services/proxy'

// Bug: a key, or any request, that reaches a machine's or a cloud's own services because an address is written unusually.

it('reads a 6to4 address whose second half is zero', () => {
  expect(reachOf('2002:a00::1')).toBe('private')
})

describe('where an address leads', () => {
  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'fd00:ec2::254',
    'FD00:0EC2:0:0:0:0:0:0254',
    'fd20:ce::254',
    'ff02::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '64:ff9b:1::a9fe:a9fe',
    '::a9fe:a9fe',
    '::127.0.0.1',
    '::ffff:0:127.0.0.1',
    'not an address',
  ])('%s is forbidden', (address) => {
    expect(reachOf(address)).toBe('forbidden')
  })

  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '0:0:0:0:0:0:0:1', '64:ff9b::7f00:1'])(
    '%s is this machine',
    (address) => expect(reachOf(address)).toBe('loopback'),
  )

  it.each(['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', 'fd12:3456::1', '::ffff:10.0.0.1'])(
    '%s is a private network',
    (address) => expect(reachOf(address)).toBe('private'),
  )

  it.each([
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '192.0.2.1',
    '2606:4700::1111',
    '64:ff9b::101:101',
    '::ffff:1.1.1.1',
  ])('%s is public', (address) => expect(reachOf(address)).toBe('public'))

  it('is known of a name only where the name says it', () => {
    expect(hostReach('metadata.google.internal')).toBe('forbidden')
    expect(hostReach('METADATA.google.internal.')).toBe('forbidden')
    expect(hostReach('[fe80::1]')).toBe('forbidden')
    expect(hostReach('api.anthropic.com')).toBeNull()
    expect(hostReach('localhost')).toBeNull()
  })
})

describe('a base URL', () => {
  const refusal = (text: string, provider: 'anthropic' | 'compatible') => {
    const base = parseBaseUrl(text)
    return base === null ? 'no base URL' : hostRefusal(base.url, provider)
  }

  it.each([
    'https://169.254.169.254/latest',
    'https://0xA9FEA9FE/',
    'https://2852039166/',
    'https://0251.0376.0251.0376/',
    'https://169.254.169.254./',
    'https://[::ffff:169.254.169.254]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://100.100.100.200/',
    'https://0.0.0.0/',
    'https://0/',
    'https://metadata.google.internal/',
    'https://metadata.google.internal./',
  ])('%s is forbidden to everybody', (text) => {
    expect(refusal(text, 'anthropic')).toBe('base_url_forbidden')
    expect(refusal(text, 'compatible')).toBe('base_url_forbidden')
  })

  it('in a private network is for a server of the user’s own alone', () => {
    expect(refusal('https://192.168.1.5:8443/v1', 'anthropic')).toBe('base_url_private')
    expect(refusal('https://192.168.1.5:8443/v1', 'compatible')).toBeNull()
  })

  it('on this machine, or public, is anybody’s', () => {
    for (const text of ['http://127.0.0.1:1234', 'http://localhost:1', 'https://api.example', 'https://1.1.1.1']) {
      expect(refusal(text, 'anthropic')).toBeNull()
    }
  })
})

describe('a proxy', () => {
  it.each([
    ['http://proxy.example:3128', 'http://proxy.example:3128'],
    ['https://proxy.example/', 'https://proxy.example'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ])('%s is kept as %s', (text, kept) => expect(parseProxy(text)).toBe(kept))

  it.each([
    'proxy.example:3128',
    'socks5://proxy.example:1080',
    'http://user:pass@proxy.example:3128',
    'http://user@proxy.example:3128',
    'http://proxy.example:3128/path',
    'http://proxy.example:3128?x=1',
    'http://169.254.169.254:3128',
    '',
  ])('%s is none', (text) => expect(parseProxy(text)).toBeNull())
})
