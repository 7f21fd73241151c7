import { create } from 'zustand'
import type { ConnectionId } from '../../../core/ids'
import type { Result } from '../../../shared/ipc/transport'
import type { CheckView, ConnectionView } from '../../../shared/ipc/views'
import { request as ask, type Request } from '../../bridge/client'

/** A check of a connection; null while it runs. */
export interface Checked {
  /** What was checked: another key or another address has not been. */
  readonly subject: string
  readonly result: Result<CheckView> | null
}

interface ChecksState {
  readonly checks: Readonly<Record<ConnectionId, Checked>>
  /** Asks the server of a connection for its models, and keeps what came of it. */
  check(connection: ConnectionView, request?: Request): Promise<void>
  /** Whether a new key may be checked without being asked; no until that is known. */
  readonly unasked: boolean
  /** The same for a key that was just entered, where the user lets it. */
  checkUnasked(connection: ConnectionView, request?: Request): Promise<void>
  receive(connection: ConnectionView, result: Result<CheckView> | null): void
}

/** How the checks of this run went. They are not kept longer: what worked yesterday says nothing about today. */
export const useChecks = create<ChecksState>()((set, get) => ({
  checks: {},
  unasked: false,
  async checkUnasked(connection, request = ask) {
    if (get().unasked) await get().check(connection, request)
  },
  async check(connection, request = ask) {
    get().receive(connection, null)
    const result = await request('connection.check', { connectionId: connection.id })
    if (get().checks[connection.id]?.subject === subjectOf(connection)) get().receive(connection, result)
  },
  receive: (connection, result) =>
    set(({ checks }) => ({ checks: { ...checks, [connection.id]: { subject: subjectOf(connection), result } } })),
}))

/** The check that still holds for a connection as it is now. */
export function checkOf(checks: ChecksState['checks'], connection: ConnectionView): Checked | undefined {
  const checked = checks[connection.id]
  return checked?.subject === subjectOf(connection) ? checked : undefined
}

function subjectOf({ baseUrl, key }: ConnectionView): string {
  return `${baseUrl} ${key.state === 'none' ? '' : key.addedMs}`
}
