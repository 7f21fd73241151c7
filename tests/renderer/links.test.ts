import { describe, expect, it } from 'vitest'
import { createLinkStore, OPENINGS } from '../../src/renderer/app/link-store'
import type { Request } from '../../src/renderer/bridge/client'
import { linkWords } from '../../src/renderer/lib/link-words'
import { safeLink, type SafeLink } from '../../src/renderer/markdown/link-policy'

describe('where a link leads', () => {
  it.each([
    ['https://example.com/a', 'example.com'],
    ['HTTPS://EXAMPLE.COM:8443/', 'example.com:8443'],
    // Bug: a name in another script passes for the one it looks like.
    ['https://gооgle.com/', 'xn--ggle-55da.com'],
    ['https://аррӏе.com/login', 'xn--80ak6aa92e.com'],
    ['https://bücher.example/', 'xn--bcher-kva.example'],
    ['https://ⓖoogle.com/', 'google.com'],
    ['https://google.com。evil.example/', 'google.com.evil.example'],
    ['https://example.com/％2e', 'example.com'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['http://[::ffff:7f00:1]/', '[::ffff:7f00:1]'],
    ['mailto:ada@example.com', 'ada@example.com'],
  ])('%s is told as %s', (address, leadsTo) => {
    expect(safeLink(address)?.leadsTo).toBe(leadsTo)
  })

  it.each([
    'https://google.com@evil.example',
    'https://@evil.example',
    'https://google.com%40evil.example@evil.example/',
    'https://google.com\u202Eelpmaxe.live',
    'https://google.com\u200B.evil.example/',
    'https://google.com/\u2066a',
    'https://google.com\\@evil.example',
    'https:\\\\evil.example',
    'https:evil.example',
    'https:///evil.example',
    'https://evil.example:0/',
    'https://$(calc).evil.example/',
    'https://evil.example/\ud800',
    'https://evil.example/\tjavascript:a',
    `https://example.com/${'ä'.repeat(1000)}`,
  ])('%j is no link at all', (address) => {
    expect(safeLink(address)).toBeNull()
  })

  it('is told in ASCII whatever was written, so that nothing in it can be turned around', () => {
    for (const address of ['https://gооgle.com/ä?ö#ü', 'https://example.com/א/ب', 'https://日本.example/🗝️']) {
      const link = safeLink(address)
      expect(link?.url).toMatch(/^[!-~]+$/)
      expect(link?.leadsTo).toMatch(/^[!-~]+$/)
      expect(link?.url).toContain(link?.leadsTo)
    }
  })
})

describe('the question before a link is opened', () => {
  const notes = (url: string, text = 'here') => linkWords(safeLink(url)?.url ?? '', text).notes.join(' ')

  it('shows the whole address around its host', () => {
    expect(linkWords('https://example.com:8443/a?b=c#d', 'here')).toEqual({
      title: 'Open this link in your browser?',
      before: 'https://',
      leadsTo: 'example.com:8443',
      after: '/a?b=c#d',
      notes: [],
    })
    expect(linkWords('mailto:ada@example.com', 'Ada')).toMatchObject({
      title: 'Write a mail?',
      leadsTo: 'ada@example.com',
    })
  })

  it('shows a long name to its end', () => {
    const host = `google.com.${'a'.repeat(60)}.${'b'.repeat(60)}.evil.example`
    const words = linkWords(`https://${host}/`, 'here')
    expect(words.leadsTo).toBe(host)
    expect(words.notes.join(' ')).toContain('stands at its end')
  })

  it.each([
    ['https://google.com', 'google.com'],
    ['google.com', 'google.com'],
    ['GOOGLE.com/search?q=a', 'google.com'],
    ['goo\u200Bgle.com', 'google.com'],
    ['\u202Egoogle.com', 'google.com'],
    ['www.google.com', 'www.google.com'],
    ['аррӏе.com', 'xn--80ak6aa92e.com'],
  ])('says when the text %j names another place', (text, named) => {
    expect(notes('https://evil.example/', text)).toContain(`names ${named}, which is another place`)
  })

  it.each([
    ['https://example.com/a', 'example.com'],
    ['https://docs.example.com/', 'https://example.com'],
    ['https://example.com/', 'www.example.com'],
    ['https://example.org/', 'the page at example.com and more'],
    ['https://code.example/main.rs', 'main.rs'],
    ['https://example.org/', 'e.g.'],
  ])('does not say so of %s called %j', (url, text) => {
    expect(notes(url, text)).not.toContain('another place')
  })

  it.each([
    ['https://gооgle.com/', 'can look like others'],
    ['http://example.com/', 'not encrypted'],
    ['https://203.0.113.7/', 'a number instead of a name'],
    ['http://192.168.1.1/reset', 'your own network'],
    ['http://localhost:8080/', 'this computer'],
    ['http://2130706433/', 'this computer'],
    ['http://[::1]/', 'this computer'],
    ['http://printer.local/', 'your own network'],
    [`https://example.com/?q=${'a'.repeat(200)}`, 'words of this conversation'],
    ['mailto:ada@example.com', ''],
  ])('says of %s: %s', (url, words) => {
    expect(notes(url)).toContain(words)
  })

  it('says when the text names another address to write to', () => {
    expect(notes('mailto:eve@evil.example', 'ada@example.com')).toContain('names ada@example.com')
    expect(notes('mailto:ada@example.com', 'Ada@example.com')).toBe('')
  })
})

describe('opening', () => {
  const first: SafeLink = { url: 'https://example.com/1', leadsTo: 'example.com' }
  const second: SafeLink = { url: 'https://example.com/2', leadsTo: 'example.com' }

  function setUp(answer: () => Promise<unknown> = () => Promise.resolve({ ok: true, value: null })) {
    const opened: string[] = []
    const clock = { nowMs: 0 }
    const request = ((_name: string, input: { url: string }) => {
      opened.push(input.url)
      return answer()
    }) as unknown as Request
    return { store: createLinkStore(request, () => clock.nowMs), opened, clock }
  }

  it('waits for a word of the user’s', async () => {
    const { store, opened } = setUp()
    store.getState().ask(first, 'a')
    expect(opened).toEqual([])
    await store.getState().confirm()
    expect(opened).toEqual([first.url])
    expect(store.getState().asked).toBeNull()
    // Bug: a second Enter opens it again.
    await store.getState().confirm()
    expect(opened).toEqual([first.url])
  })

  it('is asked about one at a time: another link does not take the place of the one that is read', async () => {
    const { store, opened } = setUp()
    store.getState().ask(first, 'a')
    store.getState().ask(second, 'b')
    await store.getState().confirm()
    expect(opened).toEqual([first.url])
    store.getState().ask(second, 'b')
    store.getState().dismiss()
    await store.getState().confirm()
    expect(opened).toEqual([first.url])
  })

  it('is not done twice for two quick presses', async () => {
    const { store, opened } = setUp()
    store.getState().ask(first, 'a')
    await Promise.all([store.getState().confirm(), store.getState().confirm()])
    expect(opened).toEqual([first.url])
  })

  it('ends for a while after a few within a minute', async () => {
    const { store, opened, clock } = setUp()
    const openOne = async () => {
      store.getState().ask(first, 'a')
      await store.getState().confirm()
    }
    for (let count = 0; count < OPENINGS.most; count += 1) {
      clock.nowMs += 1_000
      await openOne()
    }
    await openOne()
    expect(opened).toHaveLength(OPENINGS.most)
    expect(store.getState()).toMatchObject({ refusal: 'too_many', asked: { link: first } })
    clock.nowMs += OPENINGS.withinMs - 1_000
    await store.getState().confirm()
    expect(opened).toHaveLength(OPENINGS.most + 1)
    expect(store.getState()).toMatchObject({ refusal: null, asked: null })
  })

  it('says why when the main process would not', async () => {
    const { store } = setUp(() => Promise.resolve({ ok: false, error: { code: 'link_refused' } }))
    store.getState().ask(first, 'a')
    await store.getState().confirm()
    expect(store.getState()).toMatchObject({ refusal: { code: 'link_refused' }, asked: { link: first } })
  })
})
