// The folder Chromium keeps its own files in.
import { mkdirSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** A test's profile lives as long as its user data: localStorage must survive a restart. */
export async function lastingProfile(userData) {
  const folder = join(userData, 'standin', 'chromium')
  mkdirSync(folder, { recursive: true })
  await untilUnused(folder)
  return folder
}

/** A preview's profile lives as long as the process. */
export function passingProfile() {
  const folder = mkdtempSync(join(tmpdir(), 'electron-standin-preview-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

// After kill -9 the former Chromium needs a moment to leave; a second one on its profile would only hand over to it.
async function untilUnused(folder) {
  for (let tries = 0; tries < 200 && isAlive(ownerOf(folder)); tries++) await delay(50)
}

// Chromium marks a profile in use with a symbolic link to `<host>-<pid>`.
function ownerOf(folder) {
  try {
    return Number(readlinkSync(join(folder, 'SingletonLock')).split('-').at(-1))
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
