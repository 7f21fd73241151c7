import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pathTo, type Message } from '../../src/core/conversation'
import { makeId, type ConversationId, type MessageId } from '../../src/core/ids'
import { migrate } from '../../src/main/storage/migrate'
import { migrations } from '../../src/main/storage/migrations'
import { placesOnThePath } from '../../src/main/storage/migrations/0012-places-on-the-path'
import { openStorage, type Storage } from '../../src/main/storage/storage'
import type { ConversationView, PathPartView } from '../../src/shared/ipc/views'
import { addConversation, addMessage, plant } from '../support/grown-conversation'
import { startLatchkey, type Harness } from '../support/latchkey'
import { makeTempDir, type TempDir } from '../support/temp-dir'

let profile: TempDir

beforeEach(async () => {
  profile = await makeTempDir()
})
afterEach(() => profile.remove())

const withStorage = <Value>(work: (storage: Storage) => Value): Value => {
  const storage = openStorage({ profile: profile.path })
  try {
    return work(storage)
  } finally {
    storage.close()
  }
}

const idsOf = (messages: readonly { readonly id: string }[]) => messages.map(({ id }) => id)

/** Reads a conversation to its beginning, page by page. */
async function wholePath(harness: Harness, conversationId: ConversationId, sizes: () => number | undefined) {
  const opened = await harness.ask('conversation.open', { conversationId })
  let part: PathPartView = opened
  while (part.older > 0) {
    const [first] = part.messages
    if (first === undefined) throw new Error('a part that has something before it is empty')
    const most = sizes()
    const earlier = await harness.ask('conversation.older', {
      conversationId,
      before: first.id,
      ...(most === undefined ? {} : { most }),
    })
    // Bug: a page that repeats or leaves out a message at its edge.
    expect(earlier.messages.length).toBe(Math.min(most ?? 40, part.older))
    expect(earlier.older).toBe(part.older - earlier.messages.length)
    const questions = earlier.messages.filter(({ role }) => role === 'user').length
    expect(earlier.olderQuestions).toBe(part.olderQuestions - questions)
    part = { ...earlier, messages: [...earlier.messages, ...part.messages] }
  }
  expect(part.olderQuestions).toBe(0)
  return { opened, messages: part.messages }
}

describe('10,000 messages with branches', () => {
  it('come in pages that are, put together, the path that is shown', async () => {
    const expected = withStorage((storage) => {
      const id = plant(storage, { messages: 10_000, branchEvery: 7 })
      return { id, path: idsOf(pathOf(storage, id)) }
    })
    const harness = await startLatchkey({ profile })
    const random = seeded(7)
    const { opened, messages } = await wholePath(harness, expected.id, () => 1 + (random() % 400))
    expect(idsOf(messages)).toEqual(expected.path)
    expect(opened.messages.length).toBe(60)
    expect(opened.older).toBe(expected.path.length - 60)
    await harness.close()
  })

  it('open from any message of the path, and with the newest where it is elsewhere', async () => {
    const { id, path, aside } = withStorage((storage) => {
      const planted = plant(storage, { messages: 600, branchEvery: 5 })
      const on = idsOf(pathOf(storage, planted))
      const off = storage.messages.of(planted).find((message) => !on.includes(message.id))
      return { id: planted, path: on as MessageId[], aside: off?.id }
    })
    const harness = await startLatchkey({ profile })
    const open = (from?: MessageId): Promise<ConversationView> =>
      harness.ask('conversation.open', { conversationId: id, ...(from === undefined ? {} : { from }) })
    for (const place of [0, 1, 59, 60, 61, 100, path.length - 61, path.length - 60, path.length - 1]) {
      const part = await open(path[place])
      const first = Math.min(place, path.length - 60)
      expect(idsOf(part.messages)).toEqual(path.slice(first))
      expect(part.older).toBe(first)
    }
    for (const from of [aside, makeId('message', 'f'.repeat(32))]) {
      expect(idsOf((await open(from)).messages)).toEqual(path.slice(-60))
    }
    await harness.close()
  })
})

const rowsOf = (storage: Storage, id: ConversationId) => storage.messages.of(id)
function pathOf(storage: Storage, id: ConversationId): Message[] {
  return pathTo(storage.conversations.get(id)?.headId ?? null, rowsOf(storage, id))
}

