import { expect, test } from 'playwright/test'
import { NOTHING, openArena, type Arena, type Seen } from '../hostile/arena'
import { FAMILIES, generatePayloads, sampleOf } from '../hostile/generator'
import { aimOf, SINK_HOST, type Payload } from '../hostile/payload'
import { PLACES, type Place, type PlaceName } from '../hostile/registry'
import { listPayloads } from '../support/fixtures'

// Model output as an attacker would have it written, drawn by the app's own components in a real Chromium under the
// policy of the real window, whole and cut at three points as it streams. tests/hostile has what it takes.

const ours = generatePayloads()
/** Texts of others, numbered after ours. */
const theirs: readonly Payload[] = listPayloads().map((text, at) => ({
  id: ours.length + 1 + at,
  family: 'corpus',
  text,
}))

test.describe.configure({ timeout: 180_000 })

let arena: Arena
test.beforeAll(async () => void (arena = await openArena()))
test.afterAll(() => arena.close())

/** All that must be true of what the app's own renderer does, with the first of what is not. */
function expectHarmless(seen: Seen, shown: number): void {
  const { executions, requests, navigations, openings, violations, errors } = seen
  const found = { executions, requests, navigations, openings, violations, errors }
  expect(Object.fromEntries(Object.entries(found).map(([what, all]) => [what, all.slice(0, 5)]))).toEqual(NOTHING)
  expect(seen.problems.slice(0, 10)).toEqual([])
  expect(seen.shown).toBe(shown)
  // Not even by a connection that carries no request.
  for (const url of seen.asked) expect(url).toMatch(/^(?:https?:\/\/[!-~]+|mailto:[!-~]+)$/)
}

test('the generator makes more than 7,000 payloads, no two alike but for their number', () => {
  // Bug: a generator that counts one attack many times over.
  const shapes = new Set(ours.map(({ id, text }) => text.replaceAll(aimOf(id).js, '').replaceAll(aimOf(id).url, '')))
  expect(ours.length).toBeGreaterThanOrEqual(7_000)
  expect(shapes.size).toBeGreaterThanOrEqual(7_000)
  expect(new Set(ours.map(({ family }) => family)).size).toBe(FAMILIES.length)
  expect(generatePayloads()).toEqual(ours)
})

test('nothing a model writes runs, fetches, opens or navigates, whole or streamed', async () => {
  const before = arena.arrivals()
  const seen = await arena.attack(ours, 'renderer')
  expectHarmless(seen, ours.length)
  expect(arena.arrivals()).toBe(before)
  // Some are honest links after all, and those are asked about.
  expect(seen.asked.some((url) => url.startsWith(`http://${SINK_HOST}/`))).toBe(true)
})

test('nor does anything of the corpus in LATCHKEY_PAYLOADS', async () => {
  const before = arena.arrivals()
  expectHarmless(await arena.attack(theirs, 'renderer'), theirs.length)
  expect(arena.arrivals()).toBe(before)
})

test('nor in any other place where a foreign text is shown', async () => {
  const before = arena.arrivals()
  for (const place of PLACES.filter(({ name }) => name !== 'markdown') as readonly (Place & { name: PlaceName })[]) {
    const sample = sampleOf(ours, place.alone === true ? 1 : 3)
    await test.step(place.name, async () =>
      expectHarmless(await arena.attack(sample, 'renderer', place.name), sample.length),
    )
  }
  expect(arena.arrivals()).toBe(before)
})

test('the harness sees it when a renderer lets them through', async () => {
  const sample = sampleOf(ours, 140)
  const seen = await arena.attack(sample, 'control')
  const ids = new Set(seen.executions.filter((id) => id > 0))
  const reached = new Set(
    [...seen.requests, ...seen.navigations].flatMap((url) => /latchkey\.test\/(\d+)/.exec(url)?.[1] ?? []),
  )
  const detected = sample.filter(({ id }) => ids.has(id) || reached.has(String(id))).map(({ family }) => family)
  // Bug: a harness that waits too short, looks in the wrong place, or whose payloads are blunt.
  expect(ids.size).toBeGreaterThanOrEqual(300)
  expect(reached.size).toBeGreaterThanOrEqual(100)
  expect(seen.navigations.length).toBeGreaterThanOrEqual(10)
  expect([...new Set(detected)].toSorted()).toEqual(FAMILIES.map(({ name }) => name).toSorted())
})

test('the policy of the window stops even a renderer that makes markup of them, and says so', async () => {
  const sample = sampleOf(ours, 20)
  const seen = await arena.attack(sample, 'stopped')
  expect(seen.executions).toEqual([])
  expect(seen.requests).toEqual([])
  expect(seen.violations.length).toBeGreaterThanOrEqual(sample.length)
})
