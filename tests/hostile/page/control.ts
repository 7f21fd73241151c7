import { marked } from 'marked'
import { install } from './harness'

// What many clients do, to show that the harness sees it: Markdown to HTML, and that into the page.

install(
  (_place, container) => ({
    show(text, streaming) {
      // Once per text: a script that runs at every cut would only be counted again.
      if (streaming) return
      try {
        container.innerHTML = marked.parse(text, { async: false })
      } catch {
        // Refused by a policy, which reports it.
      }
    },
    inspect: () => [],
    markup: () => null,
    remove: () => container.remove(),
  }),
  true,
)
