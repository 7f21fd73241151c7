export interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly allowScripts?: Readonly<Record<string, boolean>>
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>>
}

export interface LockEntry extends PackageJson {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly license?: string
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
  readonly devOptional?: boolean
}

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const

/** Ranges and addresses instead of exact versions: two machines could install two different apps. */
export function findLooseVersions(manifest: PackageJson): string[] {
  return GROUPS.flatMap((group) =>
    Object.entries(manifest[group] ?? {})
      .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name} ${version}`),
  )
}

/** Where the lock file was not made from this package.json. */
export function findStaleLock(manifest: PackageJson, lock: LockFile): string[] {
  return GROUPS.filter((group) => sorted(manifest[group]) !== sorted(lock.packages['']?.[group])).map(
    (group) => `${group} differ`,
  )
}

function sorted(record: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Entries that could be installed with other content than the one that was tested. */
export function findUnverified({ packages }: LockFile): string[] {
  return Object.entries(packages)
    .filter(([path, { integrity }]) => path !== '' && !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))
    .map(([path]) => path)
}

/** Entries tied to one host; without them everybody installs from the registry of their own settings. */
export function findTiedToHost({ packages }: LockFile): string[] {
  return Object.entries(packages)
    .filter(([, { resolved }]) => resolved !== undefined)
    .map(([path]) => path)
}

/**
 * Differences between the packages that would run a script on install and those we have decided about. `native` are the
 * packages with a binding.gyp, for which npm makes up a script that no manifest shows.
 */
export function compareInstallScripts(manifest: PackageJson, lock: LockFile, native: readonly string[]): string[] {
  const decided = new Set(Object.keys(manifest.allowScripts ?? {}))
  const running = new Set([
    ...Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => packageOf(path)),
    ...native,
  ])
  return [
    ...[...running].filter((name) => !decided.has(name)).map((name) => `${name} is not decided about`),
    ...[...decided].filter((name) => !running.has(name)).map((name) => `${name} runs nothing`),
    ...Object.entries(manifest.allowScripts ?? {})
      .filter(([, allowed]) => allowed)
      .map(([name]) => `${name} may run its script`),
  ]
}

/** `node_modules/a/node_modules/@b/c` is the package `@b/c`. */
export function packageOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** Packages installed with the app itself, optional ones aside: those are Node for our own scripts. */
export function productionPackages({ packages }: LockFile, optional: Readonly<Record<string, string>>): string[] {
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => packageOf(path))
    .filter((name) => optional[name] === undefined)
}

const LICENCES = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0'])

/** Others we looked at, each for one package. */
const AGREED: Readonly<Record<string, string>> = {
  // Public domain; comes with the Anthropic SDK's check of webhooks.
  'fast-sha256': 'Unlicense',
}

/** Further ones of tools, which are not given to anybody: what they ask is about changing or passing on the tool itself. */
const TOOL_LICENCES = new Set([
  ...LICENCES,
  'MPL-2.0',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
])

/** Locked packages, tools included, whose licence nobody has looked at. */
export function findUnknownLicences({ packages }: LockFile): string[] {
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .filter(([, { license = '' }]) => {
      const choices = license.replace(/^\(|\)$/g, '').split(' OR ')
      return !choices.some((choice) => TOOL_LICENCES.has(choice))
    })
    .map(([path, { license }]) => `${packageOf(path)} ${license ?? 'without a licence'}`)
}

/** Packages whose licence asks for more than to be named. */
export function findOtherLicences(names: readonly string[], { packages }: LockFile): string[] {
  return names.flatMap((name) => {
    const entries = Object.entries(packages).filter(([path]) => path !== '' && packageOf(path) === name)
    if (entries.length === 0) return [`${name} is not in the lock file`]
    return entries
      .filter(([, { license = '' }]) => !LICENCES.has(license) && AGREED[name] !== license)
      .map(([, { license }]) => `${name} ${license ?? 'without a licence'}`)
  })
}
