// Everything wrong we know to put in the place of something right. Runs in the page too: nothing of Node.

/** A word that must come back in no answer, event or log line. */
export const MARK = 'ECHOMARK'

/** A value, and whether the bridge would hand it on as something better than it is. */
export interface Wrong {
  readonly what: string
  readonly value: unknown
  /** What a clone makes harmless (symbols, prototypes, accessors): it can only be tried on the router itself. */
  readonly tamed?: true
}

/** The sorts of plain data a place of the contract may take. */
export type Sort = 'text' | 'number' | 'boolean' | 'null' | 'undefined' | 'list' | 'object'

const row = (what: string, value: unknown, tamed = false): Wrong =>
  tamed ? { what, value, tamed: true } : { what, value }

/** Values by sort; those without one are never right. */
const VALUES: Readonly<Record<Sort, readonly Wrong[]>> = {
  text: [
    row('a text', MARK),
    row('an empty text', ''),
    row('JSON text', `{"${MARK}":1}`),
    row('a text with NUL', `${MARK}\u0000`),
    row('half a sign', `${MARK}\ud800`),
    row('a text turned round', `\u202e${MARK}\u2066`),
    row('the text null', 'null'),
    row('the text [object Object]', '[object Object]'),
  ],
  number: [
    row('a number', 7.25),
    row('zero', 0),
    row('minus zero', -0),
    row('a negative number', -1),
    row('NaN', Number.NaN),
    row('infinity', Infinity),
    row('minus infinity', -Infinity),
    row('a huge number', 1e308),
    row('an unsafe integer', 2 ** 53),
    row('the least number', Number.MIN_VALUE),
  ],
  boolean: [row('true', true), row('false', false)],
  null: [row('null', null)],
  undefined: [row('undefined', undefined)],
  list: [
    row('an empty list', []),
    row('a list', [MARK]),
    row('a list of nothing', [undefined]),
    row('a list of lists', [[[MARK]]]),
    row('a list with a hole', withHole()),
    row('a list of holes', Object.assign([], { length: 1_000 })),
    row(
      'a list of ten thousand',
      Array.from({ length: 10_000 }, () => 0),
    ),
    row('a list with a name', Object.assign([MARK], { extra: MARK }), true),
  ],
  object: [
    row('an empty object', {}),
    row('an object', { [MARK]: MARK }),
    row('an object that calls itself a text', { toString: MARK, valueOf: MARK }),
    row('an object like a list', { 0: MARK, length: 1 }),
    row('deep nesting', nested(200)),
  ],
}

/** Exotic: no request of ours ever has one of these. */
const NEVER: readonly Wrong[] = [
  row('a bigint', 7n),
  row('a Date', new Date(0)),
  row('a Date that is none', new Date(Number.NaN)),
  row('a Map', new Map([['connectionId', MARK]])),
  row('a Set', new Set([MARK])),
  row('a pattern', /ECHOMARK/g),
  row('bytes', new Uint8Array([1, 2, 3])),
  row('doubles', new Float64Array([1.5])),
  row('a buffer', new ArrayBuffer(8)),
  row('a view', new DataView(new ArrayBuffer(4))),
  row('an error', new Error(MARK)),
  row('a circle', circle()),
  row('a circle of lists', circleOfLists()),
  row('a symbol', Symbol(MARK)),
  row('a function', () => MARK),
  row('a class', Map),
  row('a promise', Promise.resolve(MARK), true),
  row('a WeakMap', new WeakMap()),
  row('a boxed text', Object(MARK), true),
  row('a boxed number', Object(7), true),
  row('a boxed true', Object(true), true),
]

/** An object by a foreign prototype or with accessors, wherever an object is expected. */
export function disguised(good: object): readonly Wrong[] {
  const [name] = Object.keys(good)
  const trap = new Proxy(good, {
    ownKeys() {
      throw new Error(MARK)
    },
  })
  return [
    row('an heir', Object.assign(Object.create({ inherited: MARK }), good), true),
    row('an instance', Object.assign(new EventTarget(), good), true),
    row('a symbol as a field', { ...good, [Symbol(MARK)]: 1 }, true),
    row('a field out of sight', Object.defineProperty({ ...good }, MARK, { value: 1, enumerable: false }), true),
    row('a proxy', new Proxy(good, {}), true),
    row('a proxy that throws', trap, true),
    row('a list with the fields', Object.assign([], good)),
    ...(name === undefined
      ? []
      : [
          row(
            'a field that changes its mind',
            Object.defineProperty({ ...good }, name, { get: fickle(), enumerable: true }),
            true,
          ),
          row(
            'a field that throws',
            Object.defineProperty({ ...good }, name, {
              get: () => {
                throw new Error(MARK)
              },
              enumerable: true,
            }),
            true,
          ),
        ]),
  ]
}

/** All values that do not belong where only these sorts do. */
export function otherSorts(allowed: ReadonlySet<Sort>): readonly Wrong[] {
  const others = Object.entries(VALUES).filter(([sort]) => !allowed.has(sort as Sort))
  return [...others.flatMap(([, values]) => values), ...NEVER]
}

