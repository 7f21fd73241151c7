import type { RequestInput, RequestName } from '../../src/shared/ipc/transport'

const id = (prefix: string) => `${prefix}_${'0'.repeat(32)}`

/** A well-formed input for every request, naming things that do not exist. New rows do not compile without one. */
export const wellFormed: { readonly [Name in RequestName]: RequestInput<Name> } = {
  'app.open': {},
  'conversation.list': {},
  'conversation.open': { conversationId: id('cnv') },
  'conversation.rename': { conversationId: id('cnv'), title: 'Title' },
  'conversation.delete': { conversationId: id('cnv') },
  'conversation.restore': { conversationId: id('cnv') },
  'conversation.setModel': { conversationId: id('cnv'), connectionId: id('con'), model: 'm' },
  'conversation.setCaching': { conversationId: id('cnv'), caching: '1h' },
  'turn.start': { conversationId: null, connectionId: id('con'), model: 'm', text: 'Hi' },
  'turn.retry': { turnId: id('trn') },
  'turn.retryNow': { turnId: id('trn') },
  'turn.stop': { turnId: id('trn') },
  'estimate.send': { conversationId: id('cnv'), connectionId: id('con'), model: 'm', text: 'Hi' },
  'estimate.models': { conversationId: id('cnv'), text: 'Hi' },
  'budget.list': {},
  'budget.set': {
    scope: { kind: 'connection', connectionId: id('con') },
    period: 'month',
    limit: '20',
    steps: [{ percent: 100, action: 'block' }],
  },
  'budget.remove': { budgetId: id('bud') },
  'connection.add': { provider: 'anthropic', label: 'Label', baseUrl: null },
  'connection.update': { connectionId: id('con'), label: 'Label', baseUrl: null },
  'connection.remove': { connectionId: id('con') },
  'connection.check': { connectionId: id('con') },
  'settings.setTheme': { theme: 'dark' },
  'settings.setStopMode': { stopMode: 'count' },
  'settings.setBudgetDays': { budgetDays: 'utc' },
  'settings.setBackground': { purpose: 'titles', on: true },
  'settings.setFavourite': { provider: 'anthropic', model: 'm', favourite: true },
  'settings.setNetwork': { systemCertificates: false, proxy: 'http://proxy.example:3128' },
  'network.list': { before: id('req'), host: 'api.example', purpose: 'answer' },
  'network.clear': {},
  'network.export': { format: 'csv' },
  'key.set': { connectionId: id('con'), key: 'sk-ant-api03-00000000' },
  'key.replace': { connectionId: id('con'), key: 'sk-ant-api03-00000000' },
  'key.add': { connectionId: id('con'), key: 'sk-ant-api03-00000000' },
  'key.order': { connectionId: id('con'), keyIds: [id('key')] },
  'connection.setFailover': { connectionId: id('con'), on: true },
  'key.describe': { connectionId: id('con'), label: 'Laptop', expires: '2027-02-14', remindMonths: 6 },
  'key.checkLimit': { connectionId: id('con') },
  'key.remove': { connectionId: id('con') },
  'key.status': {},
  'clipboard.clearIf': {},
  'vault.retry': {},
  'vault.setPassphrase': { passphrase: 'correct horse' },
  'vault.removePassphrase': { passphrase: 'correct horse' },
  'vault.unlock': { passphrase: 'correct horse' },
  'vault.lock': {},
  'vault.forgetPassphrase': {},
  'settings.setLockAfter': { minutes: 5 },
  'spend.month': {},
  'price.list': { connectionId: id('con') },
  'price.set': {
    connectionId: id('con'),
    price: { model: 'm', from: '2026-01-01', to: '2027-01-01', rates: { out: '1' }, fees: { web_search: '0.01' } },
  },
  'price.remove': { priceId: id('prc') },
  'ledger.verify': {},
  'link.open': { url: 'https://example.org' },
}

/** A word that must come back in no answer. */
export const MARK = 'ECHOMARK'

export interface HostileInput {
  readonly what: string
  readonly input: unknown
}

/** Everything wrong we know to try on one request, made from its well-formed input. */
export function hostileInputs(name: RequestName): HostileInput[] {
  const good: Readonly<Record<string, unknown>> = wellFormed[name]
  const fields = Object.keys(good)
  return [
    ...WRONG_WHOLES.map(([what, input]) => ({ what: `${what} instead of an object`, input })),
    { what: 'an unknown field', input: { ...good, [MARK]: MARK } },
    {
      what: 'an own __proto__',
      input: JSON.parse(JSON.stringify(good).replace('{', `{"__proto__":{"x":1}${fields.length > 0 ? ',' : ''}`)),
    },
    { what: 'an own constructor', input: { ...good, constructor: { prototype: { polluted: true } } } },
    { what: 'a deep unknown field', input: { ...good, deep: nested(5_000) } },
    { what: 'a huge unknown field', input: { ...good, huge: 'x'.repeat(10_000_000) } },
    { what: 'a symbol field', input: { ...good, [Symbol(MARK)]: 1 } },
    { what: 'a foreign prototype', input: Object.assign(Object.create({ inherited: MARK }), good) },
    ...fields.flatMap((field) => hostileField(name, good, field)),
  ]
}

const WRONG_WHOLES: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a text', MARK],
  ['a number', 7],
  ['NaN', Number.NaN],
  ['a bigint', 7n],
  ['a boolean', true],
  ['an array', [{}]],
  ['a Map', new Map([['conversationId', MARK]])],
  ['a Date', new Date(0)],
  ['a function', () => MARK],
]

const WRONG_VALUES: readonly (readonly [string, unknown])[] = [
  ['a number', 7],
  ['NaN', Number.NaN],
  ['infinity', Infinity],
  ['a bigint', 7n],
  ['a boolean', true],
  ['an array', [MARK]],
  ['an object', { toString: MARK }],
  ['an empty text', ''],
  ['ten megabytes', MARK.repeat(1_250_000)],
  ['deep nesting', nested(5_000)],
  ['undefined', undefined],
]

/** A draft may be empty: what lies before it is worth an estimate. */
const MAY_BE_EMPTY = new Set(['estimate.send text', 'estimate.models text'])

function hostileField(name: RequestName, good: Readonly<Record<string, unknown>>, field: string): HostileInput[] {
  const { [field]: _, ...missing } = good
  return [
    { what: `${field} missing`, input: missing },
    ...WRONG_VALUES.filter(
      ([, value]) =>
        !(typeof value === 'boolean' && typeof good[field] === 'boolean') &&
        !(value === '' && MAY_BE_EMPTY.has(`${name} ${field}`)),
    ).map(([what, value]) => ({ what: `${what} as ${field}`, input: { ...good, [field]: value } })),
    ...(field.endsWith('Id') ? hostileIds(good, field) : []),
  ]
}

function hostileIds(good: Readonly<Record<string, unknown>>, field: string): HostileInput[] {
  const given = good[field]
  const real = typeof given === 'string' ? given : id('cnv')
  return [`${real}\n`, ` ${real}`, real.toUpperCase(), `${real}0`, `../${real}`, `${real}' OR 1=1 --`, `${MARK}_1`].map(
    (value) => ({ what: `${JSON.stringify(value)} as ${field}`, input: { ...good, [field]: value } }),
  )
}

function nested(levels: number): unknown {
  let value: unknown = MARK
  for (let level = 0; level < levels; level += 1) value = { a: value }
  return value
}
