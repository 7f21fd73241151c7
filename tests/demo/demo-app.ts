import type { Page } from 'playwright'
import { _electron, type ElectronApplication } from 'playwright'
import { fileURLToPath } from 'node:url'
import type { Bridge } from '../../src/shared/ipc/transport'
import type { ProviderServer } from '../support/provider-server'
import { makeTempDir, type TempDir } from '../support/temp-dir'
import { startPracticeProvider, type Pace } from './practice-provider'
import { practiceKey, seedYear, TODAY } from './seed'

declare const latchkey: Bridge

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The app on an invented year, with a provider that answers. */
export interface Demo {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly provider: ProviderServer
  readonly pace: Pace
  close(): Promise<void>
}

/** Opens the app on a profile of its own. `seeded` false: as on the very first start. */
export async function openDemo({ seeded }: { readonly seeded: boolean }): Promise<Demo> {
  const profile: TempDir = await makeTempDir()
  const pace: Pace = { paceMs: 0 }
  const provider = await startPracticeProvider(pace)
  if (seeded) await seedYear(profile, provider.origin)
  const args = [root, `--user-data-dir=${profile.path}`, '--demo', `--test-clock=${TODAY}T09:30:00Z`]
  const electron = await _electron.launch({ args, cwd: root })
  const page = await electron.firstWindow()
  await page.getByRole('heading', { level: 1 }).waitFor()
  if (seeded) {
    await giveKeys(page)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  pace.paceMs = 35
  return {
    electron,
    page,
    provider,
    pace,
    async close() {
      await electron.close()
      await provider.close()
      await profile.remove()
    },
  }
}

/** What was sealed while seeding no other process can open, so the app itself is given the practice keys. */
async function giveKeys(page: Page): Promise<void> {
  const keys = { anthropic: practiceKey('anthropic'), openai: practiceKey('openai'), google: practiceKey('google') }
  await page.evaluate(async (known) => {
    const status = await latchkey.request('key.status', {})
    if (!status.ok) return
    for (const { id, provider } of status.value.connections) {
      const key = known[provider as keyof typeof known]
      await latchkey.request('key.set', { connectionId: id, key })
    }
  }, keys)
}
