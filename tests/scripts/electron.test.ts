import { describe, expect, it } from 'vitest'
import { chooseChromium } from '../../scripts/lib/chromium.mjs'
import { decideElectron, decidePreview, electronArguments, explainMissing } from '../../scripts/lib/electron.mjs'
import { exitCodeOf } from '../../scripts/lib/steps.mjs'

const HOUR = 60 * 60 * 1000
const NOW = 1_000 * HOUR

describe('decideElectron', () => {
  const failed = (hoursAgo: number) => ({ version: '45.0.0', mirror: '', at: NOW - hoursAgo * HOUR })
  const state = { binary: undefined, version: '45.0.0', mirror: '', now: NOW, retry: false, failure: undefined }

  it.each([
    ['it is there', { binary: '/x/electron' }, 'use'],
    ['it is there, whatever failed before', { binary: '/x/electron', failure: failed(1), retry: true }, 'use'],
    ['it was never tried', {}, 'download'],
    ['the last try failed an hour ago', { failure: failed(1) }, 'do without'],
    ['the last try failed almost a day ago', { failure: failed(23.9) }, 'do without'],
    ['the last try failed a day ago', { failure: failed(24) }, 'download'],
    ['asked to, right after a failure', { failure: failed(0), retry: true }, 'download'],
    ['a mirror has been named since', { failure: failed(1), mirror: 'https://mirror.example/' }, 'download'],
    ['another version is wanted since', { failure: failed(1), version: '46.0.0' }, 'download'],
    ['the clock was set back since', { failure: failed(-5) }, 'download'],
    ['the record is damaged', { failure: { version: '45.0.0', mirror: '' } }, 'download'],
  ] as const)('when %s', (_, known, expected) => {
    expect(decideElectron({ ...state, ...known })).toBe(expected)
  })
})

describe('decidePreview', () => {
  const system = { platform: 'linux', display: true, standin: true, chromium: '/usr/bin/chromium' }
  const decide = (known: object) => decidePreview({ ...system, ...known }, 'install Chromium')

  it('shows the app in Chromium on a Linux with a display', () => {
    expect(decide({})).toEqual({ preview: '/usr/bin/chromium' })
  })

  it('says what to install where Chromium is missing', () => {
    expect(decide({ chromium: undefined })).toEqual({
      problem: 'To see the app in a preview window meanwhile, install Chromium.',
    })
  })

  it.each([
    ['there is no display', { display: false }, 'There is no display either'],
    ['it is a Mac', { platform: 'darwin' }, 'nothing to show on this system'],
    ['it is Windows', { platform: 'win32' }, 'nothing to show on this system'],
    ['the stand-in is not part of the copy', { standin: false }, 'nothing to show on this system'],
  ])('does not try when %s', (_, known, sentence) => {
    expect(decide(known)).toEqual({ problem: expect.stringContaining(sentence) })
  })
})

describe('explainMissing', () => {
  it.each([
    ['TypeError: fetch failed\n    at node:internal', 'its server cannot be reached'],
    ['Error: getaddrinfo ENOTFOUND somewhere', 'its server cannot be reached'],
    ['RequestError: connect ETIMEDOUT 1.2.3.4:443', 'its server does not answer'],
    ['Error: ENOSPC: no space left on device', 'the disk is full'],
    ['HTTPError: Response code 404 (Not Found)', 'its server answered 404'],
    ['Error: Generated checksum for "electron.zip" did not match', 'what arrived was damaged'],
    ['segmentation fault', 'the download failed'],
  ])('turns "%s" into a reason and the way out, in one sentence', (output, reason) => {
    const sentence = explainMissing('45.0.0', output)
    expect(sentence).toContain(`Electron 45.0.0 could not be downloaded (${reason})`)
    expect(sentence).toContain('ELECTRON_MIRROR')
    expect(sentence).not.toContain('\n')
    expect(sentence.match(/\.(\s|$)/g)).toHaveLength(1)
  })

  it('says how to try again when it did not try', () => {
    expect(explainMissing('45.0.0', '')).toMatch(/failed less than a day ago.*--retry-electron.*ELECTRON_MIRROR/)
  })
})

describe('electronArguments', () => {
  const start = { platform: 'linux', uid: 1000, args: ['--user-data-dir=/tmp/x'] }

  it('hands the arguments on, behind the app', () => {
    const { args, sandboxOff } = electronArguments(start)
    expect(args).toEqual([expect.any(String), '--user-data-dir=/tmp/x'])
    expect(sandboxOff).toBe(false)
  })

  it('switches the sandbox off for root on Linux alone, and says so', () => {
    expect(electronArguments({ ...start, uid: 0 })).toMatchObject({ sandboxOff: true })
    expect(electronArguments({ ...start, uid: 0 }).args[0]).toBe('--no-sandbox')
    expect(electronArguments({ ...start, platform: 'darwin', uid: 0 })).toMatchObject({ sandboxOff: false })
    expect(electronArguments({ ...start, platform: 'win32', uid: undefined })).toMatchObject({ sandboxOff: false })
  })
})

const where = (...present: string[]) => ({
  named: undefined,
  playwrights: () => '/cache/chrome',
  exists: (path: string) => present.includes(path),
})

describe('chooseChromium', () => {
  it("prefers Playwright's own to the system's", () => {
    expect(chooseChromium(where('/cache/chrome', '/usr/bin/chromium'))).toBe('/cache/chrome')
  })

  it("finds the system's under any of its names", () => {
    expect(chooseChromium(where('/usr/bin/chromium'))).toBe('/usr/bin/chromium')
    expect(chooseChromium(where('/usr/bin/google-chrome'))).toBe('/usr/bin/google-chrome')
    expect(chooseChromium({ ...where('/usr/bin/chromium'), playwrights: () => undefined })).toBe('/usr/bin/chromium')
  })

  it('never replaces the one that was named by another', () => {
    expect(chooseChromium({ ...where('/my/chrome', '/usr/bin/chromium'), named: '/my/chrome' })).toBe('/my/chrome')
    expect(chooseChromium({ ...where('/usr/bin/chromium'), named: '/my/chrome' })).toBeUndefined()
  })

  it('finds none where there is none', () => {
    expect(chooseChromium(where())).toBeUndefined()
  })
})

it("passes on the app's exit code, and a signal as a shell does", () => {
  expect(exitCodeOf(0, null)).toBe(0)
  expect(exitCodeOf(3, null)).toBe(3)
  expect(exitCodeOf(null, 'SIGTERM')).toBe(143)
  expect(exitCodeOf(null, null)).toBe(1)
})
