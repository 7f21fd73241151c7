import { PROVIDERS, type ProviderId } from '../../../core/provider'
import type { ConnectionView } from '../../../shared/ipc/views'

/** Whether a key is stored for a connection, even one that cannot be opened now. */
export function keyStored(connection: ConnectionView): boolean {
  return connection.key.state !== 'none'
}

/** The connections of one provider. */
export interface ProviderConnections {
  readonly provider: ProviderId
  readonly connections: readonly ConnectionView[]
}

/** Connections by provider, the providers in their usual order. */
export function groupByProvider(connections: readonly ConnectionView[]): readonly ProviderConnections[] {
  return (Object.keys(PROVIDERS) as ProviderId[]).flatMap((provider) => {
    const members = connections.filter((connection) => connection.provider === provider)
    return members.length === 0 ? [] : [{ provider, connections: members }]
  })
}

/** A label that no other connection of the provider has: `Personal`, `Personal 2`. */
export function freshLabel(provider: ProviderId, connections: readonly ConnectionView[]): string {
  const base = PROVIDERS[provider].key === 'required' ? 'Personal' : PROVIDERS[provider].name
  const taken = connections.flatMap((connection) => (connection.provider === provider ? [connection.label] : []))
  let label = base
  for (let number = 2; taken.includes(label); number += 1) label = `${base} ${number}`
  return label
}
