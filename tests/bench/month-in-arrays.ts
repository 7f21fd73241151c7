import Sqlite from 'better-sqlite3'
import { daysOf } from '../../src/core/period'

/** The sum of one day, model and provider. */
export interface Cell {
  readonly day: string
  readonly model: string
  readonly provider: string
  readonly pico: bigint
}

/**
 * Every line of a ledger in typed arrays, in the order they were booked: corrections come long after the day they belong
 * to, so a month is found by looking at each of them.
 */
export function monthInArrays(file: string, month: string) {
  const database = new Sqlite(file, { readonly: true })
  const select = database
    .prepare<[], Cell>(
      `SELECT line.local_day AS day, call.model_requested AS model, call.provider, COALESCE(line.pico, 0) AS pico
       FROM ledger_line AS line JOIN call ON call.id = line.call_id ORDER BY line.seq`,
    )
    .safeIntegers()
  const names = { day: new Names(), model: new Names(), provider: new Names() }
  const codes = { day: [] as number[], model: [] as number[], provider: [] as number[] }
  const amounts: bigint[] = []
  for (const line of select.iterate()) {
    for (const key of ['day', 'model', 'provider'] as const) codes[key].push(names[key].codeOf(line[key]))
    amounts.push(line.pico)
  }
  database.close()
  const [from, to] = daysOf(month)
  const wanted = Uint8Array.from(names.day.list, (day) => (day >= from && day <= to ? 1 : 0))
  const days = Uint16Array.from(codes.day)
  const models = Uint8Array.from(codes.model)
  const providers = Uint8Array.from(codes.provider)
  const pico = BigInt64Array.from(amounts)
  const [width, depth] = [names.model.list.length, names.provider.list.length]
  const sums = new BigInt64Array(names.day.list.length * width * depth)
  const scan = (): BigInt64Array => {
    sums.fill(0n)
    for (let line = 0; line < pico.length; line += 1) {
      const day = days[line] ?? 0
      if (wanted[day] === 0) continue
      const cell = (day * width + (models[line] ?? 0)) * depth + (providers[line] ?? 0)
      sums[cell] = BigInt.asIntN(64, (sums[cell] ?? 0n) + (pico[line] ?? 0n))
    }
    return sums
  }
  return {
    /** The sums of every cell of the month. */
    scan,
    cells(): Cell[] {
      const found = scan()
      return names.day.list.flatMap((day, d) =>
        wanted[d] === 0
          ? []
          : names.model.list.flatMap((model, m) =>
              names.provider.list.map((provider, p): Cell => {
                return { day, model, provider, pico: found[(d * width + m) * depth + p] ?? 0n }
              }),
            ),
      )
    },
  }
}

/** Small numbers for names, by first appearance. */
class Names {
  readonly list: string[] = []
  private readonly codes = new Map<string, number>()

  codeOf(name: string): number {
    const known = this.codes.get(name)
    if (known !== undefined) return known
    this.codes.set(name, this.list.length)
    return this.list.push(name) - 1
  }
}
