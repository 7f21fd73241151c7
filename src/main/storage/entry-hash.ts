import { createHash } from 'node:crypto'

/** A ledger line as the chain sees it: every column but the hash itself, so nothing that may ever be purged. */
export interface LedgerEntry {
  /** Counts from 1 without gaps. */
  readonly seq: number | bigint
  readonly callId: string
  readonly role: string
  readonly model: string
  readonly bucket: string
  readonly units: number | bigint
  readonly unitPrice: string | null
  readonly multiplier: string
  readonly priceId: string | null
  readonly pico: bigint | null
  readonly picoUpper: bigint | null
  readonly costClass: string
  readonly corrects: number | bigint | null
  readonly reason: string | null
  readonly utcDay: string
  readonly localDay: string
  readonly bookedMs: number | bigint
}

/** What stands before the first entry. */
export const GENESIS: Buffer = createHash('sha256').update('latchkey ledger 1').digest()

/**
 * The hash of an entry: SHA-256 over the hash before it and the entry's columns as a JSON list of strings and nulls. It
 * binds an entry to everything booked before it. Files hold these hashes, so what goes in here can never change.
 */
export function entryHash(before: Buffer, entry: LedgerEntry): Buffer {
  const columns = [
    entry.seq,
    entry.callId,
    entry.role,
    entry.model,
    entry.bucket,
    entry.units,
    entry.unitPrice,
    entry.multiplier,
    entry.priceId,
    entry.pico,
    entry.picoUpper,
    entry.costClass,
    entry.corrects,
    entry.reason,
    entry.utcDay,
    entry.localDay,
    entry.bookedMs,
  ].map((value) => (value === null ? null : String(value)))
  return createHash('sha256').update(before).update(JSON.stringify(columns)).digest()
}
