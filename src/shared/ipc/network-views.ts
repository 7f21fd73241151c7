import type { RequestId } from '../../core/ids'
import type { RequestPurpose } from '../../core/request-purpose'

/** How requests leave. */
export interface NetworkSettingsView {
  /** Whether the authorities the operating system trusts are trusted as well. */
  readonly systemCertificates: boolean
  /** An http or https origin; null for none. */
  readonly proxy: string | null
}

/** A request that left. Never its headers, query or content. */
export interface NetworkRowView {
  readonly id: RequestId
  readonly atMs: number
  readonly host: string
  readonly method: string
  readonly path: string
  /** `other`: of a newer version. */
  readonly purpose: RequestPurpose | 'other'
  /** Null when no response arrived. */
  readonly status: number | null
  /** How it ended; null while it is under way, or when its end was never seen. */
  readonly outcome: string | null
  readonly bytesUp: number
  readonly bytesDown: number | null
  /** Of the connection it was for; null once that is removed. */
  readonly keyLabel: string | null
}

/** Some of the log, newest first. */
export interface NetworkPageView {
  readonly rows: readonly NetworkRowView[]
  /** Whether older ones follow. */
  readonly more: boolean
  /** Every host in the log. */
  readonly hosts: readonly string[]
  /** How many rows the log has, filtered or not. */
  readonly total: number
}

/** The whole log as text. */
export interface NetworkExportView {
  readonly text: string
  readonly rowCount: number
}
