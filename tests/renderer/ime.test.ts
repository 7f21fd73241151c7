import { describe, expect, it } from 'vitest'
import { createInputMethod, unlessComposing } from '../../src/renderer/lib/ime'

const field = new EventTarget()
const other = new EventTarget()

interface Step {
  readonly type: 'compositionstart' | 'compositionend' | 'focusin' | 'keydown'
  readonly keyCode?: number
  readonly isComposing?: boolean
  readonly target?: EventTarget
}

const start: Step = { type: 'compositionstart' }
const end: Step = { type: 'compositionend' }
const key = (keyCode: number, isComposing: boolean, target = field): Step => ({
  type: 'keydown',
  keyCode,
  isComposing,
  target,
})
const ENTER = 13
const ESCAPE = 27
const TAKEN = 229

/** Which of the key presses the input method takes, told as the browser does and as React does. */
function taken(steps: readonly Step[], byReact: boolean): boolean[] {
  const method = createInputMethod()
  const answers: boolean[] = []
  for (const { type, keyCode = 0, isComposing = false, target = field } of steps) {
    if (type !== 'keydown') method.note({ type, target })
    else
      answers.push(method.takes({ keyCode, target, ...(byReact ? { nativeEvent: { isComposing } } : { isComposing }) }))
  }
  return answers
}

// Each row a bug of its own: a half-written message sent, a dialog closed with its candidate, or a field that is deaf.
const ORDERS: readonly [name: string, steps: readonly Step[], taken: readonly boolean[]][] = [
  ['no input method', [key(ENTER, false)], [false]],
  ['Chromium: the key, then the end', [start, key(TAKEN, true), end, key(ENTER, false)], [true, false]],
  ['Safari: the end, then the key', [start, end, key(TAKEN, false), key(ENTER, false)], [true, false]],
  ['a key that is composing, with its own code', [start, key(ENTER, true), end, key(ENTER, false)], [true, false]],
  ['a key that says nothing of it', [start, key(ENTER, false), end, key(ENTER, false)], [true, false]],
  ['a composition that was told of by the key alone', [key(ENTER, true), key(ENTER, false)], [true, false]],
  [
    'Escape drops the candidates, the next one acts',
    [start, key(ESCAPE, false), end, key(ESCAPE, false)],
    [true, false],
  ],
  ['one composition after the other', [start, end, start, key(ENTER, false), end, key(ENTER, false)], [true, false]],
  ['a field that was taken away while composing', [start, key(ENTER, false, other)], [false]],
  ['a field that was left while composing', [start, { type: 'focusin', target: other }, key(ENTER, false)], [false]],
  ['a dead key and its letter', [start, end, key(65, false), key(ENTER, false)], [false, false]],
]

describe.each([
  ['the browser', false],
  ['React', true],
])('as %s tells it', (_teller, byReact) => {
  it.each(ORDERS)('%s', (_name, steps, expected) => {
    expect(taken(steps, byReact)).toEqual(expected)
  })
})

it('what reads keys hears of those that are left to it', () => {
  const read: number[] = []
  const press = unlessComposing<{ keyCode: number; target: EventTarget }>(({ keyCode }) => void read.push(keyCode))
  press({ keyCode: TAKEN, target: field })
  press({ keyCode: ENTER, target: field })
  expect(read).toEqual([ENTER])
})
