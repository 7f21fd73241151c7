import type * as z from 'zod/mini'
import {
  brokenLines,
  disguised,
  extraFields,
  MARK,
  otherSorts,
  wrongDays,
  wrongIds,
  wrongWords,
  type Sort,
  type Wrong,
} from './values'

// Walks a schema of the contract. It reads what the schema asks for and never asks the schema itself, which would only
// say that it agrees with itself; a kind of schema it has not been taught is an error.

type Schema = z.core.$ZodType
type Def = z.core.$ZodTypes['_zod']['def']
type CheckDef = Readonly<Record<string, unknown>> & { readonly check: string }

/** Existing things by the prefix of their ids, so that an accepted malformed request would change something. */
export type KnownIds = Readonly<Record<string, string>>

const insideOf = <Inside>({ _zod: inside }: { readonly _zod: Inside }): Inside => inside
const defOf = (schema: Schema): Def => insideOf(schema).def as Def
const checksOf = (schema: Schema): readonly CheckDef[] =>
  (insideOf(schema).def.checks ?? []).map((check) => insideOf(check).def as unknown as CheckDef)
const patternOf = (schema: Schema): string =>
  checksOf(schema)
    .map(({ pattern }) => (pattern instanceof RegExp ? pattern.source : ''))
    .join('')
const ID = /^\^([a-z]{3})_/

function untaught(schema: Schema): never {
  throw new Error(`teach tests/support/malformed the schema “${defOf(schema).type}”`)
}

/** A value the schema takes. */
export function sampleOf(schema: Schema, ids: KnownIds): unknown {
  const def = defOf(schema)
  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, sampleOf(field, ids)]))
    case 'pipe':
      return sampleOf(def.in, ids)
    case 'nullable':
    case 'optional':
      return sampleOf(def.innerType, ids)
    case 'string':
      return sampleText(schema, ids)
    case 'number':
      return 42
    case 'boolean':
      return true
    case 'literal':
      return def.values[0]
    case 'array':
      return [sampleOf(def.element, ids)]
    case 'record':
      return Object.fromEntries([[sampleOf(def.keyType, ids), sampleOf(def.valueType, ids)]])
    case 'union':
      return sampleOf(def.options[0] ?? untaught(schema), ids)
    default:
      return untaught(schema)
  }
}

function sampleText(schema: Schema, ids: KnownIds): string {
  const pattern = patternOf(schema)
  const prefix = ID.exec(pattern)?.[1]
  if (prefix !== undefined) return ids[prefix] ?? `${prefix}_${'0'.repeat(32)}`
  return pattern.startsWith('^\\d{4}-') ? '2027-02-14' : MARK
}

/** Which sorts of plain data can be right here. */
function sortsOf(schema: Schema): ReadonlySet<Sort> {
  const def = defOf(schema)
  switch (def.type) {
    case 'object':
    case 'record':
      return new Set<Sort>(['object'])
    case 'union':
      return new Set(def.options.flatMap((option) => [...sortsOf(option)]))
    case 'pipe':
      return sortsOf(def.in)
    case 'nullable':
      return new Set<Sort>([...sortsOf(def.innerType), 'null'])
    case 'optional':
      return new Set<Sort>([...sortsOf(def.innerType), 'undefined'])
    case 'string':
      return new Set<Sort>(['text'])
    case 'number':
      return new Set<Sort>(['number'])
    case 'boolean':
      return new Set<Sort>(['boolean'])
    case 'literal':
      return new Set(def.values.map((value) => (typeof value === 'number' ? 'number' : 'text')))
    case 'array':
      return new Set<Sort>(['list'])
    default:
      return untaught(schema)
  }
}

/** Everything wrong with a value in this place. */
export function wrongFor(schema: Schema, ids: KnownIds): readonly Wrong[] {
  return [...otherSorts(sortsOf(schema)), ...wrongWithin(schema, ids)]
}

/** Wrong though of the right sort. */
function wrongWithin(schema: Schema, ids: KnownIds): readonly Wrong[] {
  const def = defOf(schema)
  switch (def.type) {
    case 'object':
      return wrongObjects(def.shape, ids)
    case 'pipe':
      return wrongWithin(def.in, ids)
    case 'nullable':
    case 'optional':
      return wrongWithin(def.innerType, ids)
    case 'string':
      return wrongTexts(schema, ids)
    case 'number':
      return wrongNumbers(schema)
    case 'boolean':
      return []
    case 'literal':
      return def.values.some((value) => typeof value === 'number') ? wrongChoices(def.values) : wrongWords(def.values)
    case 'array':
      return wrongLists(schema, def.element, ids)
    case 'record':
      return wrongRecords(def.keyType, def.valueType, ids)
    case 'union':
      return [
        ...def.options.flatMap((option) => wrongWithin(option, ids)),
        { what: 'no kind', value: {} },
        { what: 'a kind of its own', value: { kind: MARK } },
      ]
    default:
      return untaught(schema)
  }
}

