import { test } from 'playwright/test'
import { openDemo } from './demo-app'

test('the demo is open until its window is closed', async () => {
  const demo = await openDemo({ seeded: true })
  await new Promise<void>((resolve) => demo.electron.on('close', () => resolve()))
  await demo.provider.close()
})