/** Names of fields nobody asked for, and those that would reach for a prototype. */
export function extraFields(good: object): readonly Wrong[] {
  const names = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
    'then',
    '',
    ' ',
    '0',
    '-1',
    MARK,
    `${MARK}\u0000`,
    `\u202e${MARK}`,
    `${MARK}\ud800`,
    'x'.repeat(5e3),
    'id',
    'Id',
    'input',
    'admin',
    'connectionID',
    'conversationid',
    'key ',
    '$where',
    "'; DROP TABLE call; --",
  ]
  return [
    ...names.map((name) => row(`also ${JSON.stringify(name.slice(0, 40))}`, withOwn(good, name, MARK))),
    row('also nothing by a name', withOwn(good, MARK, undefined)),
    row('also a prototype', withOwn(good, '__proto__', { polluted: MARK })),
    row('also a way to the prototype', { ...good, constructor: { prototype: { polluted: MARK } } }),
    row('also what is very deep', { ...good, deep: nested(900) }),
    row('also what is very long', { ...good, long: MARK.repeat(1_000) }),
  ]
}

/** Texts in the place of an id of the kind with this prefix. `real` is one that would be accepted. */
export function wrongIds(real: string): readonly Wrong[] {
  const prefix = real.slice(0, 3)
  const digits = real.slice(4)
  const others = ['cnv', 'msg', 'trn', 'cal', 'con', 'key', 'req', 'prc', 'bud', 'xyz', 'CNV'].filter(
    (other) => other !== prefix,
  )
  return [
    others.map((other) => `${other}_${digits}`),
    [`${real}\n`, `\n${real}`, ` ${real}`, `${real}\u0000`, `${real}\u200b`, `\ufeff${real}`, `${real}\ud800`],
    [`${real}0`, real.slice(0, -1), real.toUpperCase(), `${prefix}_`, prefix, digits, `${prefix}-${digits}`],
    [`../${real}`, `${real}/..`, `file:///${real}`, `${prefix}_${'g'.repeat(32)}`, `${prefix}_${'٠'.repeat(32)}`],
    [`${real}' OR 1=1 --`, `${real}"; DROP TABLE call; --`, `${prefix}_%`, `${prefix}_*`, `${real},${real}`],
    [JSON.stringify(real), JSON.stringify({ id: real }), `[${real}]`, `${MARK}_1`, '0', '-1', '%00', '__proto__'],
  ]
    .flat()
    .map((text) => row(`the id ${JSON.stringify(text.slice(0, 48))}`, text))
}

/** Texts in the place of a day. Those that are written like one and that no calendar has are in NO_SUCH_DAYS. */
export function wrongDays(): readonly Wrong[] {
  return [
    ['2026-1-1', '26-01-01', '2026/01/01', '01.01.2026', '2026-01-01T00:00:00Z', '2026-01-01\n', ' 2026-01-01'],
    ['+002026-01-01', '٢٠٢٦-٠١-٠١', '0', 'now', `2026-01-01${MARK}`, '-000001-01-01', '99999-01-01', '2026--01-1'],
  ]
    .flat()
    .map((text) => row(`the day ${JSON.stringify(text)}`, text))
}

/** They fit the contract; who reads them refuses them. The platform takes some for a day of the next month. */
export const NO_SUCH_DAYS: readonly string[] = [
  ['2026-02-30', '2026-02-31', '2027-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-99-99'],
  ['2026-01-00', '2026-01-32'],
].flat()

/** Near misses of one of these words. */
export function wrongWords(words: readonly unknown[]): readonly Wrong[] {
  const near = words
    .filter((word) => typeof word === 'string')
    .slice(0, 2)
    .flatMap((word) => [
      `${word} `,
      ` ${word}`,
      word.toUpperCase(),
      `${word}\u0000`,
      `${word}\n`,
      word.slice(1),
      `${word}s`,
    ])
  const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '0']
  return [...near, ...inherited].map((text) => row(`the word ${JSON.stringify(text)}`, text))
}

/** What no line of text may hold. */
export function brokenLines(): readonly Wrong[] {
  return ['\u0000', '\n', '\r', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029', '\ud800', '\udfff'].map((sign) =>
    row(`a line with ${JSON.stringify(sign)}`, `${MARK}${sign}${MARK}`),
  )
}

function withHole(): unknown {
  return Object.assign([], { 1: MARK })
}

function fickle(): () => unknown {
  let asked = 0
  return () => ((asked += 1) > 1 ? { toString: MARK } : MARK)
}

/** A copy with an own field, also where assignment would set a prototype. */
function withOwn(good: object, name: string, value: unknown): object {
  return Object.defineProperty({ ...good }, name, { value, enumerable: true, writable: true, configurable: true })
}

function nested(levels: number): unknown {
  let value: unknown = MARK
  for (let level = 0; level < levels; level += 1) value = { a: value }
  return value
}

function circle(): unknown {
  const self: Record<string, unknown> = { [MARK]: MARK }
  self['self'] = self
  return self
}

function circleOfLists(): unknown {
  const self: unknown[] = []
  self.push(self)
  return self
}
