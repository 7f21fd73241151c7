import { afterEach, beforeEach } from 'vitest'
import { startLatchkey, type Harness } from './latchkey'
import { startProviderServer, type ProviderServer } from './provider-server'

/**
 * A provider and an app of its own for each test of a file. `take` is handed both at the beginning; `opened` names the app
 * that is open at the end, which is another one after a restart.
 */
export function eachWithProvider(
  take: (server: ProviderServer, harness: Harness) => void | Promise<void>,
  opened: () => Harness,
): void {
  let server: ProviderServer
  beforeEach(async () => {
    server = await startProviderServer()
    await take(server, await startLatchkey())
  })
  afterEach(async () => {
    await opened().close()
    await server.close()
  })
}
