import { costOfCalls, type TrueCall, type TrueCost, type Truth } from './rows'
import type { groupsOf } from './report'

// What a file of calls or groups must hold, and a reader for it.

/** As it is shown: nothing of a private or a deleted conversation. */
export function titleOf(truth: Truth, { row }: TrueCall): string | null {
  return row['private'] === 1n ? null : (truth.titles.get(String(row['conversation_id'])) ?? null)
}

const amount = (pico: string | null) => (pico === null ? null : dollars(pico))

function costCells({ pico, atLeast, upper, costClass, inputTokens, outputTokens }: TrueCost) {
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cost: amount(pico),
    at_least: dollars(atLeast),
    at_most: amount(upper),
    currency: 'USD',
    class: costClass,
  }
}

/** A call as a row of a file. */
export function callRowOf(truth: Truth, call: TrueCall) {
  const { cost, row, lines, saved } = call
  const tokens = (prefix: string): number | null => {
    let sum: bigint | null = null
    for (const { row: line } of lines) {
      if (line['corrects'] !== null || !String(line['bucket']).startsWith(prefix)) continue
      sum = (sum ?? 0n) + (line['units'] as bigint)
    }
    return sum === null ? null : Number(sum)
  }
  return {
    time: new Date(Number(row['started_ms'])).toISOString(),
    local_day: row['local_day'],
    provider: row['provider'],
    model: row['model_requested'],
    connection: row['connection_label'],
    key: truth.keyLabels.get(String(row['key_id'])) ?? null,
    purpose: row['purpose'],
    retry: row['automatic'] === 1n ? 'yes' : 'no',
    outcome: row['state'],
    private: row['private'] === 1n ? 'yes' : 'no',
    conversation: titleOf(truth, call),
    cache_read_tokens: tokens('in_cache_read'),
    cache_write_tokens: tokens('in_cache_write'),
    ...costCells(cost),
    cache_saved: saved === null ? null : dollars(saved.toString()),
    call: row['id'],
  }
}

/** A group as a row of a file, without its name. */
export function groupRowOf(by: string, { key, provider, calls }: ReturnType<typeof groupsOf>[number]) {
  let [answers, lastMs] = [0, 0]
  for (const { row, kind } of calls) {
    if (kind === 'answer') answers += 1
    lastMs = Math.max(lastMs, Number(row['started_ms']))
  }
  const last = new Date(lastMs).toISOString()
  return { [by]: key, provider, calls: calls.length, answers, last_call: last, ...costCells(costOfCalls(calls)) }
}

const AMOUNTS = ['cost', 'at_least', 'at_most', 'cache_saved']

/** The cells of a row in a CSV file: what a table program would run is marked as text, numbers of ours are not. */
export function cellsOf(row: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(row).map(([column, value]) => {
    if (value === null) return ''
    const text = typeof value === 'string' ? value : String(Number(value))
    return typeof value === 'string' && !AMOUNTS.includes(column) && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  })
}

/** Every digit of an amount, moved twelve places. */
export function dollars(pico: string): string {
  const digits = pico.replace('-', '').padStart(13, '0')
  let text = `${digits.slice(0, -12)}.${digits.slice(-12)}`
  while (text.endsWith('0')) text = text.slice(0, -1)
  if (text.endsWith('.')) text = text.slice(0, -1)
  return pico.startsWith('-') ? `-${text}` : text
}

/** RFC 4180, read letter by letter; the lines must end with CRLF. */
export function readCsv(file: string): string[][] {
  const text = file.replace(/^\uFEFF/, '')
  const rows: string[][] = []
  let [row, cell, quoted] = [[] as string[], '', false]
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"') quoted = !quoted
    else if (quoted) cell += sign
    else if (sign === ',') {
      row.push(cell)
      cell = ''
    } else if (sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell])
      ;[row, cell] = [[], '']
      at += 1
    } else if (sign === '\r' || sign === '\n') throw new Error('a line that does not end with CRLF')
    else cell += sign
  }
  if (cell !== '' || row.length > 0 || quoted) throw new Error('the last line has no end')
  return rows
}
