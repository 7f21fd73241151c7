import { describe, expect, it } from 'vitest'
import { findSecrets, findVerbatim, joined, KEY_PREFIXES, withoutSecrets } from '../../src/core/secret-guard'

/** Random-looking characters that are the same in every run; no real key is among them. */
function random(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'): string {
  let state = 7
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return alphabet[state % alphabet.length] ?? ''
  }).join('')
}
const HEX = '0123456789abcdef'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const BASE64 = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/'
// The markers are put together here, so that no scanner takes this file for a leak.
const pem = (kind: string, lineBreak = '\n', header = '') =>
  `-----BEGIN ${kind}-----${lineBreak}${header}${random(64, BASE64)}${lineBreak}${random(40, BASE64)}=${lineBreak}-----END ${kind}-----`

const KEYS: readonly (readonly [string, string])[] = [
  ['Anthropic', `sk-ant-api03-${random(93)}-AA`],
  ['Anthropic admin', `sk-ant-admin01-${random(93)}`],
  ['Anthropic, as our tests write it', 'sk-ant-api03-test-key-that-is-long-enough-9aQe'],
  ['OpenAI project', `sk-proj-${random(60)}_${random(20)}-${random(40)}`],
  ['OpenAI service account', `sk-svcacct-${random(80)}`],
  ['OpenAI admin', `sk-admin-${random(60)}`],
  ['OpenAI, older', `sk-${random(48)}`],
  ['DeepSeek', `sk-${random(32, HEX)}`],
  ['a proxy', `sk-CANARY-${random(48, HEX)}`],
  ['OpenRouter', `sk-or-v1-${random(64, HEX)}`],
  ['Google', `AIza${random(35)}`],
  ['Google, newer', `AQ.Ab8${random(44)}`],
  ['Groq', `gsk_${random(52)}`],
  ['xAI', `xai-${random(80)}`],
  ['Perplexity', `pplx-${random(48)}`],
  ['AWS', `AKIA${random(16, UPPER)}`],
  ['GitHub', `ghp_${random(36)}`],
  ['GitHub, for an installation', `ghs_${random(36)}`],
  ['GitHub, fine-grained', `github_pat_${random(22)}_${random(59)}`],
  ['GitLab', `glpat-${random(20)}`],
  ['Slack', `xoxb-${random(12, '0123456789')}-${random(24)}`],
  ['Stripe', `sk_live_${random(24)}`],
  ['Hugging Face', `hf_${random(34, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')}`],
  ['npm', `npm_${random(36)}`],
  ['RSA', pem('RSA PRIVATE KEY')],
  ['PKCS 8', pem('PRIVATE KEY')],
  ['OpenSSH, in one line of JSON', pem('OPENSSH PRIVATE KEY', '\\n')],
  ['PGP', pem('PGP PRIVATE KEY BLOCK', '\n', 'Version: 1\n\n')],
]

describe('a key of %s', () => {
  it.each(KEYS)('%s is found whole, wherever it stands', (_, key) => {
    for (const [before, after] of [
      ['', ''],
      ['Why does ', ' not work?'],
      ['export KEY="', '"'],
      ['{"key":"', '"}'],
      ['https://x.example/v1?key=', '&alt=sse'],
      ['`', '`'],
      ['line one\n', '\nline three'],
      ['(', ').'],
    ] as const) {
      const text = `${before}${key}${after}`
      expect(findSecrets(text)).toEqual([{ start: before.length, end: before.length + key.length }])
      expect(withoutSecrets(text, findSecrets(text))).toBe(`${before}[key removed]${after}`)
    }
  })
})

it.each(KEY_PREFIXES)(
  'a key that begins with %s is seen by the guard, because the hint at entry knows it',
  (prefix) => {
    expect(findSecrets(`${prefix}${random(35)}`)).toHaveLength(1)
  },
)