function wrongObjects(shape: Readonly<Record<string, Schema>>, ids: KnownIds): readonly Wrong[] {
  const good = Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, sampleOf(field, ids)]))
  return [
    ...extraFields(good),
    ...disguised(good),
    ...Object.entries(shape).flatMap(([name, field]) => {
      const { [name]: _, ...rest } = good
      const missing = defOf(field).type === 'optional' ? [] : [{ what: `without ${name}`, value: rest }]
      return [
        ...missing,
        ...wrongFor(field, ids).map(({ what, value, ...tamed }) => ({
          what: `${what} as ${name}`,
          value: { ...good, [name]: value },
          ...tamed,
        })),
      ]
    }),
  ]
}

function wrongTexts(schema: Schema, ids: KnownIds): readonly Wrong[] {
  const pattern = patternOf(schema)
  const checks = checksOf(schema)
  const limit = (check: string, bound: string) => Number(checks.find((each) => each.check === check)?.[bound])
  const shortest = limit('min_length', 'minimum')
  const longest = limit('max_length', 'maximum')
  const isTrimmed = checks.some(({ check }) => check === 'overwrite')
  return [
    ...(ID.test(pattern) ? wrongIds(sampleText(schema, ids)) : []),
    ...(pattern.startsWith('^\\d{4}-') ? wrongDays() : []),
    ...(pattern.includes('\\p{Cc}') ? brokenLines() : []),
    ...(shortest >= 1 || pattern !== '' ? [{ what: 'nothing written', value: '' }] : []),
    ...(shortest > 1 ? [{ what: 'a little too short', value: 'x'.repeat(shortest - 1) }] : []),
    ...(isTrimmed && shortest >= 1 ? [{ what: 'only space', value: ' \t\n ' }] : []),
    ...(Number.isNaN(longest)
      ? [{ what: 'a giant text', value: 'x'.repeat(100_000) }]
      : [{ what: 'a little too long', value: MARK.repeat(Math.ceil((longest + 1) / MARK.length)) }]),
  ]
}

function wrongNumbers(schema: Schema): readonly Wrong[] {
  const values = [Number.NaN, Infinity, -Infinity, 0.5, 7.25, 2 ** 53, 1e308, Number.MIN_VALUE, -1, -0, 0, -(2 ** 53)]
  const most = checksOf(schema).find(({ check }) => check === 'less_than')?.['value']
  return [...values, ...(typeof most === 'number' ? [most + 1] : [])].map((value) => ({
    what: `the number ${String(value)}`,
    value,
  }))
}

function wrongChoices(choices: readonly unknown[]): readonly Wrong[] {
  const values = [
    Number.NaN,
    Infinity,
    -1,
    0.5,
    7.25,
    1e308,
    2 ** 53,
    ...choices.map((choice) => Number(choice) + 0.001),
  ]
  return values.map((value) => ({ what: `the number ${value}`, value }))
}

function wrongLists(schema: Schema, element: Schema, ids: KnownIds): readonly Wrong[] {
  const longest = Number(checksOf(schema).find(({ check }) => check === 'max_length')?.['maximum'])
  const isEmptyWrong = checksOf(schema).some(({ check }) => check === 'min_length')
  const item = sampleOf(element, ids)
  return [
    { what: 'a list too long', value: Array.from({ length: longest + 1 }, () => item) },
    { what: 'a list with a hole at its end', value: Object.assign([item], { length: 2 }) },
    { what: 'a list with its first item as text', value: [JSON.stringify(item)] },
    ...(isEmptyWrong ? [{ what: 'a list of none', value: [] }] : []),
    ...wrongFor(element, ids).map(({ what, value, ...tamed }) => ({
      what: `${what} in a list`,
      value: [item, value],
      ...tamed,
    })),
  ]
}

function wrongRecords(keyType: Schema, valueType: Schema, ids: KnownIds): readonly Wrong[] {
  const name = String(sampleOf(keyType, ids))
  const value = sampleOf(valueType, ids)
  const names = wrongWithin(keyType, ids).map((wrong) => String(wrong.value))
  return [
    ...['__proto__', 'constructor', 'prototype', ...names].map((wrong) => ({
      what: `by the name ${JSON.stringify(wrong.slice(0, 40))}`,
      value: Object.fromEntries([
        [name, value],
        [wrong, value],
      ]),
    })),
    ...wrongFor(valueType, ids).map(({ what, value: wrong, ...tamed }) => ({
      what: `${what} by a name`,
      value: { [name]: wrong },
      ...tamed,
    })),
  ]
}
