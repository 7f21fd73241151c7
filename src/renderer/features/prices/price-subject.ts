import type { ConnectionId } from '../../../core/ids'

/** Whose price is asked for. */
export interface PriceSubject {
  readonly connectionId: ConnectionId
  /** `Compatible endpoint · Garage` */
  readonly connectionName: string
  readonly model: string
  readonly modelName: string
  /** The day it is asked for from; left out for none. */
  readonly from?: string
  /** Where focus goes afterwards, as what asked may be gone with the price that was missing. */
  readonly focusAfter: () => HTMLElement | null
}

/** A price that is asked for, before its names are known. */
export type PriceAsk = Pick<PriceSubject, 'connectionId' | 'model' | 'modelName' | 'from'>
