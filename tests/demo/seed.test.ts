import { expect, it } from 'vitest'
import { startLatchkey, testClock } from '../support/latchkey'
import { makeTempDir } from '../support/temp-dir'
import { startPracticeProvider } from './practice-provider'
import { seedYear, TODAY } from './seed'

it('a year is lived through the app itself: every cost is computed, and nothing needs a key any more', async () => {
  const profile = await makeTempDir()
  const provider = await startPracticeProvider({ paceMs: 0 })
  await seedYear(profile, provider.origin)
  await provider.close()
  const clock = testClock()
  clock.set(`${TODAY}T09:00:00Z`)
  const harness = await startLatchkey({ profile, clock })
  const app = await harness.ask('app.open', {})
  expect(app.conversations.length).toBeGreaterThan(100)
  expect(app.connections.map(({ key }) => key.state)).toEqual(['none', 'none', 'none'])
  const month = await harness.ask('spend.month', {})
  expect(month.spend).toMatchObject({ costClass: 'computed', upper: null })
  expect(month.byProvider).toHaveLength(3)
  await harness.close()
}, 60_000)
