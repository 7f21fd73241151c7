import type { Database } from 'better-sqlite3'

/** Settings by name, as JSON. What a setting may be is its service's business. */
export function settingRepository(database: Database) {
  const one = database.prepare<[string], string>(`SELECT value FROM setting WHERE name = ?`).pluck()
  const put = database.prepare<[string, string]>(
    `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  )
  return {
    get(name: string): unknown {
      const text = one.get(name)
      return text === undefined ? undefined : JSON.parse(text)
    },
    put: (name: string, value: unknown): void => void put.run(name, JSON.stringify(value)),
  }
}
