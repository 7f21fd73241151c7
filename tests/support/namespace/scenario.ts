/**
 * What a user does, in a process of its own, for whoever watches which sockets that process opens. Providers run in this
 * process too, since the network around it is nothing but loopback. Prints one line of JSON.
 */
import { lookup } from 'node:dns/promises'
import type { ConnectionId } from '../../../src/core/ids'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../latchkey'
import { anthropicErrors, anthropicModels, fixture, json, startProviderServer } from '../provider-server'

const systemFetch = globalThis.fetch

/** What the child reports. */
export interface Report {
  readonly origins: readonly string[]
  /** Requests the providers received, and rows of the log: method and address. */
  readonly received: readonly string[]
  readonly logged: readonly string[]
}

async function lookAround(harness: Harness): Promise<void> {
  await harness.ask('app.open', {})
  await harness.ask('conversation.list', {})
  await harness.ask('key.status', {})
  await harness.ask('spend.month', {})
  await harness.ask('budget.list', {})
  await harness.ask('ledger.verify', {})
  await harness.ask('estimate.models', { conversationId: null, text: 'What would this cost?' })
  await harness.ask('network.list', { before: null, host: null, purpose: null })
  await harness.ask('network.export', { format: 'csv' })
}

async function firstRun(): Promise<Report> {
  const harness = await startLatchkey()
  await lookAround(harness)
  // As long as anything that was put off to a first quiet moment would take.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const logged = await rows(harness)
  await harness.close()
  return { origins: [], received: [], logged }
}

async function everyday(): Promise<Report> {
  const servers = [await startProviderServer(), await startProviderServer()] as const
  const [anthropic, compatible] = servers
  let harness = await startLatchkey()
  await harness.ask('settings.setBackground', { purpose: 'titles', on: false })
  const connectionId = await connect(harness, anthropic.origin)
  anthropic.enqueue(anthropicModels(), 'GET /v1/models')
  await harness.ask('connection.check', { connectionId })
  const ask = async (to: ConnectionId, model: string, text: string) => {
    const turn = await harness.ask('turn.start', { conversationId: null, connectionId: to, model, text })
    await settled(harness, turn.turnId)
    return turn
  }
  anthropic.enqueue(fixture('anthropic/text'), 'POST /v1/messages')
  await ask(connectionId, TEST_MODEL, 'What is a latchkey?')
  anthropic.enqueue(anthropicErrors.invalidKey(), 'POST /v1/messages')
  const refused = await ask(connectionId, TEST_MODEL, 'And a lock?')
  anthropic.enqueue(fixture('anthropic/text'), 'POST /v1/messages')
  const again = await harness.ask('turn.retry', { turnId: refused.turnId })
  await settled(harness, again.turnId)

  const baseUrl = `${compatible.origin}/v1`
  const other = await harness.ask('connection.add', { provider: 'compatible', label: 'Own', baseUrl })
  compatible.enqueue(json({ data: [{ id: 'own-model' }] }), 'GET /v1/models')
  await harness.ask('connection.check', { connectionId: other.id })
  harness = await harness.restart()
  await lookAround(harness)
  const logged = await rows(harness)
  const received = servers.flatMap(({ origin, requests }) =>
    requests.map(({ method, path }) => `${method} ${origin}${path.replace(/\?.*/, '')}`),
  )
  await harness.close()
  for (const server of servers) await server.close()
  return { origins: servers.map(({ origin }) => origin), received, logged }
}

/** What an unknown caller in a dependency would do: the watcher has to see it. */
async function leak(): Promise<Report> {
  await lookup('leak.example').catch(() => undefined)
  await systemFetch('http://192.0.2.1:8088/', { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  return { origins: [], received: [], logged: [] }
}

async function rows(harness: Harness): Promise<string[]> {
  const { rows: found } = await harness.ask('network.list', { before: null, host: null, purpose: null })
  return found.map(({ method, host, path }) => `${method} http://${host}${path}`).toReversed()
}

const scenarios: Readonly<Record<string, () => Promise<Report>>> = { firstRun, everyday, leak }
const report = await scenarios[process.argv[2] ?? '']?.()
process.stdout.write(`${JSON.stringify(report)}\n`)
process.exit(0)
