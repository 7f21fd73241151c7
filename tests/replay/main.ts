import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { PriceRow } from '../../src/core/price-book'
import { PriceError, readPriceRows } from '../../src/core/price-file'
import type { Dialect } from '../../src/core/provider'
import { createCatalog } from '../../src/main/catalog/catalog'
import { DIALECTS } from './dialect'
import { startMachine } from './machine'
import { Unreadable } from './recording'
import { replayFile, type Replayed } from './replay'
import { problemsOf } from './problems'
import { table } from './table'

// `npm run replay`: see docs/prices.md.

const USAGE =
  'npm run replay -- [--dialect anthropic|openai-responses|openai-chat|google] [--prices FILE] [--at INSTANT] [--strict] [--json] FILE...'

/** Something wrong with how it was asked. */
class Asked extends Error {}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Asked)) throw error
  process.stderr.write(`${error.message}\n${USAGE}\n`)
  process.exitCode = 1
}

async function main(): Promise<number> {
  const { files, dialect, given, atMs, strict, json } = await options()
  const machine = await startMachine()
  const { prices: book } = createCatalog()
  const results: Replayed[] = []
  let sound = true
  const complain = (file: string, reason: string): void => {
    sound = false
    process.stderr.write(`${file}: ${reason}\n`)
  }
  try {
    for (const file of files) {
      try {
        const read = { given, book, atMs, ...(dialect === undefined ? {} : { dialect }) }
        const result = await replayFile(machine, file, fromHere(file), read)
        results.push(result)
        for (const problem of problemsOf(result, strict)) complain(file, problem)
      } catch (error) {
        // Whatever is wrong with one file, the others are still told.
        const reason = error instanceof Error ? error.message : String(error)
        results.push(unreadable(file))
        complain(file, error instanceof Unreadable ? reason : `cannot be replayed (${reason})`)
      }
    }
    const fault = machine.fault()
    if (fault !== null) complain('the ledger', `is not what was booked (${JSON.stringify(fault)})`)
  } finally {
    await machine.close()
  }
  process.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : `${results.map(table).join('\n\n')}\n`)
  return sound ? 0 : 1
}

async function options() {
  const { values, positionals: files } = parsed()
  const { dialect, prices, at } = values
  if (files.length === 0) throw new Asked('Name at least one file.')
  if (dialect !== undefined && !DIALECTS.some((known) => known === dialect)) {
    throw new Asked(`There is no dialect "${dialect}".`)
  }
  // Today's prices are those of its first instant in UTC, so that two replays of one day agree.
  const inUtc = at === undefined || /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(at)
  const atMs = at === undefined ? new Date().setUTCHours(0, 0, 0, 0) : inUtc ? Date.parse(at) : Number.NaN
  if (Number.isNaN(atMs)) throw new Asked(`"${at}" is no instant; write 2026-11-23 or 2026-11-23T10:00:00Z.`)
  const given: readonly PriceRow[] = prices === undefined ? [] : await pricesIn(prices)
  const { strict = false, json = false } = values
  return { files, dialect: dialect as Dialect | undefined, given, atMs, strict, json }
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        dialect: { type: 'string' },
        prices: { type: 'string' },
        at: { type: 'string' },
        strict: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new Asked(error instanceof Error ? error.message : 'These arguments cannot be read.')
  }
}

async function pricesIn(file: string): Promise<PriceRow[]> {
  try {
    return readPriceRows(JSON.parse(await readFile(fromHere(file), 'utf8')))
  } catch (error) {
    if (error instanceof PriceError) throw new Asked(`${file}: ${error.message}`)
    if (error instanceof SyntaxError) throw new Asked(`${file}: is not JSON`)
    throw new Asked(`${file}: cannot be read`)
  }
}

/** npm runs scripts in the project; names are meant from where it was called. */
function fromHere(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), file)
}

function unreadable(file: string): Replayed {
  return {
    file,
    dialect: null,
    modelRequested: null,
    modelAnswered: null,
    terminal: null,
    class: null,
    costPico: null,
    lines: [],
    usageRaw: null,
    flags: ['unreadable'],
  }
}
