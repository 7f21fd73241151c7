import type { Database } from 'better-sqlite3'
import type { ConnectionId, PriceId } from '../../core/ids'
import type { PriceRow } from '../../core/price-book'

/** A price of the user's own, for one connection. */
export interface PriceOverride {
  readonly id: PriceId
  readonly connectionId: ConnectionId
  readonly price: PriceRow
  readonly createdMs: number
}

/** One that may have been removed since. */
export interface KeptOverride extends PriceOverride {
  readonly removedMs: number | null
}

type Stored<Row extends PriceOverride = PriceOverride> = Omit<Row, 'price'> & { readonly price: string }

const COLUMNS = `id, connection_id AS connectionId, price, created_ms AS createdMs`

/** Prices of the user's own. A removed one is kept: what it settled names it. */
export function priceOverrideRepository(database: Database) {
  const insert = database.prepare<[Stored]>(
    `INSERT INTO price_override (id, connection_id, price, created_ms) VALUES (@id, @connectionId, @price, @createdMs)`,
  )
  const one = database.prepare<[PriceId], Stored>(
    `SELECT ${COLUMNS} FROM price_override WHERE id = ? AND removed_ms IS NULL`,
  )
  const ever = database.prepare<[PriceId], Stored>(`SELECT ${COLUMNS} FROM price_override WHERE id = ?`)
  const ofConnection = database.prepare<[ConnectionId], Stored>(
    `SELECT ${COLUMNS} FROM price_override WHERE connection_id = ? AND removed_ms IS NULL ORDER BY created_ms, id`,
  )
  const all = database.prepare<[], Stored<KeptOverride>>(
    `SELECT ${COLUMNS}, removed_ms AS removedMs FROM price_override ORDER BY created_ms, id`,
  )
  const remove = database.prepare<[number, PriceId]>(`UPDATE price_override SET removed_ms = ? WHERE id = ?`)
  return {
    add: ({ price, ...override }: PriceOverride): void =>
      void insert.run({ ...override, price: JSON.stringify(price) }),
    get(id: PriceId): PriceOverride | undefined {
      const row = one.get(id)
      return row && fromStored(row)
    },
    /** One that was removed as well: what it settled names it. */
    ever(id: PriceId): PriceOverride | undefined {
      const row = ever.get(id)
      return row && fromStored(row)
    },
    /** Oldest first. */
    ofConnection: (id: ConnectionId): PriceOverride[] => ofConnection.all(id).map(fromStored),
    /** All there ever were, oldest first. */
    all: (): KeptOverride[] => all.all().map(fromStored),
    remove: (id: PriceId, removedMs: number): void => void remove.run(removedMs, id),
  }
}

function fromStored<Row extends { readonly price: string }>(
  row: Row,
): Omit<Row, 'price'> & { readonly price: PriceRow } {
  return { ...row, price: JSON.parse(row.price) as PriceRow }
}
