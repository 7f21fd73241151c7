import { describe, expect, it } from 'vitest'
import { PLACES } from '../hostile/registry'
import { findForeignText } from './lib/foreign-text'
import { readTree } from './lib/source-tree'

const sources = readTree('src/renderer', ['.ts', '.tsx'])
const registered: readonly string[] = PLACES.flatMap(({ files }) => files)

describe('what somebody else wrote', () => {
  it('becomes elements only in files that take the hostile payloads', () => {
    const found = sources.filter((source) => findForeignText(source).length > 0).map(({ file }) => file)
    // Files that hand tokens on or read what is drawn, and draw nothing.
    const without = [
      'src/renderer/markdown/blocks.ts',
      'src/renderer/markdown/shown-in.ts',
      'src/renderer/markdown/shown-text.ts',
    ]
    expect(found.length).toBeGreaterThan(5)
    expect(found.filter((file) => !registered.includes(file) && !without.includes(file))).toEqual([])
  })

  it('opens nothing by itself: one place asks first, and the others open pages of providers alone', () => {
    // Bug: an address out of a provider's error handed to the request that opens it unasked.
    const asking = sources.filter(({ text }) => /['"`]link\.open['"`]/.test(text)).map(({ file }) => file)
    expect(asking.toSorted()).toEqual([
      'src/renderer/app/link-store.ts',
      'src/renderer/app/use-answer-acts.ts',
      'src/renderer/features/vault/KeyGuide.tsx',
      'src/renderer/features/vault/ProviderKeys.tsx',
      'src/renderer/features/vault/RetentionLine.tsx',
    ])
    const elsewhere = /\bwindow\.open\(|\blocation(?:\.href)?\s*=[^=]|\blocation\.(?:assign|replace)\b/
    expect(sources.filter(({ text }) => elsewhere.test(text)).map(({ file }) => file)).toEqual([])
  })

  it('is registered in files that are there', () => {
    // Bug: a row that goes on passing after its file has moved.
    const files = sources.map(({ file }) => file)
    expect(registered.filter((file) => !files.includes(file))).toEqual([])
    expect(new Set(PLACES.map(({ name }) => name)).size).toBe(PLACES.length)
  })

  it.each([
    `const view = <Markdown text={text} streaming={false} links={links} />`,
    `const view = <a href={address}>a</a>`,
    `const view = <img src={address} />`,
    `const view = <iframe title="a" />`,
    `const view = <form action={address} />`,
    `const view = <button formAction={address} />`,
    `const view = <p dangerouslySetInnerHTML={{ __html: text }} />`,
    `const view = <x srcDoc={text} />`,
    `element.innerHTML = text`,
    `element.src = address`,
    `window.location.href = address`,
    `element.insertAdjacentHTML('beforeend', text)`,
    `element.setAttribute('href', address)`,
    `new DOMParser()`,
    `document.createElement('img')`,
    `const { tokens } = lex(text)`,
  ])('would be found in %s', (text) => {
    expect(findForeignText({ file: 'src/renderer/new.tsx', text })).not.toEqual([])
  })

  it.each([`const view = <p title={title}>{text}</p>`, `element.textContent = text`, `const source = state.src`])(
    'is only text in %s',
    (text) => {
      expect(findForeignText({ file: 'src/renderer/new.tsx', text })).toEqual([])
    },
  )
})
