import { describe, expect, it } from 'vitest'
import { keyWords } from '../../src/renderer/features/vault/key-words'
import { keeperName, protectionWords, troubleWords } from '../../src/renderer/features/vault/vault-words'
import type { VaultCause, VaultView } from '../../src/shared/ipc/views'
import { storedKey, vault } from './views'

// A new cause without a row here does not compile.
const CAUSES: Readonly<Record<VaultCause, true>> = {
  not_ready: true,
  unreachable: true,
  no_keyring: true,
  keyring_gone: true,
  keychain_changed: true,
  key_lost: true,
  damaged: true,
  newer: true,
}
const SYSTEMS: readonly VaultView['system'][] = ['mac', 'windows', 'linux']

describe('why keys do not open', () => {
  it.each(Object.keys(CAUSES) as VaultCause[])('%s is told with a remedy on every system', (cause) => {
    for (const system of SYSTEMS) {
      for (const sealedWith of [null, 'KWallet', 'macOS Keychain']) {
        const words = troubleWords(vault({ cause, system, sealedWith }))
        expect(words?.title).toMatch(/^[A-Z]/)
        expect(words?.title).not.toMatch(/null|undefined|\.$/)
        expect(words?.text).toMatch(/again|passphrase/)
        expect(words?.text).toMatch(/\.$/)
      }
    }
  })

  it('is nothing to tell while all is well', () => {
    expect(troubleWords(vault())).toBeNull()
  })

  it('names both keyrings when the desktop has another one, and how to get the old one back', () => {
    const words = troubleWords(vault({ cause: 'keychain_changed', sealedWith: 'KWallet' }))
    expect(words?.title).toBe('These keys were sealed with KWallet; this session offers GNOME Keyring')
    expect(words?.text).toBe('Start KWallet and open Latchkey again, or enter the keys again.')
  })

  it('asks nobody to start another system’s keychain', () => {
    const windows = { keychain: 'Windows data protection', system: 'windows' } as const
    for (const view of [
      vault({ cause: 'keychain_changed', sealedWith: 'macOS Keychain' }),
      vault({ cause: 'keychain_changed', sealedWith: 'KWallet', ...windows }),
      vault({ cause: 'keyring_gone', sealedWith: null }),
    ]) {
      expect(troubleWords(view)?.text).not.toContain('Start')
      expect(troubleWords(view)?.text).toContain('enter the keys again')
    }
  })

  it('tells each system’s own way to unlock', () => {
    const told = SYSTEMS.map((system) => troubleWords(vault({ cause: 'unreachable', system }))?.text)
    expect(told[0]).toContain('Keychain Access')
    expect(told[1]).toContain('Windows')
    expect(told[2]).toContain('log in')
    expect(new Set(told).size).toBe(3)
  })
})

it('says who opens keys, and when they are locked', () => {
  const open = vault({ protection: 'passphrase', passphrase: 'open' })
  const locked = vault({ protection: 'passphrase', passphrase: 'locked' })
  expect(protectionWords(vault())).toContain('GNOME Keyring')
  expect(protectionWords(open)).toContain('passphrase')
  expect(protectionWords(locked)).toMatch(/^Locked/)
  expect(protectionWords(vault({ protection: 'session' }))).not.toMatch(/encrypted/)
  expect(keyWords(storedKey(), keeperName(open), 0)).toMatch(/^Encrypted with your passphrase/)
  expect(keyWords(storedKey({ state: 'locked' }), keeperName(locked), 0)).toMatch(/^Locked: enter your passphrase/)
})
