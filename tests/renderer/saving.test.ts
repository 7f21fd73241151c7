import { expect, it } from 'vitest'
import type { Request } from '../../src/renderer/bridge/client'
import { createSavingStore } from '../../src/renderer/features/saving/saving-store'
import { progressWords, savingWords } from '../../src/renderer/features/saving/saving-words'

const input = { budgetId: null, format: 'csv' } as const

/** A store whose main process answers when the test says so, with what it was asked. */
function setUp() {
  const asked: string[] = []
  let reply: (result: unknown) => void = () => undefined
  const request = ((name: string) => {
    asked.push(name)
    return new Promise((resolve) => void (reply = resolve))
  }) as unknown as Request
  const store = createSavingStore(request)
  const words = () => [savingWords(store.getState().saving), progressWords(store.getState().saving)].filter(Boolean)
  const answer = async (result: unknown) => {
    reply(result)
    await new Promise(setImmediate)
  }
  return { store, asked, words, answer }
}

const refused = (code: string) => ({ ok: false, error: { code } })

it('says how far a file is, and what became of it', async () => {
  const { store, words, answer } = setUp()
  void store.getState().save('budget.saveHistory', input)
  expect(words()).toEqual([])
  store.getState().receive({ rowCount: 4_000, rows: 25_000 })
  expect(words()).toEqual(['Saving the file …', '4,000 of 25,000 rows'])
  // Bug: dismissed while it is written, the way to stop it goes with it.
  store.getState().dismiss()
  expect(words()).toHaveLength(2)
  await answer({ ok: true, value: { rowCount: 25_000 } })
  expect(words()).toEqual(['Saved 25,000 rows.'])
  store.getState().dismiss()
  expect(words()).toEqual([])
})

it('says nothing to whoever backs out, and to whoever stops it that nothing is there', async () => {
  const { store, words, answer } = setUp()
  void store.getState().save('budget.saveHistory', input)
  await answer(refused('cancelled'))
  expect(words()).toEqual([])
  const asked = store.getState().save('budget.saveHistory', input)
  store.getState().receive({ rowCount: 2_000, rows: 25_000 })
  await answer(refused('cancelled'))
  await asked
  expect(words()).toEqual(['Stopped. No file was written.'])
})

it('asks for one at a time, and is not told of one it did not ask for', async () => {
  const { store, asked, words, answer } = setUp()
  store.getState().receive({ rowCount: 1, rows: null })
  expect(words()).toEqual([])
  void store.getState().save('budget.saveHistory', input)
  void store.getState().save('budget.saveHistory', input)
  expect(asked).toEqual(['budget.saveHistory'])
  await answer(refused('file_no_room'))
  expect(words()).toEqual(['There is not enough room on the disk. No file was written.'])
})
