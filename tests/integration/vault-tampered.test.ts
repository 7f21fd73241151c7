import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createRedactor } from '../../src/main/log'
import { newDataKey } from '../../src/main/vault/envelope'
import { unwrapWithPassphrase, wrapWithPassphrase } from '../../src/main/vault/passphrase'
import { openVault } from '../../src/main/vault/vault'
import type { SealedKey, VaultFile } from '../../src/main/vault/vault-file'
import { testCipher, testClock } from '../support/latchkey'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// The real file, changed in one place, must never open for what was changed, and always for the rest.

let profile: TempDir
beforeEach(async () => void (profile = await makeTempDir()))
afterEach(() => profile.remove())

const BINDINGS = [
  { provider: 'anthropic', origin: 'https://api.anthropic.com', keyId: 'key_1' },
  { provider: 'openai', origin: 'https://api.openai.com', keyId: 'key_2' },
  { provider: 'compatible', origin: 'https://models.example', keyId: 'key_3' },
] as const
const KEYS = BINDINGS.map(({ provider }) => `sk-${provider}-tampered-test-key-0123456789`)

type Loose = {
  dataKeys: { id: string; keychain: { wrapped: string } }[]
  keys: { -readonly [N in keyof SealedKey]: SealedKey[N] }[]
}

const flipped = (base64: string, bit: number): string => {
  const bytes = Buffer.from(base64, 'base64')
  const at = bit % (bytes.length * 8)
  bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7))
  return bytes.toString('base64')
}

const row = fc.nat({ max: 2 })
const change = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), row, field: fc.constantFrom('nonce', 'tag', 'data'), bit: fc.nat() }),
  fc.record({ kind: fc.constant('flip wrap' as const), wrap: fc.nat({ max: 1 }), bit: fc.nat() }),
  fc.record({
    kind: fc.constant('swap' as const),
    row,
    with: row,
    field: fc.constantFrom('nonce', 'tag', 'data', 'provider', 'origin', 'keyId', 'dataKeyId', 'sealed'),
  }),
  fc.record({
    kind: fc.constant('rename' as const),
    row,
    field: fc.constantFrom('provider', 'origin', 'keyId', 'dataKeyId'),
    to: fc.string({ maxLength: 40 }),
  }),
  fc.record({ kind: fc.constantFrom('swap wraps' as const, 'swap ids' as const) }),
)

function never(): never {
  throw new Error('the file has fewer rows than it was given')
}

const rowOf = (file: Loose, each: number) => file.keys[each] ?? never()

/** Makes the change; which rows must not open any more. */
function apply(file: Loose, made: typeof change extends fc.Arbitrary<infer Made> ? Made : never): readonly number[] {
  const [first, second] = file.dataKeys as [Loose['dataKeys'][0], Loose['dataKeys'][0]]
  switch (made.kind) {
    case 'flip': {
      const sealed = rowOf(file, made.row)
      sealed[made.field as 'data'] = flipped(sealed[made.field as 'data'], made.bit)
      return [made.row]
    }
    case 'flip wrap': {
      const wrap = file.dataKeys[made.wrap] ?? never()
      wrap.keychain.wrapped = flipped(wrap.keychain.wrapped, made.bit)
      return [0, 1, 2].filter((each) => file.keys[each]?.dataKeyId === wrap.id)
    }
    case 'swap': {
      const [a, b] = [rowOf(file, made.row), rowOf(file, made.with)]
      const fields = made.field === 'sealed' ? (['nonce', 'tag', 'data'] as const) : ([made.field as 'data'] as const)
      fc.pre(fields.some((field) => a[field] !== b[field]))
      for (const field of fields) [a[field], b[field]] = [b[field], a[field]]
      return [made.row, made.with]
    }
    case 'rename': {
      const sealed = rowOf(file, made.row)
      fc.pre(sealed[made.field as 'data'] !== made.to)
      sealed[made.field as 'data'] = made.to
      return [made.row]
    }
    case 'swap wraps':
      ;[first.keychain, second.keychain] = [second.keychain, first.keychain]
      return [0, 1, 2]
    case 'swap ids':
      ;[first.id, second.id] = [second.id, first.id]
      return [0, 1, 2]
  }
}

it('opens nothing of what a thousand flips, swaps and renamings have touched, and all of the rest', async () => {
  const cipher = testCipher()
  const needs = { cipher, clock: testClock(), paths: { profile: profile.path }, redactor: createRedactor() }
  const [first, ...others] = BINDINGS.map((binding, each) => [binding, KEYS[each] ?? ''] as const)
  await (await openVault(needs)).store(...(first ?? never()))
  // A second data key, beside one that did not open for a while.
  cipher.state = 'lost'
  const second = await openVault(needs)
  for (const each of others) await second.store(...each)
  cipher.state = 'open'
  const path = profile.file('vault.json')
  const original = readFileSync(path, 'utf8')
  expect((JSON.parse(original) as VaultFile).dataKeys).toHaveLength(2)
  const lent = async () => {
    const opened = await openVault(needs)
    return Promise.all(BINDINGS.map((binding) => opened.lend(binding)))
  }
  expect(await lent()).toEqual(KEYS.map((key) => ({ ok: true, key })))

  const wrapBits = (JSON.parse(original) as Loose).dataKeys[0]?.keychain.wrapped ?? ''
  const everyBit = Array.from({ length: Buffer.from(wrapBits, 'base64').length * 8 }, (_, bit) => [
    { kind: 'flip wrap' as const, wrap: 0, bit },
  ]) as [{ kind: 'flip wrap'; wrap: number; bit: number }][]

  await fc.assert(
    fc.asyncProperty(change, async (made) => {
      const file = JSON.parse(original) as Loose
      const touched = apply(file, made)
      const text = JSON.stringify(file)
      writeFileSync(path, text)
      const due = KEYS.map((key, each) => (touched.includes(each) ? 'refused' : key))
      expect((await lent()).map((answer) => (answer.ok ? answer.key : 'refused'))).toEqual(due)
      // Nothing is written over what does not open.
      expect(readFileSync(path, 'utf8')).toBe(text)
    }),
    // Every bit of a wrap as well: two of them are spare in its base64, and must not be.
    { numRuns: 1000 + everyBit.length, examples: everyBit },
  )
}, 60_000)

it('opens no data key whose passphrase wrap was touched anywhere', async () => {
  const dataKey = newDataKey()
  const wrap = await wrapWithPassphrase('correct horse', 'id', dataKey)
  expect(await unwrapWithPassphrase('correct horse', 'id', wrap)).toEqual(dataKey)
  for (const field of ['salt', 'nonce', 'tag', 'data'] as const) {
    for (const bit of [0, 37, 95]) {
      const touched = { ...wrap, [field]: flipped(wrap[field], bit) }
      expect(await unwrapWithPassphrase('correct horse', 'id', touched)).toBeNull()
    }
  }
  expect(await unwrapWithPassphrase('correct horse', 'another', wrap)).toBeNull()
}, 60_000)
