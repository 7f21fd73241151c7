import { expect, it } from 'vitest'
import { createSlowAct, type SlowPhase } from '../../src/renderer/features/vault/slow-act'
import type { Result } from '../../src/shared/ipc/transport'

// Bug: a dialog is closed by Cancel, and what it began goes on and is told as done.

const DONE: Result<string> = { ok: true, value: 'saved' }
const REFUSED: Result<string> = { ok: false, error: { code: 'vault_unavailable' } }

/** An act that is under way, and answered when the test says so. */
function begun() {
  const phases: SlowPhase[] = []
  const act = createSlowAct((phase) => void phases.push(phase))
  let closed = 0
  let finish: (result: Result<string>) => void = () => undefined
  let answer: (cancelled: boolean) => void = () => undefined
  const ran = act.run(() => new Promise<Result<string>>((resolve) => void (finish = resolve)))
  const leave = () =>
    act.leave(
      () => void (closed += 1),
      () =>
        new Promise((resolve) => {
          answer = (cancelled) => resolve({ ok: true, value: { cancelled } })
        }),
    )
  return {
    act,
    phases,
    ran,
    leave,
    closed: () => closed,
    finish: (result: Result<string>) => finish(result),
    answer: (cancelled: boolean) => answer(cancelled),
  }
}

it('tells what came of it where nobody cancels', async () => {
  const { ran, finish, phases, leave, closed } = begun()
  finish(DONE)
  expect(await ran).toEqual({ result: DONE, late: false })
  expect(phases).toEqual(['working', 'idle'])
  await leave()
  expect(closed()).toBe(1)
})

it('closes once it was taken back, and nothing follows from what comes after', async () => {
  const { ran, finish, answer, phases, leave, closed } = begun()
  const leaving = leave()
  expect(closed()).toBe(0)
  answer(true)
  await leaving
  expect(closed()).toBe(1)
  finish(DONE)
  expect(await ran).toBeNull()
  expect(phases).toEqual(['working', 'cancelling', 'idle'])
})

it('stays open and says so where it was too late, however often Cancel is pressed', async () => {
  const { ran, finish, answer, phases, leave, closed } = begun()
  const leaving = leave()
  await leave()
  answer(false)
  await leaving
  finish(DONE)
  expect(await ran).toEqual({ result: DONE, late: true })
  expect(phases).toEqual(['working', 'cancelling', 'late'])
  expect(closed()).toBe(0)
  await leave()
  expect(closed()).toBe(1)
})

it('closes where it was too late to cancel what was refused anyway', async () => {
  const { ran, finish, answer, leave, closed } = begun()
  const leaving = leave()
  answer(false)
  await leaving
  finish(REFUSED)
  expect(await ran).toBeNull()
  expect(closed()).toBe(1)
})

it('of an earlier opening says nothing in a later one', async () => {
  const { act, ran, finish, answer, leave, phases } = begun()
  const leaving = leave()
  answer(true)
  await leaving
  const next = act.run(() => Promise.resolve(REFUSED))
  finish(DONE)
  expect(await ran).toBeNull()
  expect(await next).toEqual({ result: REFUSED, late: false })
  expect(phases.at(-1)).toBe('idle')
})
