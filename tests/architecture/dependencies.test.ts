import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BUDGETS } from './lib/budgets'
import {
  compareInstallScripts,
  findLooseVersions,
  findStaleLock,
  findTiedToHost,
  findUnknownLicences,
  findUnverified,
  packageOf,
  productionPackages,
  type LockFile,
  type PackageJson,
} from './lib/dependencies'
import { readText, ROOT } from './lib/source-tree'

const manifest = JSON.parse(readText('package.json')) as PackageJson
const lock = JSON.parse(readText('package-lock.json')) as LockFile

describe('package.json', () => {
  it('names exact versions only', () => {
    expect(findLooseVersions(manifest)).toEqual([])
  })

  it.each(['^1.0.0', '~1.0.0', '1.x', '*', 'latest', '>=1.0.0', 'file:../a', 'https://example.com/a.tgz'])(
    'would be seen to name %s',
    (version) => {
      expect(findLooseVersions({ optionalDependencies: { a: version } })).toEqual([`a ${version}`])
    },
  )

  it('ships the database as the only package that is not bundled', () => {
    expect(Object.keys(manifest.dependencies ?? {})).toEqual(['better-sqlite3'])
  })
})

describe('package-lock.json', () => {
  it('was made from this package.json', () => {
    expect(findStaleLock(manifest, lock)).toEqual([])
    expect(findStaleLock({ dependencies: { a: '1.0.0' } }, { packages: { '': {} } })).toEqual(['dependencies differ'])
  })

  it('knows the content of every package', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100)
    expect(findUnverified(lock)).toEqual([])
  })

  it('would be seen to hold an entry without a strong hash', () => {
    const packages = { '': {}, 'node_modules/a': { integrity: 'sha1-abc=' }, 'node_modules/b': {} }
    expect(findUnverified({ packages })).toEqual(['node_modules/a', 'node_modules/b'])
  })

  it('names no host, so that everybody installs from their own', () => {
    expect(findTiedToHost(lock)).toEqual([])
    expect(findTiedToHost({ packages: { 'node_modules/a': { resolved: 'https://example.com/a.tgz' } } })).toEqual([
      'node_modules/a',
    ])
  })

  it('holds no more than we mean to install, under licences somebody has looked at', () => {
    expect(Object.keys(lock.packages).length - 1).toBeLessThanOrEqual(BUDGETS.lockedPackages)
    expect(findUnknownLicences(lock)).toEqual([])
  })

  it('would be seen to hold another licence, or none', () => {
    const packages = {
      '': {},
      'node_modules/a': { license: '(WTFPL OR MIT)' },
      'node_modules/b': { license: 'GPL-3.0-only' },
      'node_modules/c': {},
      'node_modules/d': { license: 'MIT AND SSPL-1.0' },
    }
    expect(findUnknownLicences({ packages })).toEqual(['b GPL-3.0-only', 'c without a licence', 'd MIT AND SSPL-1.0'])
  })

  it('brings nothing along with the database but what it is built on', () => {
    const shipped = productionPackages(lock, manifest.optionalDependencies ?? {})
    expect(shipped).toEqual(['better-sqlite3', 'node-addon-api'])
  })
})

describe('installing', () => {
  it('runs no script of a package, and we have decided so about each that has one', () => {
    const native = Object.keys(lock.packages)
      .filter((path) => path !== '' && existsSync(join(ROOT, path, 'binding.gyp')))
      .map(packageOf)
    expect(native).toContain('better-sqlite3')
    expect(compareInstallScripts(manifest, lock, native)).toEqual([])
  })

  it('would be seen to run one, to have forgotten one, or to allow one', () => {
    const packages = { 'node_modules/a': { hasInstallScript: true }, 'node_modules/b': { hasInstallScript: true } }
    const allowScripts = { b: true, c: false }
    expect(compareInstallScripts({ allowScripts }, { packages }, ['native'])).toEqual([
      'a is not decided about',
      'native is not decided about',
      'c runs nothing',
      'b may run its script',
    ])
  })

  it('is told so for versions of npm that know no such list, and is told no host', () => {
    const settings = readText('.npmrc').split('\n')
    expect(settings).toContain('ignore-scripts=true')
    expect(settings).toContain('save-exact=true')
    expect(settings.filter((line) => /registry|_auth|token|proxy/i.test(line))).toEqual([])
  })
})