/** Numbers that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648)
}

describe('any tree', () => {
  it('has pages that are the path to its head, wherever they are cut and whichever head is shown', () => {
    withStorage((storage) => {
      let tree = 0
      fc.assert(
        fc.property(
          fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
          fc.nat(),
          fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }),
          fc.boolean(),
          (parents, head, cuts, isPrivate) => {
            tree += 1
            const id = addConversation(storage, tree, isPrivate)
            const messages = parents.map((parent, index) => ({
              index,
              parent: index === 0 ? null : parent % (index + 1),
            }))
            const planted: MessageId[] = []
            storage.transaction(() => {
              for (const { index, parent } of messages) {
                const above = parent === null || parent === index ? null : (planted[parent] ?? null)
                planted.push(addMessage(storage, id, tree * 1000 + index, above))
              }
            })
            const last = planted[head % planted.length] ?? null
            const path = pathTo(last, rowsOf(storage, id))
            let rest: readonly Message[] = path
            for (const cut of cuts) {
              const part =
                last === null || rest.length === 0 ? [] : storage.messages.pathUpTo(rest.at(-1)?.id ?? last, cut)
              expect(idsOf(part)).toEqual(idsOf(rest.slice(-cut)))
              rest = rest.slice(0, -cut)
            }
            for (const [index, message] of path.entries()) {
              expect(storage.messages.place(message.id)).toEqual({
                conversationId: id,
                parentId: message.parentId,
                before: index,
                questionsBefore: path.slice(0, index).filter(({ role }) => role === 'user').length,
              })
            }
          },
        ),
        { numRuns: 60 },
      )
    })
  })
})

describe('what a page costs', () => {
  /** Removes messages the hard way, so that whoever would read them finds nothing. */
  const leaveOnly = (kept: readonly string[]) => {
    const database = new Sqlite(profile.file('latchkey.db'))
    database.pragma('foreign_keys = OFF')
    database.prepare(`DELETE FROM message WHERE id NOT IN (SELECT value FROM json_each(?))`).run(JSON.stringify(kept))
    database.close()
  }

  // Bug: opening walks, counts or reads what comes before the page, or other branches.
  it('is the page alone: nothing else of the conversation is looked at', async () => {
    const { id, path } = withStorage((storage) => {
      const planted = plant(storage, { messages: 1_000, branchEvery: 9 })
      return { id: planted, path: idsOf(pathOf(storage, planted)) }
    })
    leaveOnly(path.slice(-60))
    let harness = await startLatchkey({ profile })
    const opened = await harness.ask('conversation.open', { conversationId: id })
    expect(idsOf(opened.messages)).toEqual(path.slice(-60))
    expect([opened.older, opened.olderQuestions]).toEqual([940, 470])
    harness.latchkey.close()

    leaveOnly(path.slice(-60))
    harness = await harness.restart()
    const before = path.at(-60) as MessageId
    const nothing = await harness.ask('conversation.older', { conversationId: id, before })
    expect(nothing).toEqual({ messages: [], older: 0, olderQuestions: 0 })
    await harness.close()
  })

  it('is the page alone for an earlier one as well', async () => {
    const { id, path } = withStorage((storage) => {
      const planted = plant(storage, { messages: 1_000, branchEvery: 9 })
      return { id: planted, path: idsOf(pathOf(storage, planted)) as MessageId[] }
    })
    // The page, the message it comes before, and nothing else.
    leaveOnly(path.slice(460, 501))
    const harness = await startLatchkey({ profile })
    const page = await harness.ask('conversation.older', { conversationId: id, before: path[500] as MessageId })
    expect(idsOf(page.messages)).toEqual(path.slice(460, 500))
    expect([page.older, page.olderQuestions]).toEqual([460, 230])
    await harness.close()
  })
})

describe('an earlier page', () => {
  it('is refused for a conversation that is not there and for a message of another one', async () => {
    const { id, other, foreign } = withStorage((storage) => {
      const planted = plant(storage, { messages: 70 })
      const second = addConversation(storage, 2)
      return { id: planted, other: second, foreign: addMessage(storage, second, 5_000, null) }
    })
    const harness = await startLatchkey({ profile })
    const ask = async (conversationId: ConversationId, before: MessageId) => {
      const answer = await harness.request('conversation.older', { conversationId, before })
      return answer.ok ? null : answer.error
    }
    expect(await ask(id, foreign)).toEqual({ code: 'not_found', field: 'before' })
    expect(await ask(makeId('conversation', 'e'.repeat(32)), foreign)).toMatchObject({ field: 'conversationId' })
    expect(await ask(other, foreign)).toBeNull()
    await harness.ask('conversation.delete', { conversationId: other })
    expect(await ask(other, foreign)).toMatchObject({ code: 'not_found' })
    await harness.close()
  })
})

it('messages written before there were places are given theirs', () => {
  const { id, places } = withStorage((storage) => {
    const planted = plant(storage, { messages: 400, branchEvery: 4 })
    return { id: planted, places: rowsOf(storage, planted).map((message) => storage.messages.place(message.id)) }
  })
  const database = new Sqlite(profile.file('latchkey.db'))
  const at = migrations.indexOf(placesOnThePath)
  database.exec('ALTER TABLE message DROP COLUMN before; ALTER TABLE message DROP COLUMN questions_before')
  database.pragma(`user_version = ${at}`)
  migrate(database, () => undefined, migrations.slice(0, at + 1))
  database.pragma(`user_version = ${migrations.length}`)
  database.close()
  withStorage((storage) => {
    expect(rowsOf(storage, id).map((message) => storage.messages.place(message.id))).toEqual(places)
  })
})
