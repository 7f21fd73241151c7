import { beforeEach, expect, it } from 'vitest'
import { agreeToCost, costAgreedGoesTo, costQuestions, mayCost } from '../../src/renderer/app/cost-question'
import type { Request } from '../../src/renderer/bridge/client'
import { idOf } from './views'

const here = idOf('conversation', 1)
const message = { conversationId: here, connectionId: idOf('connection', 1), model: 'm', text: 'Which index?' }
let asked = 0

beforeEach(() => {
  asked = 0
  costQuestions.setState({ question: null, agreed: new Set(), asking: new Set() })
})

const estimating = (high: string | null) =>
  (() => {
    asked += 1
    return Promise.resolve({ ok: true, value: { low: high === null ? null : '1', high } })
  }) as unknown as Request
const DOLLAR = '1000000000000'
const MORE = '1000000000001'

it('only what may cost more than was set is asked about', async () => {
  expect(await mayCost(here, message, { above: 'usd1', request: estimating(DOLLAR) })).toBe(true)
  expect(await mayCost(here, message, { above: 'usd1', request: estimating(MORE) })).toBe(false)
  expect(costQuestions.getState().question).toMatchObject({
    key: here,
    attempt: { kind: 'send', message },
    high: MORE,
  })
  expect(await mayCost(here, message, { above: 'usd5', request: estimating(MORE) })).toBe(true)
  expect(costQuestions.getState().question).toBeNull()
})

it('where nothing was set nothing is asked, and without a price there is nothing to ask', async () => {
  expect(await mayCost(here, message, { above: 'never', request: estimating(MORE) })).toBe(true)
  expect(asked).toBe(0)
  expect(await mayCost(here, message, { above: 'usd0.10', request: estimating(null) })).toBe(true)
})

it('a yes holds in its conversation, goes along with a first message, and for no other that begins', async () => {
  agreeToCost('new')
  expect(await mayCost('new', message, { above: 'usd1', request: estimating(MORE) })).toBe(true)
  costAgreedGoesTo('new', here)
  expect(await mayCost(here, message, { above: 'usd1', request: estimating(MORE) })).toBe(true)
  expect(asked).toBe(0)
  expect(await mayCost('new', message, { above: 'usd1', request: estimating(MORE) })).toBe(false)
})

it('an edit is asked about with its own history, and a yes to it holds in its conversation', async () => {
  const inputs: unknown[] = []
  const request = ((_name: string, input: unknown) => {
    inputs.push(input)
    return estimating(MORE)('estimate.send', input as never)
  }) as Request
  const edit = { ...message, editOf: idOf('message', 1) }
  expect(await mayCost(edit.editOf, edit, { above: 'usd1', request })).toBe(false)
  expect(inputs).toEqual([edit])
  expect(costQuestions.getState().question).toMatchObject({ key: edit.editOf, attempt: { message: edit } })
  agreeToCost(here)
  expect(await mayCost(edit.editOf, edit, { above: 'usd1', request })).toBe(true)
  expect(await mayCost(here, message, { above: 'usd1', request })).toBe(true)
})

it('a second Enter while it is being looked up sends nothing twice', async () => {
  const first = mayCost(here, message, { above: 'usd1', request: estimating(DOLLAR) })
  expect(await mayCost(here, message, { above: 'usd1', request: estimating(DOLLAR) })).toBe(false)
  expect(await first).toBe(true)
})
