/**
 * The value of an own key, or undefined. Names that come from a provider must be looked up this way: plain indexing
 * finds `constructor` on every object.
 */
export function lookup<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
