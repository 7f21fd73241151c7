import { describe, expect, it } from 'vitest'
import { checkedLink, createLinkService } from '../../src/main/services/external-link'
import { GOOD_LINKS, HOSTILE_LINKS } from '../support/links'

/** The service with a clock of its own, and what it has handed over. */
function service() {
  const opened: string[] = []
  const clock = { nowMs: 1_000_000, now: () => clock.nowMs }
  const links = createLinkService((url) => Promise.resolve(void opened.push(url)), clock)
  const open = async (url: string) => {
    const result = await links.open({ url })
    return result.ok ? 'opened' : result.error.code
  }
  return { opened, clock, open }
}

it('knows enough links to be worth asking', () => {
  expect(new Set(HOSTILE_LINKS).size).toBeGreaterThanOrEqual(60)
  expect(new Set(GOOD_LINKS.map(([written]) => written)).size).toBeGreaterThanOrEqual(20)
})

describe('a link that must not leave', () => {
  it.each(HOSTILE_LINKS.map((url) => [url.slice(0, 80), url]))('%j', async (_, url) => {
    expect(checkedLink(url)).toBeNull()
    const { open, opened } = service()
    expect(await open(url)).toBe('link_refused')
    expect(opened).toEqual([])
  })
})

describe('a link that may leave', () => {
  it.each(GOOD_LINKS)('%j goes out as %j', async (written, opens) => {
    expect(checkedLink(written)).toBe(opens)
    // What is opened is its own final form: nothing reads it another way the second time.
    expect(checkedLink(opens)).toBe(opens)
    const { open, opened } = service()
    expect(await open(written)).toBe('opened')
    expect(opened).toEqual([opens])
  })
})

describe('many links', () => {
  it('are ten a minute, and refused ones are not counted', async () => {
    // Bug: a page taken over that opens a thousand tabs.
    const { clock, open, opened } = service()
    for (let count = 0; count < 30; count += 1) await open('file:///etc/passwd')
    const answers = []
    for (let count = 0; count < 15; count += 1) answers.push(await open(`https://example.org/${count}`))
    expect(answers).toEqual([...Array<string>(10).fill('opened'), ...Array<string>(5).fill('too_many')])
    clock.nowMs += 59_999
    expect(await open('https://example.org/')).toBe('too_many')
    clock.nowMs += 1
    expect(await open('https://example.org/')).toBe('opened')
    expect(opened).toHaveLength(11)
  })

  it('asked for at once are ten all the same', async () => {
    const { open, opened } = service()
    await Promise.all(Array.from({ length: 1_000 }, (_, count) => open(`https://example.org/${count}`)))
    expect(opened).toHaveLength(10)
  })

  it('are not kept back by a clock that was set back', async () => {
    const { clock, open } = service()
    for (let count = 0; count < 10; count += 1) await open('https://example.org/')
    clock.nowMs -= 86_400_000
    expect(await open('https://example.org/')).toBe('opened')
  })
})
