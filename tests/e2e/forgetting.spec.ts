import type { Page } from 'playwright'
import { CHROMIUM_FILES, filesBelow, PROFILE_FILES, unregistered } from '../support/canary'
import { filesHolding, word } from '../support/forgetting/files-holding'
import { fixture, gateAfter } from '../support/provider-server'
import { addKey, ask, expect, expectWords, KEY, runtime, test } from './fixtures'

// The built app with its window and all that its engine keeps: what a kill leaves of a private conversation, and what
// deleting everything leaves at all.

type Answer = { readonly ok: boolean; readonly value: Record<string, unknown> }

/** A whole browser stands in for Electron's engine and keeps what it would restore its tabs from; Electron has no such. */
const RESTORED = /^standin\/chromium\/Default\/Sessions\//

const holding = (folder: string, text: string) =>
  filesHolding(folder, text).filter((file) => runtime === 'electron' || !RESTORED.test(file))

const request = (page: Page, name: string, input: object): Promise<Answer> =>
  page.evaluate(
    ([what, how]) => {
      const { latchkey } = window as unknown as {
        latchkey: { request(name: string, input: object): Promise<Answer> }
      }
      return latchkey.request(what, how)
    },
    [name, input] as const,
  )

test('kill -9 in the middle of a private answer leaves no word of it below the profile', async ({
  start,
  server,
  profile,
}) => {
  const secret = word('SECRET')
  const control = word('CONTROL')
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  server.always(fixture('anthropic/text'))
  await ask(page, `${control} in a question`)
  await expectWords(page, 'in a question')
  await server.waitForRequests(1)
  const gate = gateAfter(6)
  server.enqueue(fixture('anthropic/text', { gates: [gate] }))
  const [connection] = (await request(page, 'app.open', {})).value['connections'] as { readonly id: string }[]
  const text = `${secret} in private`
  const asked = { conversationId: null, connectionId: connection?.id, model: 'claude-sonnet-5-5', text, private: true }
  const started = await request(page, 'turn.start', asked)
  expect(started.ok).toBe(true)
  await gate.reached
  const { conversationId } = started.value
  // In the window too, by its title in the list.
  await expect(page.getByText(text).first()).toBeVisible()
  await expect
    .poll(async () => JSON.stringify((await request(page, 'conversation.open', { conversationId })).value))
    .toContain('"text"')
  await running.kill()
  gate.release()
  expect(holding(profile.path, secret)).toEqual([])
  expect(holding(profile.path, control)).not.toEqual([])
  const again = await start()
  const { value } = await request(again.page, 'spend.month', {})
  expect(
    (value['calls'] as { isPrivate: boolean; state: string }[]).map((call) => [call.isPrivate, call.state]),
  ).toEqual([
    [true, 'interrupted'],
    [false, 'done'],
  ])
  await again.quit()
  expect(holding(profile.path, secret)).toEqual([])
})

test('deleting everything leaves no word and no key, and the next start is the first', async ({
  start,
  server,
  profile,
}) => {
  const secret = word('SECRET')
  const running = await start()
  const { page } = running
  await addKey(page, server.origin)
  server.always(fixture('anthropic/text'))
  await ask(page, `${secret} in a question`)
  await expectWords(page, 'in a question')
  await server.waitForRequests(1)
  const { value } = await request(page, 'data.deleteEverything', { confirm: 'delete everything' })
  expect(value).toMatchObject({ filesLeft: [], removed: { conversations: 1, keys: 1 } })
  expect(filesBelow(profile.path).filter((file) => PROFILE_FILES.some((own) => own.test(file)))).toEqual([])
  expect((await request(page, 'app.open', {})).ok).toBe(false)
  await running.quit()
  for (const text of [secret, KEY]) expect(holding(profile.path, text)).toEqual([])
  const again = await start()
  await expect(again.page.getByLabel('API key')).toBeVisible()
  expect((await request(again.page, 'app.open', {})).value).toMatchObject({ connections: [], conversations: [] })
  await again.quit()
  expect(unregistered(profile.path, [...PROFILE_FILES, ...CHROMIUM_FILES])).toEqual([])
  for (const text of [secret, KEY]) expect(holding(profile.path, text)).toEqual([])
})
