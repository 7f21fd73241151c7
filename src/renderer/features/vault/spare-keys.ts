import type { KeyId } from '../../../core/ids'
import type { ConnectionView, KeyView, StoredKeyView } from '../../../shared/ipc/views'

/** A key by what its user knows of it: `“Laptop”`, `the key that ends in 4f2c`, or its place. */
export function keyName({ label, last4 }: StoredKeyView, place: number): string {
  if (label !== null) return `“${label}”`
  return last4 === null ? `key ${place}` : `the key that ends in ${last4}`
}

/** The keys of a connection in their order, the one it uses first. */
export function keysOf({ key, spareKeys }: ConnectionView): readonly StoredKeyView[] {
  return key.state === 'none' ? spareKeys : [key, ...spareKeys]
}

/** All keys with one of them moved up (-1) or down (1) by one place. */
export function movedBy(ids: readonly KeyId[], id: KeyId, by: -1 | 1): readonly KeyId[] {
  const from = ids.indexOf(id)
  const to = from + by
  const other = ids[to]
  if (from < 0 || other === undefined) return ids
  return ids.map((each, index) => (index === from ? other : index === to ? id : each))
}

/** All keys with one of them first. */
export function movedFirst(ids: readonly KeyId[], id: KeyId): readonly KeyId[] {
  return [id, ...ids.filter((other) => other !== id)]
}

/** A connection with one of its keys as a request has answered it; the one it uses where none is named. */
export function withKey(connection: ConnectionView, key: KeyView, replaced?: KeyId): ConnectionView {
  const isUsed = replaced === undefined || (connection.key.state !== 'none' && connection.key.id === replaced)
  if (isUsed) return { ...connection, key }
  if (key.state === 'none') return connection
  return { ...connection, spareKeys: connection.spareKeys.map((spare) => (spare.id === replaced ? key : spare)) }
}
