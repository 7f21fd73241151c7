import type { ConnectionId, RequestId } from '../../core/ids'
import { REQUEST_PURPOSES, type RequestPurpose } from '../../core/request-purpose'
import type { Result } from '../../shared/ipc/transport'
import type { NetworkExportView, NetworkPageView, NetworkRowView } from '../../shared/ipc/network-views'
import type { Log } from '../log'
import type { EgressRow } from '../storage/egress-log'
import type { Storage } from '../storage/storage'
import { csvOf } from './csv'
import { done } from './result'

/** Rows shown at a time. */
const PAGE = 200
const KEPT_MS = 90 * 86_400_000

const COLUMNS = [
  'time',
  'host',
  'method',
  'path',
  'purpose',
  'status',
  'outcome',
  'bytes_up',
  'bytes_down',
  'key_label',
] as const

interface Needs {
  readonly storage: Storage
  /** The time to forget by. */
  readonly believedMs: () => number
  readonly log: Log
}

/** The log of everything that left, as it is shown, copied and cleared. Asking for it sends nothing. */
export function createNetworkService({ storage, believedMs, log }: Needs) {
  const { egressLog } = storage
  try {
    egressLog.forgetBefore(believedMs() - KEPT_MS)
  } catch (error) {
    // A full disk must not keep the app from starting; the next start tidies up.
    log.error('forgetting old requests', error)
  }

  const viewer = (): ((row: EgressRow) => NetworkRowView) => {
    const labels = new Map(storage.connections.list().map(({ id, label }) => [id, label]))
    return (row) => ({
      id: row.id,
      atMs: row.atMs,
      host: hostOf(row.origin),
      method: row.method,
      path: row.path,
      purpose: purposeOf(row.purpose),
      status: row.status,
      outcome: row.outcome,
      bytesUp: row.bytesUp,
      bytesDown: row.bytesDown,
      keyLabel: labels.get(row.connectionId as ConnectionId) ?? null,
    })
  }

  return {
    list(input: {
      before: RequestId | null
      host: string | null
      purpose: RequestPurpose | null
    }): Result<NetworkPageView> {
      // One more than is shown tells whether there are more.
      const rows = egressLog.page(input, PAGE + 1)
      return done({
        rows: rows.slice(0, PAGE).map(viewer()),
        more: rows.length > PAGE,
        hosts: [...new Set(egressLog.origins().map(hostOf))],
        total: egressLog.count(),
      })
    },

    clear(): Result<null> {
      egressLog.clear()
      return done(null)
    },

    export({ format }: { format: 'csv' | 'json' }): Result<NetworkExportView> {
      const rows = egressLog.list().map(viewer()).map(exported)
      if (format === 'json') return done({ text: `${JSON.stringify(rows, null, 2)}\n`, rowCount: rows.length })
      const text = csvOf([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))])
      return done({ text, rowCount: rows.length })
    },
  }
}

/** What can be asked of it. */
export type NetworkService = ReturnType<typeof createNetworkService>

function exported(row: NetworkRowView): Readonly<Record<(typeof COLUMNS)[number], string | number | null>> {
  return {
    time: new Date(row.atMs).toISOString(),
    host: row.host,
    method: row.method,
    path: row.path,
    purpose: row.purpose,
    status: row.status,
    outcome: row.outcome,
    bytes_up: row.bytesUp,
    bytes_down: row.bytesDown,
    key_label: row.keyLabel,
  }
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin
}

/** A purpose of a newer version is shown as it is written. */
function purposeOf(text: string): NetworkRowView['purpose'] {
  return REQUEST_PURPOSES.find((purpose) => purpose === text) ?? 'other'
}
