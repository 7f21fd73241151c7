import { create } from 'zustand'
import type { ConnectionId } from '../../../core/ids'
import { tellsKeyLimit } from '../../../core/key-limit'
import type { Result } from '../../../shared/ipc/transport'
import type { CheckView, ConnectionView } from '../../../shared/ipc/views'
import { request as ask, type Request } from '../../bridge/client'
import { keyStored } from './connection-choice'

/** A check of a connection; null while it runs. */
export interface Checked {
  /** What was checked: another key or another address has not been. */
  readonly subject: string
  readonly result: Result<CheckView> | null
}

interface ChecksState {
  readonly checks: Readonly<Record<ConnectionId, Checked>>
  /**
   * Asks the server of a connection for its models, and keeps what came of it; where its provider tells, also what the key
   * may spend. Only by hand.
   */
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
    if (get().unasked) await checkWith(modelsOf, connection, request)
  },
  async check(connection, request = ask) {
    await checkWith(modelsAndLimitOf, connection, request)
  },
  receive: (connection, result) =>
    set(({ checks }) => ({ checks: { ...checks, [connection.id]: { subject: subjectOf(connection), result } } })),
}))

type Check = (connection: ConnectionView, request: Request) => Promise<Result<CheckView>>

async function checkWith(check: Check, connection: ConnectionView, request: Request): Promise<void> {
  useChecks.getState().receive(connection, null)
  const result = await check(connection, request)
  const { checks, receive } = useChecks.getState()
  if (checks[connection.id]?.subject === subjectOf(connection)) receive(connection, result)
}

const modelsOf: Check = ({ id }, request) => request('connection.check', { connectionId: id })

const modelsAndLimitOf: Check = async (connection, request) => {
  const models = await modelsOf(connection, request)
  if (!models.ok || !models.value.ok || !tellsKeyLimit(connection.provider) || !keyStored(connection)) return models
  const limit = await request('key.checkLimit', { connectionId: connection.id })
  // What the others may spend is told beside each of them.
  for (const { id: keyId } of connection.spareKeys) {
    await request('key.checkLimit', { connectionId: connection.id, keyId })
  }
  // Its models are listed to anybody; only this tells that the key is none.
  return limit.ok && !limit.value.ok && limit.value.failure.code === 'key_invalid'
    ? { ok: true, value: limit.value }
    : models
}

/** The check that still holds for a connection as it is now. */
export function checkOf(checks: ChecksState['checks'], connection: ConnectionView): Checked | undefined {
  const checked = checks[connection.id]
  return checked?.subject === subjectOf(connection) ? checked : undefined
}

function subjectOf({ baseUrl, key }: ConnectionView): string {
  return `${baseUrl} ${key.state === 'none' ? '' : key.addedMs}`
}
