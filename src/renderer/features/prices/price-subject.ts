import type { ConnectionId } from '../../../core/ids'

/** Whose price is asked for. */
export interface PriceSubject {
  readonly connectionId: ConnectionId
  /** `Compatible endpoint · Garage` */
  readonly connectionName: string
  readonly model: string
  readonly modelName: string
  /** Where focus goes afterwards, as what asked may be gone with the price that was missing. */
  readonly focusAfter: () => HTMLElement | null
}
