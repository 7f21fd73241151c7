/// <reference types="vite/client" />
import { CSPProvider } from '@base-ui/react/csp-provider'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import '../../../src/renderer/styles/tokens.css'
import '../../../src/renderer/styles/base.css'
import { loadDrawer } from '../../../src/renderer/markdown/math/formula-drawer'
import { PLACES, type PlaceName } from '../registry'
import { install } from './harness'
import { findForbidden, skeleton } from './inspect'
import { MOUNTS } from './mounts'

// The real components, drawn as the window draws them, in a page that is served as the window's is.

// Formulas are drawn from the beginning, not only once somebody has seen one.
await loadDrawer()

const skeletons = new Map<PlaceName, string>()

install((name, container, asked) => {
  const place = PLACES.find((known) => known.name === name)
  if (place === undefined) throw new Error(`no place is called ${name}`)
  const mount = MOUNTS[place.name]
  const links = { open: (link: { readonly url: string }) => asked(link.url), point: () => undefined }
  const root = createRoot(container)
  const show = (text: string, streaming: boolean) =>
    flushSync(() => root.render(<CSPProvider disableStyleElements>{mount(text, streaming, links)}</CSPProvider>))

  // What a harmless word looks like, once.
  function expected(streaming: boolean): string {
    const key = `${name} ${streaming}` as PlaceName
    const known = skeletons.get(key)
    if (known !== undefined) return known
    const other = document.body.appendChild(document.createElement('div'))
    const otherRoot = createRoot(other)
    flushSync(() => otherRoot.render(<CSPProvider disableStyleElements>{mount('word', streaming, links)}</CSPProvider>))
    skeletons.set(key, skeleton(other))
    otherRoot.unmount()
    other.remove()
    return skeletons.get(key) ?? ''
  }

  let streams = false
  return {
    show(text, streaming) {
      streams = streaming
      show(text, streaming)
    },
    inspect() {
      if (place.judged === 'allowed') return findForbidden(container)
      return skeleton(container) === expected(streams) ? [] : [`not what a word makes: ${skeleton(container)}`]
    },
    markup: () => (place.name === 'markdown' ? container.innerHTML : null),
    remove() {
      root.unmount()
      container.remove()
    },
  }
})
