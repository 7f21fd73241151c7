import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useSettings } from '../../src/renderer/features/settings/settings-store'
import { backgroundSummary } from '../../src/renderer/features/settings/settings-words'
import { backgroundWords } from '../../src/renderer/features/spend/background-words'
import type { Result } from '../../src/shared/ipc/transport'

const OFF = { titles: false, retries: false, keyChecks: false, lateCosts: false }
const before = useSettings.getState()
let answers: ((result: Result<never>) => void)[] = []

// What the preload would put there: every request waits until the test answers it.
beforeEach(() => {
  answers = []
  const bridge = { request: () => new Promise((answer) => answers.push(answer)), subscribe: () => () => undefined }
  vi.stubGlobal('window', { latchkey: bridge })
})
afterEach(() => {
  vi.unstubAllGlobals()
  useSettings.setState(before, true)
})

const REFUSED: Result<never> = { ok: false, error: { code: 'internal' } }

it('a switch that was not kept goes back, and takes no other with it', async () => {
  useSettings.setState({ background: OFF })
  const titles = useSettings.getState().setBackground('titles', true)
  const retries = useSettings.getState().setBackground('retries', true)
  expect(useSettings.getState().background).toEqual({ ...OFF, titles: true, retries: true })
  answers[1]?.({ ok: true, value: undefined as never })
  answers[0]?.(REFUSED)
  expect(await titles).toEqual({ code: 'internal' })
  expect(await retries).toBeNull()
  expect(useSettings.getState().background).toEqual({ ...OFF, retries: true })
})

it('what Stop does goes back to what it was when it was not kept', async () => {
  useSettings.setState({ stopMode: 'end' })
  const kept = useSettings.getState().setStopMode('count')
  expect(useSettings.getState().stopMode).toBe('count')
  answers[0]?.(REFUSED)
  await kept
  expect(useSettings.getState().stopMode).toBe('end')
})

it('that nothing leaves is said only when nothing does', () => {
  expect(backgroundSummary(OFF)).toBe('Nothing leaves that you did not send.')
  for (const purpose of Object.keys(OFF)) expect(backgroundSummary({ ...OFF, [purpose]: true })).toBe('')
})

it('what left in the background is named, and leads to its own switch', () => {
  expect(backgroundWords('title')).toEqual({ name: 'Titles', setting: 'titles' })
  expect(backgroundWords('retry')).toEqual({ name: 'Automatic retries', setting: 'retries' })
  expect(backgroundWords('key_check').setting).toBe('keyChecks')
  // A purpose of a newer version is counted all the same.
  expect(backgroundWords('toString')).toEqual({ name: 'Other', setting: null })
})

it('a time to keep by is shown, and the question answered, only once it is kept', async () => {
  useSettings.setState({ retention: 'forever', retentionAnswered: false })
  const refused = useSettings.getState().setRetention('until_quit')
  expect(useSettings.getState().retention).toBe('forever')
  answers[0]?.(REFUSED)
  expect(await refused).toEqual({ code: 'internal' })
  expect(useSettings.getState()).toMatchObject({ retention: 'forever', retentionAnswered: false })
  const kept = useSettings.getState().setRetention({ days: 7 })
  answers[1]?.({ ok: true, value: { retention: { days: 7 }, retentionAnswered: true } as never })
  expect(await kept).toBeNull()
  expect(useSettings.getState()).toMatchObject({ retention: { days: 7 }, retentionAnswered: true })
})
