import { expect, it } from 'vitest'
import { isComposing } from '../../src/renderer/lib/keyboard'

it('a plain Enter is not composing', () => {
  expect(isComposing({ keyCode: 13, isComposing: false })).toBe(false)
  expect(isComposing({ keyCode: 13, nativeEvent: { isComposing: false } })).toBe(false)
})

it('an Enter that picks a candidate is composing, as the browser and as React tell it', () => {
  expect(isComposing({ keyCode: 13, isComposing: true })).toBe(true)
  expect(isComposing({ keyCode: 13, nativeEvent: { isComposing: true } })).toBe(true)
})

it('the Enter that ends a composition is composing by its key code alone', () => {
  expect(isComposing({ keyCode: 229, isComposing: false })).toBe(true)
})
