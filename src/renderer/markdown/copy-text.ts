/**
 * Puts text on the clipboard from within a click; says whether it did. By the old command, because the newer interface
 * asks for a permission, and the window grants none. The text goes through the event rather than through a field, so
 * that neither focus nor selection moves. `html` is the same for those who take formatted text.
 */
export function copyText(text: string, html?: string): boolean {
  let written = false
  const write = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    if (html !== undefined) event.clipboardData?.setData('text/html', html)
    event.preventDefault()
    event.stopImmediatePropagation()
    written = event.clipboardData !== null
  }
  document.addEventListener('copy', write, { capture: true, once: true })
  try {
    return document.execCommand('copy') && written
  } finally {
    document.removeEventListener('copy', write, { capture: true })
  }
}