describe('what is no key', () => {
  it.each([
    'The skeptic’s task-list asked for a risk-free sk-learn tutorial.',
    'pip install sk-learn-contrib-lightning-and-more-things',
    'Set OPENAI_API_KEY=sk-... and ANTHROPIC_API_KEY=sk-ant-...',
    'sk-your-key-here, sk-ant-api03-your-key-goes-here-please, sk-proj-xxxxxxxxxxxxxxxxxxxxxxxx1',
    'sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'sk-no-key-required',
    'Keys begin with sk-ant-, sk-or-, sk-proj-, AIza, gsk_, xai- or AKIA.',
    'AIza is followed by 35 characters; AKIAEXAMPLE is too short.',
    'gsk_function_name_with_many_words_v2(argument)',
    'const gsk_some_very_long_constant_name_2026 = hf_hub_download(repo_id)',
    'from hf_transfer_and_more import npm_package_config_registry_url',
    'A file that begins with -----BEGIN RSA PRIVATE KEY----- must not be committed.',
    '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n-----END CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9\n-----END PUBLIC KEY-----',
    'commit 892df66b1d0c4c2f8a7e6d5c4b3a291807f6e5d4',
    'id: 3f2504e0-4f89-11d3-9a0c-0305e82c3301, sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    'https://example.org/task-list-2026-11-23-the-long-title-of-an-article-with-a-number',
    '<div class="sk-fading-circle-1 sk-cube-grid-12 sk-folding-cube-animation-3">',
    'disk-ant-api03-abcdefghij0123456789abcdefghij',
    'xoxo-love-and-kisses-from-2026',
    'eyJhbGciOiJIUzI1NiJ9 is the head of every such token',
    '',
  ])('%j', (text) => {
    expect(findSecrets(text)).toEqual([])
  })
})

describe('ranges', () => {
  it('come in order and apart, however many shapes see the same place', () => {
    const a = `AIza${random(35)}`
    const b = `sk-${random(48)}`
    const text = `${b} and ${a}, ${b}`
    expect(findSecrets(text).map(({ start, end }) => text.slice(start, end))).toEqual([b, a, b])
    expect(
      joined([
        { start: 4, end: 9 },
        { start: 0, end: 5 },
        { start: 1, end: 2 },
      ]),
    ).toEqual([{ start: 0, end: 9 }])
  })

  it('of a secret known verbatim are found everywhere, and none of an empty one', () => {
    expect(findVerbatim('a-x-a', ['a', ''])).toEqual([
      { start: 0, end: 1 },
      { start: 4, end: 5 },
    ])
  })

  it('of a second look at the cleaned text are none', () => {
    const text = KEYS.map(([, key]) => key).join('\n')
    expect(findSecrets(withoutSecrets(text, findSecrets(text)))).toEqual([])
  })
})

it.each([
  ['prefixes in a row', 'sk-'],
  ['beginnings of private keys', '-----BEGIN RSA PRIVATE KEY-----'],
  ['beginnings with line breaks', '-----BEGIN RSA PRIVATE KEY-----\n\n\n\n\n'],
  ['headers without an end', '-----BEGIN RSA PRIVATE KEY-----\na: b\n'],
  ['random characters', 'a1B2c3D4e5'],
  ['white space', ' '],
])('the longest message of %s is looked through in time that grows with it', (_, part) => {
  // Were it the square of the length, the test would run into its time limit.
  expect(findSecrets(part.repeat(Math.ceil(4_000_000 / part.length))).length).toBeLessThan(1_000_000)
})

it('finds a key after a line break or a sign that is written out', () => {
  const key = `sk-proj-${random(60)}`
  for (const before of ['{"a":"x\\n', 'https://example.org/?key%3D', 'a\\t']) {
    expect(withoutSecrets(before + key, findSecrets(before + key))).not.toContain(key)
  }
})

it('takes a private key without its end away, and not the question after it', () => {
  // Bug: "Redact and send" that sends nothing but the mark, and has lost the question.
  const cut = `${pem('RSA PRIVATE KEY').split('-----END')[0]}\n\nWhy does openssl say it is broken`
  expect(withoutSecrets(cut, findSecrets(cut))).toContain('Why does openssl say it is broken')
  expect(withoutSecrets(cut, findSecrets(cut))).not.toMatch(/[A-Za-z0-9+/]{30,}/)
})
