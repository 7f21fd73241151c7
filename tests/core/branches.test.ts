import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { branchesOf, endThrough, type Link } from '../../src/core/branches'
import { pathTo } from '../../src/core/conversation'
import type { MessageId } from '../../src/core/ids'

const at = (number: number) => `msg_${number}` as MessageId

/** A conversation with edits and repetitions anywhere: each choice says what the next message is written below. */
const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 40 }).map((choices) => {
  const links: Link[] = []
  for (const choice of choices) {
    // A question follows an answer or begins; an answer follows a question.
    const parents = [null, ...links]
    const parent = parents[choice % parents.length] ?? null
    links.push({
      id: at(links.length),
      parentId: parent?.id ?? null,
      role: parent?.role === 'user' ? 'assistant' : 'user',
    })
  }
  return links
})

/** The window's part: what is shown, moved by the arrows alone. */
function reader(links: readonly Link[]) {
  const branches = branchesOf(links)
  const left: MessageId[] = []
  let end = endThrough(links[0]?.id ?? at(0), links, [])
  return {
    path: () => pathTo(end, links).map(({ id }) => id),
    end: () => end,
    press(from: MessageId, way: 'before' | 'after'): MessageId | null {
      const to = branches.get(from)?.[way] ?? null
      if (to === null) return null
      const next = endThrough(to, links, [end, ...left])
      left.unshift(end)
      end = next
      return to
    },
  }
}

describe('the branches of a conversation', () => {
  const links: Link[] = [
    { id: at(1), parentId: null, role: 'user' },
    { id: at(2), parentId: at(1), role: 'assistant' },
    { id: at(3), parentId: at(1), role: 'assistant' },
    { id: at(4), parentId: at(2), role: 'user' },
    { id: at(5), parentId: at(1), role: 'assistant' },
    { id: at(6), parentId: null, role: 'user' },
    { id: at(7), parentId: at(6), role: 'assistant' },
  ]

  it('count versions of one message in the order written, the first message included', () => {
    // Bug: the first message of a conversation has no parent, and so no versions.
    const branches = branchesOf(links)
    expect(branches.get(at(1))).toEqual({ at: 1, of: 2, before: null, after: at(6) })
    expect(branches.get(at(3))).toEqual({ at: 2, of: 3, before: at(2), after: at(5) })
    expect(branches.get(at(4))).toBeUndefined()
    expect(branches.get(at(7))).toBeUndefined()
  })

  it('end where they were shown last, and at what was written since', () => {
    expect(endThrough(at(1), links, [])).toBe(at(5))
    expect(endThrough(at(1), links, [at(7), at(3), at(4)])).toBe(at(3))
    // Left at 2, where 4 was written later.
    expect(endThrough(at(1), links, [at(7), at(2)])).toBe(at(4))
    expect(endThrough(at(6), links, [at(4)])).toBe(at(7))
  })

  it('never end above something that would go out of sight', () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.array(fc.nat(), { maxLength: 5 }), (tree, pick, shown) => {
        const id = at(pick % tree.length)
        const end = endThrough(
          id,
          tree,
          shown.map((each) => at(each % tree.length)),
        )
        expect(tree.some(({ parentId }) => parentId === end)).toBe(false)
        expect(pathTo(end, tree).map((message) => message.id)).toContain(id)
      }),
    )
  })

  it('can all be reached with the arrows, from wherever one is', () => {
    // Bug: an answer nobody can get back to, which is as good as deleted.
    fc.assert(
      fc.property(trees, fc.nat(), (tree, pick) => {
        const wanted = at(pick % tree.length)
        const shown = reader(tree)
        const way = pathTo(wanted, tree)
        for (const step of way) {
          const siblings = tree.filter(({ parentId, role }) => parentId === step.parentId && role === step.role)
          const place = (id: MessageId) => siblings.findIndex((sibling) => sibling.id === id)
          for (let tries = 0; !shown.path().includes(step.id) && tries <= tree.length; tries += 1) {
            const here = siblings.find(({ id }) => shown.path().includes(id))
            if (here === undefined) break
            shown.press(here.id, place(here.id) < place(step.id) ? 'after' : 'before')
          }
          expect(shown.path()).toContain(step.id)
        }
      }),
    )
  })

  it('show what was shown when one goes there and back', () => {
    // Bug: a look at another version loses the place in the one that was being read.
    fc.assert(
      fc.property(trees, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 30 }), (tree, presses) => {
        const shown = reader(tree)
        const branches = branchesOf(tree)
        for (const [pick, forward] of presses) {
          const before = shown.path()
          const open = before.filter((id) => branches.has(id))
          const from = open[pick % Math.max(1, open.length)]
          if (from === undefined) return
          const way = forward ? 'after' : 'before'
          const to = shown.press(from, way)
          if (to === null) continue
          // There and back, and there again.
          expect(shown.press(to, forward ? 'before' : 'after')).toBe(from)
          expect(shown.path()).toEqual(before)
          shown.press(from, way)
        }
      }),
    )
  })

  it('of a broken tree are found in time all the same', () => {
    const ring: Link[] = [
      { id: at(1), parentId: at(2), role: 'user' },
      { id: at(2), parentId: at(1), role: 'assistant' },
    ]
    expect(endThrough(at(1), ring, [at(9)])).toBe(at(2))
    expect(branchesOf(ring).size).toBe(0)
  })
})
