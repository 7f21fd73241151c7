import { expect, it } from 'vitest'
import { makeCodec } from '../in-page/codec.mjs'

const { pack, unpack } = makeCodec()
const roundTrip = (value) => unpack(pack(value))

it.for([
  [undefined],
  [null],
  [-0],
  [NaN],
  [-Infinity],
  [2n ** 70n],
  ['text \u0000t'],
  [new Date(12)],
  [/a.b/gi],
  [new Map([[{ a: 1 }, new Set([undefined])]])],
  [new Uint8Array([0, 255])],
  [new Float64Array([1.5])],
  [new DataView(new ArrayBuffer(2))],
  [new Uint16Array([7]).buffer],
  [Object('boxed')],
  [{ '\u0000t': 'looks like a tag', v: 1 }],
])('carries %o unchanged', ([value]) => {
  expect(roundTrip(value)).toStrictEqual(value)
  expect(Object.is(roundTrip(value), -0)).toBe(Object.is(value, -0))
})

it('keeps an invalid date invalid', () => {
  expect(roundTrip(new Date(NaN)).getTime()).toBeNaN()
})

it("keeps an error's class, message and cause", () => {
  const error = roundTrip(new RangeError('far', { cause: new TypeError('deep') }))
  expect(error).toBeInstanceOf(RangeError)
  expect(error.message).toBe('far')
  expect(error.cause).toBeInstanceOf(TypeError)
})

it('keeps one object one object, and a circle a circle', () => {
  const shared = { n: 1 }
  const circle = { shared, again: [shared] }
  circle.self = circle
  const back = roundTrip(circle)
  expect(back.again[0]).toBe(back.shared)
  expect(back.self).toBe(back)
})

it('keeps an own __proto__ key an own key', () => {
  const back = roundTrip(JSON.parse('{"__proto__": {"admin": true}}'))
  expect(Object.keys(back)).toEqual(['__proto__'])
  expect(back.admin).toBeUndefined()
})

it.for([[() => {}], [Symbol('s')], [{ deep: [() => {}] }]])('refuses what cannot be cloned', ([value]) => {
  expect(() => pack(value)).toThrow(expect.objectContaining({ name: 'DataCloneError' }))
})
